// What a centre makes of its corpus: what it does not take in, what it shows first, what an import changed, and
// which procedures cite law that is not what it was.

import { announce, chipGroup, dateText, el, fold, icon, problemNotice, shortName, shownError } from '../view.js';
import * as api from './api.js';
import { table, timeText } from './forms.js';

const PARTS = {
  name: 'tên', papers: 'giấy tờ', fee: 'phí', time: 'thời hạn', place: 'nơi nộp', legal_basis: 'căn cứ pháp lý', form: 'mẫu đơn',
};
const SHOWN = [
  { value: 'plain', label: 'Hiện như thường' },
  { value: 'pinned', label: 'Ghim lên đầu danh sách' },
  { value: 'hidden', label: 'Không tiếp nhận ở đây' },
];
const DONE = {
  procedure_hidden: 'Không tiếp nhận ở đây', procedure_pinned: 'Ghim lên đầu', procedure_plain: 'Hiện như thường', procedure_approved: 'Duyệt nội dung thủ tục',
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

/** Documents that are gone first; what only amends another one leaves the rest of it in force. */
function lawSection(law) {
  const groups = [
    ['Đang dẫn văn bản đã hết hiệu lực', law.filter(({ change }) => change !== 'amended')],
    ['Văn bản đã được sửa đổi, bổ sung mà thủ tục chưa dẫn văn bản sửa', law.filter(({ change }) => change === 'amended')],
  ];
  return el('section', { class: 'card' }, el('h2', { text: 'Thủ tục dẫn văn bản đã đổi' }),
    el('p', { class: 'small', text: 'Chỉ kể văn bản đã ghi trong danh mục của kho (law.toml), kèm nguồn. Bản ghi của cổng không nói văn bản nào còn hiệu lực; văn bản chưa ghi ở đó thì máy không biết.' }),
    groups.map(([title, ones]) => [el('h3', { text: title }),
      ones.length ? ones.map(changedDocument) : el('p', { class: 'small', text: 'Không có thủ tục nào.' })]));
}

const CHANGED = { replaced: 'bị thay bằng', repealed: 'bị bãi bỏ bởi', amended: 'được sửa đổi bởi' };

function changedDocument({ number, name, change, by, by_name: byName, from, source, checked, procedures }) {
  return fold(`${name} (${number}) ${CHANGED[change]} ${by}: ${procedures.length} thủ tục`, el('div', {},
    el('p', { text: `${name} (${number}) ${CHANGED[change]} ${byName} (${by})${from ? ` từ ngày ${dateText(from)}` : ''}.` }),
    el('p', { class: 'small', text: `Nguồn: ${source}.${checked ? '' : ' Chưa ai đối chiếu nguồn này: xem lại trước khi sửa thủ tục.'}` }),
    el('ul', {}, procedures.map((one) => el('li', {}, link(one))))));
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

