// Fields, tables and words that several pages of the counter share.

import { dateText, el } from '../view.js';

let fields = 0;

/**
 * A labelled field; `hint` is read with it.
 * @param {string} label
 * @param {Record<string, any>} attributes
 */
export function field(label, { hint, as = 'input', options, ...attributes } = {}) {
  const id = `field-${fields += 1}`;
  const input = el(as, { id, 'aria-describedby': hint ? `${id}-hint` : null, ...attributes },
    (options ?? []).map(([value, text]) => el('option', { value, text })));
  const node = el('div', { class: 'field' },
    el('label', { for: id, text: label }), input,
    hint ? el('p', { id: `${id}-hint`, class: 'small', text: hint }) : null);
  return { node, input };
}

const WRITTEN = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/;

/** `2026-11-27` of what was typed; nothing where that is no day. */
function dayOf(words) {
  const [, day, month, year] = words.trim().match(WRITTEN) ?? [];
  if (!year) return '';
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const read = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(iso) ? iso : '';
}

/**
 * A day that is past, written as it is here. A browser's own field for days follows the browser's language, and shows
 * months first where that is English.
 * @param {string} label
 * @param {Record<string, any>} attributes
 */
export function dayField(label, { value = '', onChange = (_) => {}, ...attributes } = {}) {
  const { node, input } = field(label, { inputmode: 'numeric', autocomplete: 'off', placeholder: 'ngày/tháng/năm', maxlength: '10', ...attributes });
  const set = (iso) => { input.value = iso ? dateText(iso) : ''; };
  const day = () => dayOf(input.value);
  input.addEventListener('input', () => {
    const isEmpty = !input.value.trim();
    const wrong = !isEmpty && !day() ? 'Viết ngày/tháng/năm, ví dụ 27/11/2026.' : day() > today() ? 'Ngày này chưa đến.' : '';
    input.setCustomValidity(wrong);
  });
  input.addEventListener('change', () => { if (input.reportValidity()) onChange(day()); });
  set(value);
  return { node, input, day, set };
}

/** A table with a caption for those who cannot see how it is laid out. */
export function table(caption, heads, rows) {
  return el('div', { class: 'table-box', tabindex: '0', role: 'region', 'aria-label': caption },
    el('table', {},
      el('caption', { class: 'visually-hidden', text: caption }),
      el('thead', {}, el('tr', {}, heads.map((text) => el('th', { scope: 'col', text })))),
      el('tbody', {}, rows.map((cells) => el('tr', {}, cells.map((cell) =>
        el('td', {}, cell instanceof Node ? cell : String(cell ?? ''))))))));
}

export const STATES = {
  open: 'Đang xem xét',
  to_supplement: 'Chờ bổ sung',
  accepted: 'Đã tiếp nhận',
  refused: 'Đã từ chối',
  withdrawn: 'Đã rút',
};

export const VERDICTS = {
  '': 'Chưa kiểm tra',
  complete: 'Đủ',
  incomplete: 'Chưa đủ',
  needs_human: 'Cần cán bộ xem',
};

const ROW_STATES = {
  missing: 'Thiếu', unreadable: 'Không đọc được', pending: 'Chưa rõ', provided: 'Có',
  present_only: 'Xuất trình', replaced_by_data: 'Tra cứu được', not_applicable: 'Không áp dụng',
};

/** A paper that is not there, and one that is there and not right, are sent for by different words. */
const isWrong = ({ state, files }) => state === 'missing' && files.length > 0;

/** How a row of the published list stands, in words. */
export const rowWords = (row) => (isWrong(row) ? 'Chưa đúng' : ROW_STATES[row.state]);

/** What the verdict says over a report. */
export function verdictWords({ verdict, components }) {
  if (verdict === 'complete') return 'Đủ giấy tờ theo danh sách';
  if (verdict === 'needs_human') return 'Có chỗ cần cán bộ xem';
  const wanting = components.filter(({ state }) => state === 'missing');
  const wrong = wanting.filter(isWrong);
  if (!wrong.length) return 'Còn thiếu';
  return wrong.length < wanting.length ? 'Còn thiếu, có giấy tờ chưa đúng' : 'Có giấy tờ chưa đúng';
}

const namesOf = (rows) => [...new Set(rows.map(({ name }) => name))];
const OPEN = ['pending', 'unreadable'];

const isOpen = ({ state }) => OPEN.includes(state);
const wasBrought = ({ files }) => files.length > 0;

/** Those that were brought can be looked at; the verdict waits for none that would only be shown. */
const turn = (row) => (row.only_shown ? 2 : Number(!wasBrought(row)));

/** Papers of rows that the machine could not settle, the most telling first. */
const openPapers = ({ components }) => namesOf(components.filter(isOpen).sort((one, other) => turn(one) - turn(other)));

/** Why a row is open is told in a sentence, which may be a fault of the paper that was taken for it. */
const mayBeFaulty = (row) => row.state === 'unreadable' || isWrong(row) || (isOpen(row) && wasBrought(row) && !row.only_shown);

/** A paper that the law asks for and no row of the list states (an identity card) is named by its finding alone. */
const NOT_SHOWN = /^Chưa ghi nhận đã xem: (.*?)\.?$/s;

/** Papers that only eyes can settle: those that nobody noted to have been shown, and those that were left open. */
export function papersToSee({ components, findings }) {
  const unseen = findings.filter(({ rule }) => rule === 'not-shown');
  const rows = new Set(unseen.map(({ row }) => row));
  const rowless = unseen.filter(({ row }) => row === null).map(({ message }) => message.match(NOT_SHOWN)?.[1] ?? message);
  return [...new Set([...namesOf(components.filter((row) => isOpen(row) || rows.has(row.row))), ...rowless])];
}

/** So many names are told in a line; of more, how many there are. */
const MOST_NAMES = 4;
export const namesLine = (names) => names.slice(0, MOST_NAMES).join('; ')
  + (names.length > MOST_NAMES ? ` và ${names.length - MOST_NAMES} giấy tờ nữa` : '');

/** What is said where there is no finding: nothing to mend, or nothing that could be said yet. */
export function noFindings(report) {
  if (report.verdict === 'complete') return 'Máy không thấy gì phải sửa.';
  const open = openPapers(report);
  const subject = report.components.some(mayBeFaulty) ? 'Máy' : 'Máy không thấy lỗi nào, nhưng';
  if (!open.length) return `${subject} chưa kết luận được.`;
  return `${subject} chưa kết luận được về: ${namesLine(open)}.`
    + (report.questions?.length ? ' Trả lời các câu ở mục “Trường hợp” để rõ hơn.' : '');
}

export const SEVERITIES = { blocking: 'Phải bổ sung', warning: 'Nên xem', info: 'Lưu ý' };

export const ROLES = { official: 'Cán bộ', supervisor: 'Lãnh đạo', admin: 'Quản trị' };

/** A word in a coloured tag; the word says it, the colour only helps. */
export const tag = (words, kind) => el('span', { class: `state ${kind}`, text: words });

/** Keeps the height of a bar that stays in sight with what scrolls under it, so that nothing comes to rest there. */
export function restBelow(bar, scroller) {
  new ResizeObserver(() => scroller.style.setProperty('--over', `${bar.offsetHeight}px`)).observe(bar);
}

/** Day and time as a Vietnamese clock shows them (UTC+7 all year). */
export const timeText = (iso) => new Date(iso).toLocaleString('vi-VN', {
  timeZone: 'Asia/Ho_Chi_Minh', day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit',
});

/** Today in Vietnam, `YYYY-MM-DD`. */
export const today = () => new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' });
