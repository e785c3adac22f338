// All cases, newest first, with filters.

import { button, dateText, el, fold, heading, problemNotice, shortName, shownError } from '../view.js';
import * as api from './api.js';
import { STATES, VERDICTS, dayField, field, table, tag, timeText } from './forms.js';

export async function queuePage() {
  const filter = { page: '' };
  const title = heading(1, 'Hồ sơ');
  const search = field('Tìm', { type: 'search', placeholder: 'Mã hồ sơ hoặc tên người nộp', autocomplete: 'off', hint: 'Hoặc quét mã QR trên phiếu: hồ sơ tự mở.' });
  const state = choice('Tình trạng', ['', 'Tất cả'], Object.entries(STATES));
  const whose = choice('Của ai', ['', 'Cả bộ phận'], [['mine', 'Của tôi']]);
  const procedure = choice('Thủ tục', ['', 'Mọi thủ tục'], []);
  const verdict = choice('Máy đối chiếu', ['', 'Mọi kết quả'], Object.entries(VERDICTS).map(([word, words]) => [word || 'none', words]));
  const from = dayField('Nhận từ ngày', { onChange: () => refilter() });
  const to = dayField('Đến ngày', { onChange: () => refilter() });
  const list = el('div', {});

  const refilter = () => {
    const isMine = whose.input.value === 'mine';
    Object.assign(filter, {
      state: state.input.value, q: search.input.value.trim(), procedure: procedure.input.value, verdict: verdict.input.value,
      mine: isMine ? 'true' : '', official: isMine ? '' : whose.input.value, from: from.day(), to: to.day(), page: '',
    });
    return refresh();
  };
  let timer = null;
  for (const { input } of [state, whose, procedure, verdict]) input.addEventListener('change', refilter);
  // A scanner types the code of a letter's QR picture and ends with Enter: the case opens.
  search.input.addEventListener('keydown', async (event) => {
    if (event.key !== 'Enter') return;
    clearTimeout(timer);
    await refilter();
    const found = list.querySelectorAll('td a');
    if (found.length === 1 && found[0] instanceof HTMLElement) found[0].click();
  });
  search.input.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(refilter, 200); });

  // Of several that are under way, only what was asked last is shown.
  let asked = 0;
  async function refresh() {
    const turn = asked += 1;
    try {
      const found = await api.cases(filter);
      if (turn !== asked) return;
      whose.offer(found.choices.officials);
      procedure.offer(found.choices.procedures.map(({ value, name }) => ({ value, name: shortName(name) })));
      list.replaceChildren(...caseList(found, (page) => { filter.page = page; refresh(); }));
    } catch (error) {
      if (turn === asked) list.replaceChildren(problemNotice(shownError(error), refresh));
    }
  }

  await refresh();
  document.title = 'Hồ sơ – Quầy Một Cửa';
  return {
    focus: () => search.input.focus(),
    node: el('section', { class: 'page wide' }, title,
      el('div', { class: 'field-row' }, search.node, state.node, whose.node),
      fold('Lọc thêm', el('div', { class: 'field-row' }, procedure.node, verdict.node, from.node, to.node)), list),
  };
}

/** A choice among words that stand from the start, and among others that `offer` brings, each once. */
function choice(label, all, first) {
  const { node, input } = field(label, { as: 'select', options: [all, ...first] });
  const known = new Set([all, ...first].map(([value]) => value));
  return {
    node,
    input,
    offer(others) {
      for (const { value, name } of others.filter((one) => !known.has(one.value))) {
        known.add(value);
        input.append(el('option', { value, text: name }));
      }
    },
  };
}

function caseList({ cases, total, page, page_size: size }, turnTo) {
  if (!cases.length) return [el('p', { class: 'notice', text: 'Chưa có hồ sơ nào như vậy.' })];
  const pages = Math.ceil(total / size);
  const rows = cases.map((one) => [
    el('a', { href: `#/ho-so/${one.code}`, class: 'code-of', text: one.code }),
    shortName(one.name),
    one.is_erased ? 'đã xóa' : one.applicant || '–',
    dateText(one.received_on),
    tag(VERDICTS[one.verdict] ?? one.verdict, one.verdict || 'none'),
    tag(STATES[one.state], one.state),
    timeText(one.changed_at),
  ]);
  return [
    el('p', { class: 'small', role: 'status', text: `${total} hồ sơ` }),
    table('Danh sách hồ sơ', ['Mã', 'Thủ tục', 'Người nộp', 'Ngày nhận', 'Máy đối chiếu', 'Tình trạng', 'Cập nhật'], rows),
    pages > 1 ? el('div', { class: 'actions pages' },
      button('Trang trước', () => turnTo(page - 1), { kind: 'quiet', disabled: page <= 1 }),
      el('span', { text: `Trang ${page}/${pages}` }),
      button('Trang sau', () => turnTo(page + 1), { kind: 'quiet', disabled: page >= pages })) : el('span', {}),
  ];
}
