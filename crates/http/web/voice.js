// Reading aloud, for whoever sees or reads with difficulty: by a Vietnamese voice of the browser's own, where there is one.

const synthesis = globalThis.speechSynthesis;
const tool = document.getElementById('tool-voice');

/** What of a page is read out, in its order; buttons that only lead on are not. */
const SPOKEN = [
  '.page h1', '.answer h2', '.answer > p:not(.asked)', '.answer .group h3', '.answer .group li', '.choice', '.tile',
  '.fact-cell', '.ticks li', '.checklist .question legend', '.verdict', '.finding',
].join(', ');
/** A little slower than the voice would: people listen for sums and papers. */
const RATE = 0.9;

/** A voice of this machine: one that sends the words away to be spoken is none. */
const voice = () => synthesis?.getVoices().find(({ lang, localService }) => localService && /^vi\b/i.test(lang));

/** Shows the button where there is a voice, whenever the browser finds one. */
export function voiceTool() {
  if (!synthesis) return;
  const show = () => { tool.hidden = !voice(); };
  show();
  synthesis.addEventListener('voiceschanged', show);
  tool.addEventListener('click', () => { if (tool.getAttribute('aria-pressed') === 'true') hush(); else readAloud(); });
}

/** Stops at once; nothing that was to be said is kept. */
export function hush() {
  synthesis?.cancel();
  tool.setAttribute('aria-pressed', 'false');
}

function readAloud() {
  hush();
  const said = [...document.querySelectorAll(SPOKEN)].filter(isSpoken).map(words).filter(Boolean);
  if (!said.length) return;
  tool.setAttribute('aria-pressed', 'true');
  said.forEach((text, at) => {
    const piece = new SpeechSynthesisUtterance(text);
    Object.assign(piece, { voice: voice(), lang: 'vi-VN', rate: RATE });
    if (at === said.length - 1) piece.addEventListener('end', () => tool.setAttribute('aria-pressed', 'false'));
    synthesis.speak(piece);
  });
}

/** What is shown, and Vietnamese: no Vietnamese voice can say the rest. */
const isSpoken = (node) => node.checkVisibility() && node.closest('[lang]').lang === 'vi';

function words(node) {
  const copy = node.cloneNode(true);
  for (const mark of copy.querySelectorAll('.cites, .visually-hidden, svg')) mark.remove();
  return copy.textContent.replace(/\s+/g, ' ').trim();
}
