// One procedure: what to bring in one's own case, and the facts. QR codes lead here.

import * as api from './api.js';
import { checklist } from './checklist.js';
import { channelFacts } from './facts.js';
import { everydayNames, nameLines } from './events.js';
import { glossOf } from './glosses.js';
import { meetButton } from './meet.js';
import { sourceButton } from './source.js';
import { backButton } from './trail.js';
import { button, el, fold, link, notKnown, problemPage, reveal, reviewBadge, shownError, waiting } from './view.js';
import { say, sayOf } from './words.js';

/** Shows a procedure in `node`; `answers` are shared with the check of a dossier. */
export function procedurePage({ answersOf, askAbout, setTitle }) {
  const node = el('section', { class: 'page procedure' });
  let running = null;

  /** `given` are answers that came with the address, out of a QR code. */
  async function open(code, given = {}) {
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    node.replaceChildren(waiting(say('procedure.waiting')));
    try {
      const [procedure, { address }] = await Promise.all([
        api.getProcedure(code, signal), api.ready().catch(() => ({})), everydayNames(),
      ]);
      const answers = answersOf(procedure.code);
      Object.assign(answers, known(procedure, given));
      const { title, lines } = nameLines(1, procedure);
      node.replaceChildren(backButton(), ...content(procedure, lines, answers, { askAbout, address }));
      setTitle(say('title.of', { name: title.textContent }));
      reveal(title, document.body);
    } catch (error) {
      if (!signal.aborted) node.replaceChildren(backButton(), ...problemPage(shownError(error), () => open(code, given)));
    }
  }

  return { node, open, reset: () => { running?.abort(); node.replaceChildren(); } };
}

/** Only what the procedure asks can be answered; an old or mistyped address asks again. */
const known = ({ questions }, given) => Object.fromEntries(questions
  .filter(({ key, answers }) => answers.some(({ value }) => value === given[key]))
  .map(({ key }) => [key, given[key]]));

function content(procedure, name, answers, { askAbout, address }) {
  const full = procedure.detail === 'full';
  const phone = address ? phoneCode(procedure.code, answers) : { node: null, refresh() {} };
  return [
    el('header', { class: 'page-head' },
      name,
      el('p', { class: 'code' }, headline(procedure)),
      full ? reviewBadge(procedure.review) : notKnown(procedure)),
    full ? checklist(procedure, answers, phone.refresh) : null,
    channelFacts(procedure),
    toolbar(procedure, answers, full, askAbout),
    phone.node,
    statements(say('procedure.results'), procedure.results),
    statements(say('procedure.conditions'), procedure.conditions),
    stepsSection(procedure),
    statements(say('procedure.notes'), procedure.notes),
    legalBasis(procedure),
    sources(procedure),
  ].filter(Boolean);
}

function headline({ code, field, levels, ministry }) {
  const parts = [say('procedure.code', { code }), glossOf(field), ...levels.map((word) => sayOf('level', word))];
  const named = ministry ? [' · ', el('span', { lang: 'vi', text: ministry })] : [];
  return [...parts.filter((part) => part && String(part)).flatMap((part, at) => (at ? [' · ', part] : [part])), ...named];
}

function toolbar({ code, name }, answers, full, askAbout) {
  return el('div', { class: 'actions no-print' },
    full ? button(say('procedure.print'), () => window.print(), { kind: 'primary', picture: 'print' }) : null,
    full ? link(say('procedure.check'), `#/ho-so/${encodeURIComponent(code)}`, { picture: 'check' }) : null,
    button(say('procedure.ask'), () => askAbout({ code, name })),
    meetButton(() => ({ procedure: code, answers: { ...answers } })));
}

/** Shown where the server has an address that a phone can open. */
function phoneCode(code, answers) {
  const picture = el('img', { alt: say('qr.alt'), width: '240', height: '240' });
  const refresh = () => { picture.src = api.qrAddress(code, answers); };
  refresh();
  const node = el('section', { class: 'qr card' }, picture,
    el('div', {},
      el('h2', { text: say('qr.title') }),
      el('p', { class: 'small', text: say('qr.text') })));
  return { node, refresh };
}

function statements(title, list) {
  if (!list.length) return null;
  const long = list.reduce((sum, { text }) => sum + text.length, 0) > 600;
  const items = el('ul', { class: 'plain-list', lang: 'vi' }, list.map(({ text }) => el('li', { text })));
  return long ? fold(title, items) : el('section', {}, el('h2', { text: title }), items);
}

function stepsSection({ steps }) {
  if (!steps.length) return null;
  const list = el('ol', { class: 'steps', lang: 'vi' }, steps.map(({ text }) => el('li', { text: text.replace(/^[-–+]\s*/, '') })));
  return fold(say('procedure.steps', { n: steps.length }), list);
}

function legalBasis({ legal_basis: basis }) {
  if (!basis.length) return null;
  const text = ({ number, title }) => (number && !title.includes(number) ? `${title} (${number})` : title);
  return fold(say('procedure.basis', { n: basis.length }),
    el('ul', { class: 'plain-list', lang: 'vi' }, basis.map((one) => el('li', { text: text(one) }))));
}

function sources({ code, sources: list, decision, review, version }) {
  return el('section', { class: 'origin card' },
    el('h2', { text: say('procedure.origin') }),
    el('ul', { class: 'plain-list' }, list.map(({ document: name, url }) =>
      el('li', {}, el('span', { lang: 'vi', text: name }), ' ',
        el('span', { class: 'no-print' }, sourceButton({ source: { document: name, url }, code }))))),
    decision ? el('p', { text: say('procedure.decision', { decision }) }) : null,
    el('p', { class: 'small' },
      say('review', { text: review.text }), '. ', say('procedure.version', { version: version.slice(0, 12) })));
}
