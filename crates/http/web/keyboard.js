// A keyboard on the screen, for kiosks that have no other. One for the whole page, docked below.
// Own buttons rather than a library: they are real buttons, so touch, keyboard and readers all work.

import { button, el } from './view.js';
import { say, sayOf, write } from './words.js';

const ROWS = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
/** Letters that other keyboards compose, and the five tones, for those who know no typing rules. */
const LETTERS = 'ăâđêôơư';
const TONES = ['sắc', 'huyền', 'hỏi', 'ngã', 'nặng'];
/** @type {import('./telex.js').Mode[]} */
const MODES = ['plain', 'telex', 'vni'];
/** A phone brings its own keyboard. */
const KIOSK = '(min-width: 48rem)';

/** How letters become Vietnamese; fetched with the first keyboard that is asked for. @type {any} */
let rules = null;
let board = null;
let target = null;
let mode = MODES[0];
let capitals = false;

/** A button that shows the keyboard for a field; a touch on the field shows it as well. */
export function keyboardButton(field, submit) {
  const opener = button(say('keys.show'), () => (target?.field === field ? hideKeyboard() : show(field, submit, opener)), {
    kind: 'plain keys-opener', picture: 'keys', 'aria-expanded': 'false',
  });
  field.addEventListener('pointerdown', (event) => {
    if (event.pointerType === 'touch' && matchMedia(KIOSK).matches) show(field, submit, opener);
  });
  opener.dataset.field = field.id;
  return opener;
}

/** Away with it, and back to how everybody finds it. */
export function resetKeyboard() {
  hideKeyboard();
  mode = MODES[0];
  capitals = false;
}

export function hideKeyboard() {
  if (!target) return;
  target.field.inputMode = '';
  target = null;
  if (!board) return;
  board.hidden = true;
  document.body.classList.remove('keys-open');
  tellOpeners();
}

async function show(field, submit, opener) {
  // The system's own keyboard would cover ours.
  field.inputMode = 'none';
  const mine = { field, submit };
  target = mine;
  try {
    rules ??= await import('./telex.js');
  } catch {
    // Without the server nothing that is typed could be asked; the next touch tries again.
    if (target === mine) target = null;
    field.inputMode = '';
    return;
  }
  if (target !== mine) return;
  if (!board) {
    board = el('section', { class: 'keys', 'aria-label': say('keys.label') });
    board.addEventListener('keydown', walk);
  }
  // It is seen at the foot of the screen, and reached with Tab from its button.
  opener.parentElement.append(board);
  board.hidden = false;
  document.body.classList.add('keys-open');
  draw();
  field.focus({ preventScroll: true });
  field.scrollIntoView({ block: 'center' });
  tellOpeners();
}

function tellOpeners() {
  for (const opener of document.querySelectorAll('.keys-opener')) {
    if (!(opener instanceof HTMLElement)) continue;
    const open = target?.field.id === opener.dataset.field;
    opener.setAttribute('aria-expanded', String(open));
    write(opener.querySelector('span'), '', say(open ? 'keys.hide' : 'keys.show'));
  }
}

function draw() {
  const at = board.querySelector(':focus')?.dataset.at;
  board.replaceChildren(
    el('div', { class: 'keys-top' },
      el('div', { class: 'chips', role: 'group', 'aria-label': say('keys.mode') }, MODES.map(modeChip)),
      el('p', { class: 'small', text: sayOf('keys.hint', mode) })),
    el('div', { class: 'keys-rows' }, rows().map((row) => el('div', { class: 'keys-row' }, row))));
  board.querySelectorAll('.keys-row button').forEach((key, index) => {
    key.dataset.at = String(index);
    key.tabIndex = index ? -1 : 0;
  });
  if (at) board.querySelector(`[data-at="${at}"]`)?.focus();
}

function modeChip(one) {
  return el('button', {
    type: 'button', class: 'chip', 'data-at': one, 'aria-pressed': String(one === mode), text: sayOf('keys', one),
    on: { pointerdown: keepFocus, click: () => { mode = one; draw(); } },
  });
}

function rows() {
  const letters = (row) => [...row].map((letter) => letterKey(capitals ? letter.toUpperCase() : letter));
  const [digits, top, middle, bottom] = ROWS.map(letters);
  const marks = mode === 'plain' ? [[...letters(LETTERS), ...TONES.map(toneKey)]] : [];
  return [
    digits, ...marks, top, middle,
    [shiftKey(), ...bottom, wideKey('⌫', say('keys.erase'), () => change(rules.erase))],
    [letterKey(','), letterKey('?'), wideKey('', say('keys.space'), () => type(' '), 'space'),
      letterKey('.'), wideKey(null, say('keys.enter'), enter, 'enter')],
  ];
}

const letterKey = (letter) => key(letter, null, () => type(letter));
const toneKey = (name, index) => key(name, sayOf('tone', String(index + 1)),
  () => change((text, caret) => rules.tone(text, caret, index + 1)), 'mark');
const wideKey = (sign, name, act, kind = '') => key(sign ?? name, sign === null ? null : name, act, `wide ${kind}`);

function shiftKey() {
  const shift = wideKey('⇧', say('keys.shift'), () => { capitals = !capitals; draw(); });
  shift.setAttribute('aria-pressed', String(capitals));
  return shift;
}

function key(text, name, act, kind = '') {
  return el('button', {
    type: 'button', class: `key ${kind}`.trim(), text, 'aria-label': name,
    on: { pointerdown: keepFocus, mousedown: keepFocus, click: act },
  });
}

/** The caret stays in the field, so that it is seen where the letter goes. */
function keepFocus(event) {
  event.preventDefault();
}

function type(letter) {
  change((text, caret) => rules.press(text, caret, letter, mode));
  if (capitals && /\p{L}/u.test(letter)) { capitals = false; draw(); }
}

/** What is selected gives way first, as on every keyboard. */
function change(edit) {
  const { field } = target;
  const [from, to] = [field.selectionStart, field.selectionEnd];
  const selected = from !== to;
  const start = selected ? field.value.slice(0, from) + field.value.slice(to) : field.value;
  const edited = selected && edit === rules.erase ? { text: start, caret: from } : edit(start, from);
  if (field.maxLength > 0 && edited.text.length > field.maxLength) return;
  field.value = edited.text;
  field.setSelectionRange(edited.caret, edited.caret);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

function enter() {
  const { submit } = target;
  hideKeyboard();
  submit();
}

/** Arrows walk over the keys, Escape leaves them. */
function walk(event) {
  if (event.key === 'Escape') {
    const { field } = target;
    hideKeyboard();
    field.focus();
    return;
  }
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const rowStep = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const row = event.target.closest('.keys-row');
  if (!row || !(step || rowStep)) return;
  event.preventDefault();
  const all = [...board.querySelectorAll('.keys-row button')];
  const beside = rowStep ? neighbour(row, event.target, rowStep) : all[all.indexOf(event.target) + step];
  if (!beside) return;
  for (const one of all) one.tabIndex = one === beside ? 0 : -1;
  beside.focus();
}

/** The key of the next row that stands nearest below or above. */
function neighbour(row, from, rowStep) {
  const next = rowStep > 0 ? row.nextElementSibling : row.previousElementSibling;
  const middle = (one) => { const { left, width } = one.getBoundingClientRect(); return left + width / 2; };
  const distance = (one) => Math.abs(middle(one) - middle(from));
  return next && [...next.children].sort((a, b) => distance(a) - distance(b))[0];
}
