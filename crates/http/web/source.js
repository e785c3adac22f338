// Where a fact stands: the record's own words, and the way to the page they were published on.

import { sourceQr } from './api.js';
import { closeSheet, openSheet } from './sheet.js';
import { button, dateText, el, factName, OWN_DEVICE, outside } from './view.js';
import { say } from './words.js';

/**
 * A button that shows where something stands; none where nobody has said. Nothing leads out of the page of a shared
 * machine: the address is for one's own phone.
 * `name` is what the words are about, where they do not say so themselves.
 * @param {{name?: any, words?: string, record?: string, source: any, code: string}} fact
 */
export const sourceButton = (fact) => (fact.source ? el('button', {
  type: 'button', class: 'cite', text: say('source.button'),
  'aria-label': labelOf(fact), on: { click: () => showSource(fact) },
}) : null);

/**
 * By its fact: a page of buttons that all name the same document tells nobody which is which.
 * @param {{name?: any, words?: string, source: any}} fact
 */
function labelOf({ name, words, source }) {
  if (!words) return say('source.label', { document: source.document });
  const fact = factName(words);
  return name ? say('source.of.named', { name, fact }) : say('source.of', { fact });
}

/** @param {{words?: string, text?: string, record?: string, source: any, code: string}} fact */
export function showSource({ words, record, source, code }) {
  const { document: name, url, effective_from: since } = source;
  const content = openSheet(say('source.title'), 'source-sheet');
  content.append(
    el('p', {}, el('strong', { lang: 'vi', text: name }),
      since ? el('span', { text: say('source.since', { date: dateText(since) }) }) : ''),
    ...quoted(say('source.words'), words),
    ...quoted(say('source.record'), record),
    isAddress(url) ? address(url, code) : '',
    el('div', { class: 'actions' }, button(say('close'), closeSheet, { kind: 'primary' })));
}

const quoted = (title, text) => (text
  ? [el('h3', { text: title }), el('p', { class: 'quote value', lang: 'vi', text })] : []);

const isAddress = (url) => /^https?:\/\//.test(url ?? '');

function address(url, code) {
  if (OWN_DEVICE) return el('p', {}, outside(say('source.open'), url));
  return el('div', { class: 'qr' },
    el('img', { src: sourceQr(code, url), alt: say('source.qr'), width: '240', height: '240' }),
    el('div', {}, el('p', { text: say('source.phone') }), el('p', { class: 'small address', text: url })));
}
