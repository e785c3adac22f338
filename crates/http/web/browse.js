// Finding a procedure by name or field: the quiet second way in.

import * as api from './api.js';
import { glossOf } from './glosses.js';
import { keyboardButton } from './keyboard.js';
import { announce, button, el, problemNotice, shortName, shownError, waiting } from './view.js';
import { say } from './words.js';

const PER_PAGE = 20;
const TYPING_PAUSE_MS = 300;

export function browsePage() {
  const node = el('section', { class: 'page browse' });
  let page = null;
  const reset = () => {
    page?.stop();
    page = build();
    node.replaceChildren(...page.parts);
  };
  reset();
  return { node, reset, open: () => page.open(), touched: () => page.touched() };
}

function build() {
  const filter = { q: '', field: '', page: 1 };
  const input = el('input', { id: 'find', type: 'search', lang: 'vi', autocomplete: 'off', spellcheck: 'false', enterkeyhint: 'search' });
  const select = el('select', { id: 'field' }, el('option', { value: '', text: say('browse.all') }));
  const result = el('div', { class: 'result' });
  let running = null;
  let typing = null;

  const search = () => {
    Object.assign(filter, { q: input.value.trim(), field: select.value, page: 1 });
    load();
  };
  input.addEventListener('input', () => { clearTimeout(typing); typing = setTimeout(search, TYPING_PAUSE_MS); });
  select.addEventListener('change', search);

  async function load() {
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    if (!result.childElementCount) result.replaceChildren(waiting(say('browse.searching')));
    try {
      const found = await api.listProcedures(filter, signal);
      result.replaceChildren(...listed(found, turn));
      announce(say('browse.count', { n: found.total }));
    } catch (error) {
      if (!signal.aborted) result.replaceChildren(problemNotice(shownError(error), load));
    }
  }

  function turn(step) {
    filter.page += step;
    load().then(() => { result.querySelector('a')?.focus(); });
  }

  /** Fields are fetched when the page is first looked at. */
  async function open() {
    load();
    if (select.options.length > 1) return;
    try {
      const { fields } = await api.ready();
      select.append(...fields.map(({ name, procedures }) =>
        el('option', { value: name, text: say('browse.option', { name: glossOf(name), n: procedures }) })));
    } catch (error) {
      shownError(error);
    }
  }

  return {
    parts: [
      el('h1', { text: say('browse.title') }),
      el('form', { role: 'search', class: 'find', on: { submit: (event) => { event.preventDefault(); search(); } } },
        el('div', {}, el('label', { for: 'find', text: say('browse.name') }), input, keyboardButton(input, search)),
        el('div', {}, el('label', { for: 'field', text: say('browse.field') }), select)),
      result,
    ],
    open,
    stop: () => { clearTimeout(typing); running?.abort(); },
    touched: () => Boolean(input.value),
  };
}

function listed({ procedures, page, total }, turn) {
  if (!procedures.length) return [el('p', { text: say('browse.none') })];
  const last = Math.ceil(total / PER_PAGE);
  return [
    el('ul', { class: 'choices' }, procedures.map(({ code, name, field }) =>
      el('li', {}, el('a', { class: 'choice', href: `#/thu-tuc/${encodeURIComponent(code)}` },
        el('span', {},
          el('span', { lang: 'vi', text: shortName(name) }),
          el('span', { class: 'clause' }, `${code} · `, glossOf(field))))))),
    last < 2 ? null : el('div', { class: 'actions pages' },
      page > 1 ? button(say('browse.earlier'), () => turn(-1)) : null,
      el('span', { text: say('browse.page', { page, last }) }),
      page < last ? button(say('browse.later'), () => turn(1)) : null),
  ].filter(Boolean);
}
