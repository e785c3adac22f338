// Finding a procedure by name or field: the quiet second way in.

import * as api from './api.js';
import { announce, button, el, problemNotice, shortName, shownError, waiting } from './view.js';

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
  const input = el('input', { id: 'find', type: 'search', autocomplete: 'off', spellcheck: 'false', enterkeyhint: 'search' });
  const select = el('select', { id: 'field' }, el('option', { value: '', text: 'Mọi lĩnh vực' }));
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
    if (!result.childElementCount) result.replaceChildren(waiting('Đang tìm…'));
    try {
      const found = await api.listProcedures(filter, signal);
      result.replaceChildren(...listed(found, turn));
      announce(`${found.total} thủ tục`);
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
        el('option', { value: name, text: `${name} (${procedures})` })));
    } catch (error) {
      shownError(error);
    }
  }

  return {
    parts: [
      el('h1', { text: 'Tìm thủ tục' }),
      el('form', { role: 'search', class: 'find', on: { submit: (event) => { event.preventDefault(); search(); } } },
        el('div', {}, el('label', { for: 'find', text: 'Tên thủ tục hoặc mã' }), input),
        el('div', {}, el('label', { for: 'field', text: 'Lĩnh vực' }), select)),
      result,
    ],
    open,
    stop: () => { clearTimeout(typing); running?.abort(); },
    touched: () => Boolean(input.value),
  };
}

function listed({ procedures, page, total }, turn) {
  if (!procedures.length) return [el('p', { text: 'Không thấy thủ tục nào. Thử gõ ít chữ hơn.' })];
  const last = Math.ceil(total / PER_PAGE);
  return [
    el('ul', { class: 'choices' }, procedures.map(({ code, name, field }) =>
      el('li', {}, el('a', { class: 'choice', href: `#/thu-tuc/${encodeURIComponent(code)}` },
        el('span', {}, shortName(name), el('span', { class: 'clause', text: `${code} · ${field}` })))))),
    last < 2 ? null : el('div', { class: 'actions pages' },
      page > 1 ? button('Trang trước', () => turn(-1)) : null,
      el('span', { text: `Trang ${page} / ${last}` }),
      page < last ? button('Trang sau', () => turn(1)) : null),
  ].filter(Boolean);
}
