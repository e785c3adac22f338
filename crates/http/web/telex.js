// Vietnamese letters out of plain keys: Telex, VNI, or marks touched one by one.
// Pure text in, text out; only the syllable before the caret is ever changed.

const CIRCUMFLEX = '\u0302';
const BREVE = '\u0306';
const HORN = '\u031b';
/** No tone, sắc, huyền, hỏi, ngã, nặng: the digits of VNI. */
const TONES = ['', '\u0301', '\u0300', '\u0309', '\u0303', '\u0323'];
const TELEX_TONES = { z: 0, s: 1, f: 2, r: 3, x: 4, j: 5 };
const MARKED = { [CIRCUMFLEX]: 'aeo', [BREVE]: 'a', [HORN]: 'ou' };
const VOWELS = 'aeiouy';
/** What may stand after the vowels of a syllable. */
const ENDINGS = new Set(['', 'c', 'ch', 'm', 'n', 'ng', 'nh', 'p', 't', 'd']);

/** @typedef {'telex' | 'vni' | 'plain'} Mode */
/** A letter taken apart; `base` keeps its case. @typedef {{base: string, mark: string}} Letter */
/** @typedef {{letters: Letter[], tone: string}} Syllable */

/**
 * What the text is after a key; `caret` counts UTF-16 units, as fields do.
 * @param {string} text @param {number} caret @param {string} key one character @param {Mode} mode
 */
export function press(text, caret, key, mode) {
  const { before, word, after } = around(text, caret);
  const typed = mode === 'plain' ? null : composed(word, key, mode);
  return joined(before, typed ?? settled(word + key), after);
}

/** Puts a tone (0 none, 1 sắc, 2 huyền, 3 hỏi, 4 ngã, 5 nặng) on the syllable before the caret. */
export function tone(text, caret, number) {
  const { before, word, after } = around(text, caret);
  return joined(before, toned(apart(word), TONES[number]) ?? word, after);
}

/** Takes away what stands before the caret: one letter with all its marks. */
export function erase(text, caret) {
  const start = text.slice(0, caret).normalize('NFC');
  const kept = [...start].slice(0, -1).join('');
  return joined(kept, '', text.slice(caret));
}

function around(text, caret) {
  const start = text.slice(0, caret).normalize('NFC');
  const word = start.match(/\p{L}+$/u)?.[0] ?? '';
  return { before: start.slice(0, start.length - word.length), word, after: text.slice(caret) };
}

const joined = (before, word, after) => ({ text: before + word + after, caret: (before + word).length });

/** The syllable with the key taken as a mark or tone; null where the key is just a letter. */
function composed(word, key, mode) {
  if (!word) return null;
  const syllable = apart(word);
  const low = key.toLowerCase();
  if (mode === 'vni') return /\d/.test(key) ? byDigit(syllable, Number(key), key) : null;
  if (low in TELEX_TONES) return toggledTone(syllable, TONES[TELEX_TONES[low]], key);
  if (low === 'd') return barred(syllable, key);
  if (low === 'w') return marked(syllable, HORN, key) ?? marked(syllable, BREVE, key);
  if ('aeo'.includes(low)) return marked(syllable, CIRCUMFLEX, key, low);
  return null;
}

function byDigit(syllable, digit, key) {
  if (digit <= 5) return toggledTone(syllable, TONES[digit], key);
  if (digit === 6) return marked(syllable, CIRCUMFLEX, key);
  if (digit === 7) return marked(syllable, HORN, key);
  return digit === 8 ? marked(syllable, BREVE, key) : barred(syllable, key);
}

/** The same tone twice takes it back and leaves the key as a letter. */
function toggledTone(syllable, wanted, key) {
  if (wanted && syllable.tone === wanted) return text({ ...syllable, tone: '' }) + key;
  if (!wanted && !syllable.tone) return null;
  return toned(syllable, wanted);
}

function toned(syllable, wanted) {
  return nucleus(syllable) ? text({ ...syllable, tone: wanted }) : null;
}

/** đ out of the first d; a second time takes it back. @param {Syllable} syllable @param {string} key */
function barred({ letters, tone: own }, key) {
  const first = letters[0];
  const bar = { d: 'đ', D: 'Đ', đ: 'd', Đ: 'D' }[first.base];
  if (!bar || (letters.length > 1 && !nucleus({ letters, tone: own }))) return null;
  const changed = text({ letters: [{ ...first, base: bar }, ...letters.slice(1)], tone: own });
  return 'đĐ'.includes(first.base) ? changed + key : changed;
}

/** Puts a mark on the letters that take it; where they have it, takes it back. */
function marked(syllable, mark, key, only = MARKED[mark]) {
  const place = nucleus(syllable);
  if (!place) return null;
  const letters = syllable.letters.map((letter) => ({ ...letter }));
  const takes = ({ base }) => only.includes(base.toLowerCase());
  const targets = letters.slice(place.from, place.to).filter(takes);
  if (!targets.length) return null;
  // "uo" takes its horns together; else the last vowel is meant.
  const chosen = mark === HORN ? hornsOf(letters, place, targets) : targets.slice(-1);
  if (chosen.every((letter) => letter.mark === mark)) {
    for (const letter of chosen) letter.mark = '';
    return text({ ...syllable, letters }) + key;
  }
  for (const letter of chosen) letter.mark = mark;
  return text({ ...syllable, letters });
}

/** An open "uo" has its horn on the o alone (thuở), before a letter on both (người); "ưu" on the first. */
function hornsOf(letters, { to }, targets) {
  const o = targets.findIndex(({ base }) => base.toLowerCase() === 'o');
  if (o < 0) return targets.slice(0, 1);
  const open = letters.indexOf(targets[o]) === to - 1 && to === letters.length;
  return o > 0 && !open ? [targets[o - 1], targets[o]] : [targets[o]];
}

/** A letter more may move the tone: "hòa" and n are "hoàn"; "uơ" and n are "ươn". */
function settled(word) {
  const syllable = apart(word);
  const place = nucleus(syllable);
  if (!place) return word;
  const { letters } = syllable;
  for (let at = place.from + 1; at < letters.length - 1; at += 1) {
    const [u, o] = [letters[at - 1], letters[at]];
    const pair = u.base.toLowerCase() === 'u' && o.base.toLowerCase() === 'o';
    if (pair && (u.mark || o.mark === HORN) && !(u.mark && o.mark)) u.mark = o.mark = HORN;
  }
  return text(syllable);
}

/** @returns {Syllable} */
function apart(word) {
  let own = '';
  const letters = [...word].map((letter) => {
    const [base, ...marks] = letter.normalize('NFD');
    own = marks.find((mark) => TONES.includes(mark)) ?? own;
    return { base, mark: marks.find((mark) => mark in MARKED) ?? '' };
  });
  return { letters, tone: own };
}

/** Where the vowels stand; null where the letters are no Vietnamese syllable. @param {Syllable} syllable */
function nucleus({ letters }) {
  const low = letters.map(({ base }) => base.toLowerCase());
  let from = low.findIndex((base) => VOWELS.includes(base));
  if (from < 0) return null;
  const glides = (low[0] === 'q' && low[1] === 'u') || (low[0] === 'g' && low[1] === 'i');
  if (from === 1 && glides && VOWELS.includes(low[2] ?? '-')) from = 2;
  let to = from;
  while (to < low.length && VOWELS.includes(low[to])) to += 1;
  return ENDINGS.has(low.slice(to).join('')) && to - from <= 3 ? { from, to } : null;
}

/** @param {Syllable} syllable */
function text(syllable) {
  const { letters, tone: own } = syllable;
  const at = own ? bearer(syllable) : -1;
  return letters.map(({ base, mark }, index) =>
    (base + mark + (index === at ? own : '')).normalize('NFC')).join('');
}

/** Which letter bears the tone: a marked vowel, else by the rule of the written language (hòa, hoàn). */
function bearer(syllable) {
  const place = nucleus(syllable);
  if (!place) return -1;
  const { from, to } = place;
  const markedAt = syllable.letters.findLastIndex(({ mark }, at) => mark && at >= from && at < to);
  if (markedAt >= 0) return markedAt;
  if (to - from === 3) return from + 1;
  return to - from === 2 && to < syllable.letters.length ? from + 1 : from;
}
