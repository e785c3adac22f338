// What the check of a dossier came to, in words. Never a score: a score has no legal meaning.

import { button, chipGroup, el, fold, heading, icon } from './view.js';
import { say, sayOf } from './words.js';

const VERDICT_PICTURES = { complete: 'check', incomplete: 'alert', needs_human: 'person' };

/** In the order of the list: what is wanting first. */
const STATE_PICTURES = {
  missing: 'cross',
  unreadable: 'eye',
  pending: 'clock',
  provided: 'check',
  present_only: 'eye',
  replaced_by_data: 'check',
  not_applicable: 'dash',
};

const SEVERITIES = ['blocking', 'warning', 'info'];

/** `answer(key, value)` answers an open question and checks again. */
export function reportView(report, { answer, finish }) {
  const title = heading(2, sayOf('verdict', verdictOf(report)));
  // What an official looks up is nothing a citizen can answer.
  const questions = report.questions.filter(({ lookup }) => !lookup);
  const answerable = report.verdict === 'needs_human' && questions.length > 0;
  const node = el('article', { class: 'report' },
    el('header', { class: `verdict ${report.verdict}` }, icon(VERDICT_PICTURES[report.verdict]),
      el('div', {}, title, el('p', {
        text: answerable ? say('verdict.answer_first') : sayOf('verdict', `${report.verdict}.advice`),
      }))),
    el('p', { class: 'notice' }, icon('person'), say('report.note')),
    openQuestions(questions, answer),
    findings(report.findings),
    componentSection(report.components),
    straysView(report.unassigned, { title: say('report.strays'), hint: say('report.strays.hint') }),
    el('div', { class: 'actions no-print' },
      button(say('report.print'), () => window.print(), { picture: 'print' }),
      button(say('check.end'), finish, { kind: 'primary', picture: 'cross' })));
  return { node, title };
}

/** Whoever has brought a paper is told neither that it is missing nor to find out whether it is due. */
const BROUGHT = { missing: 'wrong', pending: 'to_look' };
const stateOf = ({ state, files, only_shown: toShow }) =>
  (toShow ? 'to_show' : files.length ? BROUGHT[state] ?? state : state);

function verdictOf({ verdict, components }) {
  const states = new Set(components.map(stateOf));
  if (verdict !== 'incomplete' || !states.has('wrong')) return verdict;
  return states.has('missing') ? 'both' : 'wrong';
}

function findings(list) {
  if (!list.length) return null;
  const sorted = [...list].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  return el('section', {}, el('h3', { text: say('report.todo') }),
    el('ol', { class: 'findings' }, sorted.map(finding)));
}

function finding({ severity, message, fix, file, page, legal_basis: basis }) {
  const place = page ? say('report.file.page', { file, page }) : say('report.file', { file });
  return el('li', { class: `finding ${severity}` },
    el('p', { class: 'tag', text: sayOf('severity', severity) }),
    el('p', { lang: 'vi' }, el('strong', { text: message })),
    fix ? el('p', { class: 'fix', lang: 'vi' }, icon('arrow'), el('span', { text: fix })) : null,
    file ? el('p', { class: 'small', text: place }) : null,
    basisLine(basis));
}

/** Only what still decides something is asked. */
function openQuestions(questions, answer) {
  if (!questions.length) return null;
  return el('section', { class: 'card no-print' },
    el('h3', { text: say('report.more') }),
    el('p', { class: 'small', text: say('report.more.hint') }),
    questions.map(({ key, ask, answers }) =>
      chipGroup(ask, answers, null, (value) => { if (value !== null) answer(key, value); }).group));
}

/** What is wanting comes first; what does not concern this case is folded. */
function componentSection(components) {
  const papers = onePerPaper(components);
  const order = Object.keys(STATE_PICTURES);
  const settled = papers.filter(({ state }) => state === 'not_applicable');
  const live = papers.filter(({ state }) => state !== 'not_applicable')
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.row - b.row);
  const basis = [...new Set(components.flatMap((one) => one.legal_basis))];
  return el('section', {}, el('h3', { text: say('report.each') }),
    el('ul', { class: 'components' }, live.map(component)),
    settled.length
      ? fold(say('report.settled', { n: settled.length }), el('ul', { class: 'components' }, settled.map(component)))
      : null,
    basisLine(basis));
}

const basisLine = (basis) =>
  (basis.length ? el('p', { class: 'small', text: say('report.basis', { basis: basis.join('; ') }) }) : null);

/** A paper may stand in several rows of the official list; to a citizen it is one paper. */
function onePerPaper(components) {
  const papers = new Map();
  for (const one of components) {
    const key = [one.id || one.row, one.name, one.state, one.reason].join('|');
    const known = papers.get(key);
    if (known) known.files.push(...one.files);
    else papers.set(key, { ...one, files: [...one.files] });
  }
  return [...papers.values()];
}

function component(row) {
  const { name, state, reason, files, required } = row;
  const wanted = state === 'not_applicable' ? null : wantedOf(required);
  return el('li', { class: `component ${state}` }, icon(STATE_PICTURES[state]),
    el('div', {},
      el('p', { class: 'tag', text: sayOf('state', stateOf(row)) }),
      el('p', { class: 'component-name', lang: 'vi', text: name }),
      wanted ? el('p', { class: 'small', text: wanted }) : null,
      reason ? el('p', { class: 'small', lang: 'vi', text: reason }) : null,
      distinct(files.map(fileText)).map((text) => el('p', { class: 'small taken' }, icon('file'), text))));
}

/** What copy, and how many where it is more than one. */
function wantedOf({ copy_type: type, quantity }) {
  const copy = sayOf('copy', type);
  const copies = quantity > 1 ? say('report.copies', { n: quantity }) : null;
  if (copy && copies) return say('report.wanted.both', { copy, copies });
  return copy || copies ? say('report.wanted', { wanted: copy ?? copies }) : null;
}

const fileText = ({ name, pages, document_type: type }) => {
  const file = type ? `${name} – ${type}` : name;
  return pages.length ? say('report.taken', { file, pages: pages.join(', ') }) : file;
};

/** Words are told apart by what they say. */
const distinct = (texts) => [...new Map(texts.map((text) => [String(text), text])).values()];

/** Files that were taken for no row; `line` makes of their words and name what stands for each. */
export function straysView(list, { title, hint, line = (words, _name) => words }) {
  if (!list.length) return null;
  const files = new Map(list.map(({ file, document_type: type }) => [type ? `${file} – ${type}` : file, file]));
  return el('section', {}, el('h3', { text: title }), el('p', { class: 'small', text: hint }),
    el('ul', { class: 'plain-list strays' }, [...files].map(([words, name]) => el('li', { lang: 'vi' }, line(words, name)))));
}
