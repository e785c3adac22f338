// All cases, newest first, with filters.

import { button, dateText, el, heading, problemNotice, shortName, shownError } from '../view.js';
import * as api from './api.js';
import { STATES, VERDICTS, field, table, tag, timeText } from './forms.js';

export async function queuePage() {
  const filter = { state: '', q: '', mine: '', page: '' };
  const title = heading(1, 'Hồ sơ');
  const search = field('Tìm', { type: 'search', placeholder: 'Mã hồ sơ hoặc tên người nộp', autocomplete: 'off', hint: 'Hoặc quét mã QR trên phiếu: hồ sơ tự mở.' });
  const state = field('Tình trạng', { as: 'select', options: [['', 'Tất cả'], ...Object.entries(STATES)] });
  const mine = field('Của ai', { as: 'select', options: [['', 'Cả bộ phận'], ['true', 'Của tôi']] });
  const list = el('div', {});

  const refilter = () => {
    Object.assign(filter, { state: state.input.value, q: search.input.value.trim(), mine: mine.input.value, page: '' });
    return refresh();
  };
  let timer = null;
  for (const { input } of [state, mine]) input.addEventListener('change', refilter);
  // A scanner types the code of a letter's QR picture and ends with Enter: the case opens.
  search.input.addEventListener('keydown', async (event) => {
    if (event.key !== 'Enter') return;
    clearTimeout(timer);
    await refilter();
    const found = list.querySelectorAll('td a');
    if (found.length === 1 && found[0] instanceof HTMLElement) found[0].click();
  });
  search.input.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(refilter, 200); });

  async function refresh() {
    try {
      list.replaceChildren(...caseList(await api.cases(filter), (page) => { filter.page = page; refresh(); }));
    } catch (error) {
      list.replaceChildren(problemNotice(shownError(error), refresh));
    }
  }

  await refresh();
  document.title = 'Hồ sơ – Quầy Một Cửa';
  return {
    focus: () => search.input.focus(),
    node: el('section', { class: 'page wide' }, title,
      el('div', { class: 'field-row' }, search.node, state.node, mine.node), list),
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
