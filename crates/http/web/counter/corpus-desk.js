// What a centre makes of its corpus: what it does not take in, what it shows first, what an import changed, and
// whose law another document changes.

import { announce, chipGroup, el, fold, icon, problemNotice, shortName, shownError } from '../view.js';
import * as api from './api.js';
import { table, timeText } from './forms.js';

const PARTS = {
  name: 'tên', papers: 'giấy tờ', fee: 'phí', time: 'thời hạn', place: 'nơi nộp', legal_basis: 'căn cứ pháp lý', form: 'mẫu đơn',
};
/** Thousands of rows would hold the page up for seconds, and nobody reads them. */
const MOST_LAW = 100;
const CHANGES = { amends: 'sửa đổi, bổ sung', replaces: 'thay thế', repeals: 'bãi bỏ' };
const SHOWN = [
  { value: 'plain', label: 'Hiện như thường' },
  { value: 'pinned', label: 'Ghim lên đầu danh sách' },
  { value: 'hidden', label: 'Không tiếp nhận ở đây' },
];
const DONE = {
  procedure_hidden: 'Không tiếp nhận ở đây', procedure_pinned: 'Ghim lên đầu', procedure_plain: 'Hiện như thường', procedure_approved: 'Duyệt tệp',
};

const link = ({ code, name }) => el('a', { href: `#/kho/${code}`, text: `${shortName(name)} · ${code}` });

export async function corpusDesk() {
  const { shown, changes, law } = await api.corpusDesk();
  return el('div', {}, shownSection(shown), changesSection(changes), lawSection(law));
}

function shownSection(shown) {
  const of = (what) => shown.filter((one) => one.shown === what);
  const list = (ones) => (ones.length ? el('ul', {}, ones.map((one) => el('li', {}, link(one)))) : el('p', { class: 'small', text: 'Chưa có thủ tục nào.' }));
  return el('section', { class: 'card' }, el('h2', { text: 'Riêng ở trung tâm này' }),
    el('h3', { text: 'Không tiếp nhận: không trả lời, không gợi ý, không có trong danh sách' }), list(of('hidden')),
    el('h3', { text: 'Ghim lên đầu danh sách' }), list(of('pinned')),
    el('p', { class: 'small', text: 'Tìm và mở một thủ tục để ẩn hoặc ghim.' }));
}

function changesSection(changes) {
  const [latest, ...older] = changes;
  return el('section', { class: 'card' }, el('h2', { text: 'Thay đổi từ lần nhập trước' }),
    latest ? changeSet(latest) : el('p', { text: 'Chưa ghi nhận thay đổi nào: kho thủ tục mới được đọc một lần, hoặc vẫn như cũ.' }),
    older.map((set) => fold(`${timeText(set.at)}: ${counts(set)}`, changeSet(set))));
}

const counts = ({ new_count: fresh, gone_count: gone, changed_count: changed }) =>
  `${fresh} thủ tục mới, ${gone} không còn, ${changed} thay đổi`;

function changeSet(set) {
  const rows = [
    ...set.new.map((one) => [link(one), 'mới']),
    ...set.gone.map((one) => [`${shortName(one.name)} · ${one.code}`, 'không còn']),
    ...set.changed.map((one) => [link(one), one.parts.map((part) => PARTS[part] ?? part).join(', ')]),
  ];
  const named = set.new.length + set.gone.length + set.changed.length;
  const all = set.new_count + set.gone_count + set.changed_count;
  return el('div', {}, el('p', { text: `${timeText(set.at)}: ${counts(set)}.` }),
    table(`Thay đổi lúc ${timeText(set.at)}`, ['Thủ tục', 'Phần thay đổi'], rows),
    named < all ? el('p', { class: 'small', text: `Chỉ kể ${named} trong ${all}.` }) : null);
}

function lawSection(law) {
  return el('section', { class: 'card' }, el('h2', { text: 'Thủ tục có văn bản căn cứ đã đổi' }),
    el('p', { class: 'notice' }, icon('alert'), el('span', {
      text: 'Bản ghi của cổng không nói văn bản nào còn hiệu lực. Danh sách này chỉ dựa vào tên các văn bản có trong kho; văn bản mới chưa thủ tục nào dẫn thì máy không biết.',
    })),
    law.length
      ? fold(`${law.length} chỗ cần xem`, el('div', {},
        law.length > MOST_LAW ? el('p', { class: 'small', text: `Chỉ kể ${MOST_LAW} trong ${law.length}.` }) : null,
        table('Văn bản căn cứ đã đổi', ['Thủ tục', 'Đang dẫn', 'Bị', 'Bởi'], law.slice(0, MOST_LAW).map((one) => [
          link(one), one.cited, CHANGES[one.change] ?? one.change, one.by ? `${one.by}: ${one.by_title}` : one.by_title,
        ]))))
      : el('p', { text: 'Không tên văn bản nào trong kho cho biết điều đó.' }));
}

/** How one procedure is shown here, and who decided that. */
export function shownEditor({ code, shown, history }) {
  const told = el('div', { role: 'status' });
  let now = shown;
  const choice = chipGroup('Ở trung tâm này', SHOWN, now, (value) => {
    // One of the three always holds: what is pressed stays pressed.
    if (value === null) choice.mark(now); else keep(value);
  });

  async function keep(value) {
    told.replaceChildren();
    try {
      await api.showProcedure(code, value);
      now = value;
      const words = `Đã ghi: ${SHOWN.find((one) => one.value === value).label}.`;
      told.replaceChildren(el('p', { class: 'notice' }, icon('check'), words));
      announce(words);
    } catch (error) {
      choice.mark(now);
      told.replaceChildren(problemNotice(shownError(error), () => keep(value)));
    }
  }

  return el('section', {}, choice.group, told,
    history.length ? fold(`Ai đã làm gì (${history.length})`, el('ol', { class: 'timeline' }, history.map((done) => el('li', {},
      el('time', { datetime: done.at, text: timeText(done.at) }),
      el('p', {}, el('strong', { text: DONE[done.action] ?? done.action }), ` · ${done.official || 'hệ thống'}`))))) : null);
}

