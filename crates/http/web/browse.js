// Finding a procedure by name or field: the quiet second way in.

import * as api from './api.js';
import { gloss } from './events.js';
import { glossOf, isPlain, plainOf } from './glosses.js';
import { keyboardButton } from './keyboard.js';
import { announce, button, el, fold, problemNotice, shortName, shownError, waiting } from './view.js';
import { say } from './words.js';

const PER_PAGE = 20;
const TYPING_PAUSE_MS = 300;
/** The share of a counter's work from which a field is of every day. */
const DAILY = 0.7;

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
  const field = el('div', { class: 'field-chosen' });
  const result = el('div', { class: 'result' });
  let running = null;
  let typing = null;

  const search = () => {
    Object.assign(filter, { q: input.value.trim(), page: 1 });
    load();
  };
  /** A field that was touched is searched in; without one there are tiles again. */
  const choose = (name) => {
    Object.assign(filter, { field: name, page: 1 });
    field.replaceChildren(...(name ? [
      el('h2', { tabindex: '-1', text: say('browse.within', { field: plainOf(name) }) }),
      el('div', { class: 'actions tight' },
        button(say('browse.everywhere'), searchEverywhere, { kind: 'quiet', picture: 'search' }),
        button(say('browse.all'), chooseAnother, { kind: 'quiet', picture: 'back' })),
    ] : []));
    load().then(() => field.querySelector('h2')?.focus());
  };
  const searchEverywhere = () => { choose(''); input.focus(); };
  const chooseAnother = () => { input.value = ''; filter.q = ''; choose(''); };
  input.addEventListener('input', () => { clearTimeout(typing); typing = setTimeout(search, TYPING_PAUSE_MS); });

  async function load() {
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    if (!result.childElementCount) result.replaceChildren(waiting(say('browse.searching')));
    try {
      if (!filter.q && !filter.field) {
        result.replaceChildren(...fieldTiles(await fields(), choose));
        return;
      }
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

  return {
    parts: [
      el('h1', { text: say('browse.title') }),
      el('form', { role: 'search', class: 'find', on: { submit: (event) => { event.preventDefault(); search(); } } },
        el('label', { for: 'find', text: say('browse.name') }), input, keyboardButton(input, search)),
      field,
      result,
    ],
    open: load,
    stop: () => { clearTimeout(typing); running?.abort(); },
    touched: () => Boolean(input.value || filter.field),
  };
}

/** What is a counter's work every day stands open; what people seldom bring to one is folded. */
function fieldTiles(list, choose) {
  const tiles = (some) => el('ul', { class: 'tiles fields' }, some.map(({ name, procedures }) =>
    el('li', {}, el('button', { type: 'button', class: 'tile', on: { click: () => choose(name) } },
      el('span', { text: plainOf(name) }), officialLine(name),
      el('span', { class: 'small', text: say('browse.many', { n: procedures }) })))));
  const daily = list.filter(({ share }) => share >= DAILY);
  const sometimes = list.filter(({ share }) => share > 0 && share < DAILY);
  const seldom = list.filter(({ share }) => !share);
  return [
    el('h2', { text: say('browse.fields') }), tiles(daily),
    sometimes.length ? fold(say('browse.sometimes', { n: sometimes.length }), tiles(sometimes), !daily.length) : null,
    seldom.length ? fold(say('browse.further', { n: seldom.length }), tiles(seldom)) : null,
  ].filter(Boolean);
}

/** Beneath the plain words, what the field is called in the published list. */
const officialLine = (name) => (isPlain(name) ? null : el('span', { class: 'small', lang: 'vi', text: name }));

const fields = async () => (await api.ready()).fields;

function listed({ procedures, page, total }, turn) {
  if (!procedures.length) return [el('p', { text: say('browse.none') })];
  const last = Math.ceil(total / PER_PAGE);
  return [
    el('ul', { class: 'choices' }, procedures.map(({ code, name, field, detail }) =>
      el('li', {}, el('a', { class: 'choice', href: `#/thu-tuc/${encodeURIComponent(code)}` },
        el('span', {},
          el('span', { lang: 'vi', text: shortName(name) }), gloss(code),
          el('span', { class: 'clause' }, `${code} · `, glossOf(field), detail === 'name_only' ? ` · ${say('browse.named')}` : '')))))),
    last < 2 ? null : el('div', { class: 'actions pages' },
      page > 1 ? button(say('browse.earlier'), () => turn(-1)) : null,
      el('span', { text: say('browse.page', { page, last }) }),
      page < last ? button(say('browse.later'), () => turn(1)) : null),
  ].filter(Boolean);
}
