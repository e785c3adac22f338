// Building blocks of every page. Data only ever enters the page as text, never as markup.

import { Words, known, say, sayOf, textNode, write } from './words.js';

/** What a page shows: words that follow the language, or data as it stands. @typedef {string | Words} Text */

const ICONS = {
  check: 'M5 13l5 5L20 7',
  cross: 'M6 6l12 12M18 6L6 18',
  alert: 'M12 4L2.8 20h18.4zM12 10v5M12 17.6v.2',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4 4-6 8-6s8 2 8 6',
  print: 'M7 9V3h10v6M7 18H4v-8h16v8h-3M7 15h10v6H7z',
  camera: 'M3 8h4l2-3h6l2 3h4v12H3zM12 17a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z',
  file: 'M6 2h8l5 5v15H6zM14 2v6h5',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 8v5l3 2',
  eye: 'M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  dash: 'M6 12h12',
  arrow: 'M5 12h14M13 6l6 6-6 6',
  keys: 'M2 6h20v12H2zM6 10h.2M10 10h.2M14 10h.2M18 10h.2M7 14h10',
  back: 'M19 12H5M11 6l-6 6 6 6',
  phone: 'M7 2h10v20H7zM11 18.5h2',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5',
};

/**
 * An element: `text`, `on` (listeners) and attributes; no markup, no inline style.
 * @param {string} name
 * @param {Record<string, any>} [options]
 * @param {any[]} children elements, words or text, in lists of any depth; nothing for null
 * @returns {any} the element; what kind, its name says
 */
export function el(name, { text, on = {}, ...attributes } = {}, ...children) {
  const node = document.createElement(name);
  if (text !== undefined && text !== null) write(node, '', text);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    write(node, key, value === true ? '' : value);
  }
  for (const [event, listener] of Object.entries(on)) node.addEventListener(event, listener);
  node.append(...children.flat(Infinity)
    .filter((child) => child !== null && child !== undefined)
    .map((child) => (child instanceof Words ? textNode(child) : child)));
  return node;
}

/** Data is Vietnamese, whatever language the page speaks; a screen reader is told. */
export const langOf = (text) => (text instanceof Words ? null : 'vi');

/** A picture that says nothing the words beside it do not say. */
export const icon = (name) => drawing(ICONS[name]);

/** A picture of our own out of the path of its lines, in a square of 24. */
export function drawing(lines) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  for (const [key, value] of [['viewBox', '0 0 24 24'], ['aria-hidden', 'true'], ['class', 'icon']]) {
    svg.setAttribute(key, value);
  }
  path.setAttribute('d', lines);
  svg.append(path);
  return svg;
}

/** @param {Text} label @param {(event: any) => void} onClick @param {Record<string, any>} [options] */
export function button(label, onClick, { kind = '', picture, ...attributes } = {}) {
  const content = [picture ? icon(picture) : null, el('span', { text: label })];
  return el('button', {
    type: 'button', class: `button ${kind}`.trim(), on: { click: onClick }, ...attributes,
  }, content);
}

/** @param {Text} label @param {string} href @param {{kind?: string, picture?: string}} [options] */
export function link(label, href, { kind = '', picture } = {}) {
  return el('a', { class: `button ${kind}`.trim(), href },
    picture ? icon(picture) : null, el('span', { text: label }));
}

/** A phone that read a QR code is its owner's own: nothing is wiped there behind their back. */
export const OWN_DEVICE = location.search === '?own';

/** A link out of the product, on machines that one person uses; it may be offline, so it is never the only way. */
export const outside = (label, url) =>
  /^https?:\/\//.test(url ?? '')
    ? el('a', { href: url, target: '_blank', rel: 'noopener noreferrer', text: label })
    : null;

/** Official names can fill a page: these are set smaller. */
export const LONG_NAME = 90;

/** A heading that can take the focus when its section appears. */
export const heading = (level, text, attributes = {}) => el(`h${level}`, {
  tabindex: '-1', text, lang: langOf(text), class: String(text).length > LONG_NAME ? 'long' : null, ...attributes,
});

export function fold(summary, content, open = false) {
  return el('details', { class: 'fold', open }, el('summary', { text: summary, lang: langOf(summary) }), content);
}

/** Buttons of which one is pressed; the group stays in place so that the focus does. */
export function chipGroup(ask, answers, chosen, onChoose) {
  const chips = answers.map(({ value, label: vietnamese, label_en: english }) => {
    const label = known(vietnamese, english);
    const chip = el('button', {
      type: 'button', class: 'chip', 'aria-pressed': String(value === chosen), text: label, lang: langOf(label),
    });
    chip.addEventListener('click', () => {
      const on = chip.getAttribute('aria-pressed') === 'true';
      for (const other of chips) other.setAttribute('aria-pressed', String(other === chip && !on));
      onChoose(on ? null : value);
    });
    return chip;
  });
  const group = el('fieldset', { class: 'question' },
    el('legend', { text: ask, lang: langOf(ask) }), el('div', { class: 'chips' }, chips));
  /** Shows an answer that was given elsewhere on the page. */
  const mark = (value) => chips.forEach((chip, at) =>
    chip.setAttribute('aria-pressed', String(answers[at].value === value)));
  return { group, mark };
}

/** An answer that means nothing without the others of its list. */
export const POINTS = /dưới đây/;

/** What went wrong, what to do, and the way to do it. */
export function problemNotice(problem, retry) {
  // Only a fault of the server's is worth quoting to an administrator.
  const incident = problem.code === 'internal' && problem.incident
    ? el('p', { class: 'small', text: say('problem.incident', { incident: problem.incident }) })
    : null;
  return el('div', { class: 'notice bad', role: 'alert' },
    el('p', {}, icon('alert'), el('strong', { text: problem.message, lang: langOf(problem.message) })),
    problem.hint ? el('p', { text: problem.hint, lang: langOf(problem.hint) }) : null,
    incident,
    retry ? el('div', { class: 'actions' }, button(say('retry'), retry, { kind: 'primary' })) : null);
}

/** A page of which nothing could be shown. */
export const problemPage = (problem, retry) =>
  [el('h1', { class: 'visually-hidden', text: say('problem.title') }), problemNotice(problem, retry)];

/** A fault of the page itself is shown like any other, and logged without what was typed. */
export function shownError(error) {
  if (error.code) return error;
  console.error(error);
  return { message: say('problem.page'), hint: say('problem.page.hint') };
}

export const waiting = (text) => el('p', { class: 'waiting', role: 'status' }, el('span', { class: 'dots', 'aria-hidden': 'true' }), text);

/** Who stands behind the data, in words and colour. */
export const reviewBadge = ({ state, text }) =>
  el('p', { class: `review ${state}` },
    icon(state === 'draft' ? 'alert' : 'check'), el('span', { text: say('review', { text }), lang: 'vi' }));

/** Instead of the content of a procedure of which there is none to go by. */
export const notKnown = ({ detail, code }) => el('div', { class: 'notice warn' },
  el('p', {}, icon('alert'),
    el('strong', { text: detail === 'name_only' ? say('procedure.name_only', { code }) : say('procedure.suspect') })));

/** How the sentence tells that the project has held the data against its source, and that an official approved it. */
const [CHECKED, APPROVED] = ['dự án đã đối chiếu', ' duyệt ngày '];

/** The state of review is the end of the overview's sentence. */
export function reviewOf(overview) {
  const text = overview.match(/; dữ liệu: (.+?)\.?$/)?.[1];
  if (!text) return null;
  if (text.startsWith(CHECKED)) return { state: 'checked', text };
  return { state: text.includes(APPROVED) ? 'approved' : 'draft', text };
}

const CLAUSES = /\. (?=(?:Chỉ cần khi|Áp dụng khi|Không phải nộp nếu tra cứu được trong): |Nộp nếu có, không bắt buộc|Cán bộ cần xem trường hợp)/;
const REQUIREMENT = /^(?:Nộp|Xuất trình): /;
/** "… (khi: câu hỏi? trả lời)", with brackets inside allowed. */
const ONLY_WHEN = /^(.*?) \(khi: ([^()]*(?:\([^()]*\)[^()]*)*)\)$/s;
/** What is said of the paper as a whole follows the alternatives and conditions, in sentences of its own. */
const NOTE = /^(.*?)\. (?=\p{Lu})(.*)$/su;

const clauseLine = (text) => el('span', { class: 'clause', text });
const stopped = (part) => (part.endsWith('.') ? part : `${part}.`);

/** So much of a fact tells its buttons apart from those of others. */
const NAME_LETTERS = 70;

/** A fact in a few words: the paper it asks for, or how its sentence begins. */
export function factName(text) {
  const ends = REQUIREMENT.test(text) ? / [—(]|; |\. / : /; |\. |\n/;
  const whole = text.replace(REQUIREMENT, '').split(ends)[0].replace(/\.$/, '');
  return whole.length <= NAME_LETTERS ? whole : `${whole.slice(0, whole.lastIndexOf(' ', NAME_LETTERS))}…`;
}

/** A form that a paper's name already tells is not told again. */
const onceNamed = (text) => text.replace(/ \((\p{L}+) ([^()]+)\)(?= \(\1: \2(?![\p{L}\d]))/giu, '');

/** A fact laid out to be taken in: the same words, alternatives and conditions on their own lines. */
export function factText(whole) {
  const text = onceNamed(whole);
  if (!REQUIREMENT.test(text)) return el('span', { class: 'fact', lang: 'vi' }, withClauses(text));
  const parts = text.split(CLAUSES);
  const [, last, note] = parts.pop().match(NOTE) ?? [];
  const [main, ...clauses] = note ? [...parts, last] : text.split(CLAUSES);
  return el('span', { class: 'fact', lang: 'vi' }, optionLines(main.replace(/\.$/, '')),
    clauses.map((clause) => clauseLine(stopped(clause))),
    note ? el('span', { class: 'remark', text: note }) : null);
}

function withClauses(text) {
  const [main, ...clauses] = text.split(CLAUSES);
  return [stopped(main), clauses.map((clause) => clauseLine(stopped(clause)))];
}

function optionLines(main) {
  const options = main.split('; hoặc ');
  if (options.length === 1) return optionLine(main);
  const [name, first] = options[0].split(/ — (.*)/s);
  const lead = first ? [`${name}:`] : [];
  const rest = first ? [first, ...options.slice(1)] : options;
  return [...lead, rest.map((option, at) =>
    el('span', { class: 'option' }, optionLine(at ? `hoặc ${option}` : option)))];
}

function optionLine(option) {
  const [, paper, when] = option.match(ONLY_WHEN) ?? [null, option];
  return [paper, when ? clauseLine(`khi: ${when}`) : null];
}

/** How papers are handed in, with the words for it. @type {[string, Words][]} */
export const CHANNEL_NAMES = ['in_person', 'online', 'postal'].map((channel) => [channel, sayOf('channel', channel)]);

export const shortName = (name) => name.replace(/^Thủ tục /i, '').replace(/^./u, (c) => c.toUpperCase());

/** @param {string} [iso] */
export const dateText = (iso) => iso?.split('-').reverse().join('/');

/** Tells a screen reader; the text is cleared first so that the same words are read again. */
export function announce(text) {
  const region = document.getElementById('announcer');
  write(region, '', '');
  setTimeout(() => { write(region, '', text); }, 60);
}

/** Moves the focus for keyboard and reader, and scrolls there, gently unless calm is asked for. */
export function reveal(node, top = node) {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  node.focus({ preventScroll: true });
  top.scrollIntoView({ block: 'start', behavior: calm ? 'auto' : 'smooth' });
}
