// Figures for the head of the centre: what was asked, screened, missing. Nobody is named.

import { button, el, heading, problemNotice, shortName, shownError } from '../view.js';
import * as api from './api.js';
import { bars, dayChart } from './charts.js';
import { VERDICTS, dayField, field, table, today } from './forms.js';

const OUTCOMES = { answered: 'Trả lời được', clarify: 'Hỏi lại', not_covered: 'Chưa có câu trả lời', refused: 'Từ chối' };
const AUDIENCES = { citizen: 'Người dân', official: 'Cán bộ' };

export async function statisticsPage() {
  const title = heading(1, 'Thống kê');
  const from = dayField('Từ ngày', { value: `${today().slice(0, 8)}01`, onChange: () => refresh() });
  const to = dayField('Đến ngày', { value: today(), onChange: () => refresh() });
  const unit = field('Đơn vị', { as: 'select', options: [['', 'Tất cả đơn vị']] });
  unit.input.addEventListener('change', () => refresh());
  const box = el('div', {});
  const period = () => ({ from: from.day(), to: to.day(), unit: unit.input.value });

  async function refresh() {
    try {
      const counted = await api.statistics(period());
      offer(unit.input, counted.units);
      box.replaceChildren(...figures(counted, period()));
    } catch (error) {
      box.replaceChildren(problemNotice(shownError(error), refresh));
    }
  }
  const lastMonth = () => {
    const day = new Date(`${today().slice(0, 8)}01T00:00:00Z`);
    day.setUTCDate(0);
    to.set(day.toISOString().slice(0, 10));
    from.set(`${to.day().slice(0, 8)}01`);
    refresh();
  };
  const download = (kind) => { location.assign(api.reportAddress(kind, period())); };
  await refresh();
  document.title = 'Thống kê – Quầy Một Cửa';
  return {
    focus: () => title.focus(),
    node: el('section', { class: 'page wide' }, title,
      el('div', { class: 'field-row' }, from.node, to.node, unit.node,
        el('div', { class: 'actions' },
          button('Tháng trước', lastMonth, { kind: 'quiet' }),
          button('Báo cáo PDF', () => download('pdf'), { kind: 'quiet', picture: 'print' }),
          button('Bảng tính XLSX', () => download('xlsx'), { kind: 'quiet', picture: 'file' }))),
      box),
  };
}

/** Offices that were counted, each once: those of another period stay. */
function offer(select, units) {
  const known = new Set([...select.options].map(({ value }) => value));
  select.append(...units.filter(({ unit }) => !known.has(unit)).map(({ unit }) => el('option', { value: unit, text: unit })));
}

function figures({ questions, dossiers, decisions, feedback, time_saved: saved, days, units, fields }, period) {
  const rate = percent(dossiers.first_time_right);
  const named = (list, words) => list.map(({ name, count }) => ({ name: words[name] ?? name, count, kind: name }));
  return [
    el('div', { class: 'tiles' },
      tile('Câu hỏi', questions.total, `${questions.unanswered} chưa có câu trả lời (máy chỉ đếm, không giữ lời hỏi)`),
      tile('Hồ sơ đối chiếu', dossiers.screened, `${rate} đủ ngay lần đầu`),
      tile('Phát hiện được cán bộ đồng ý', decisions.accepted, `${decisions.rejected} bị bác`),
      tile('Thấy có ích', feedback.helpful, `${feedback.unhelpful} thấy chưa ích`),
      tile('Thời gian tiết kiệm (ước tính)', `${(saved.minutes / 60).toLocaleString('vi-VN', { maximumFractionDigits: 1 })} giờ`, saved.method)),
    dayChart('Theo ngày', days, period),
    el('div', { class: 'grid' },
      bars('Ai hỏi', named(questions.by_audience, AUDIENCES)),
      bars('Kết quả câu hỏi', named(questions.by_outcome, OUTCOMES)),
      bars('Kết quả các lần đối chiếu', named(dossiers.by_verdict, VERDICTS))),
    el('p', { class: 'small', text: 'Một hồ sơ bổ sung rồi đối chiếu lại thì đếm thêm một lần đối chiếu.' }),
    bars('Hỏi nhiều nhất', questions.most_asked.map(({ name, code, detail, count }) => ({
      name: `${shortName(name)} (${code})${detail === 'name_only' ? ' · mới có tên' : ''}`, count,
    }))),
    shares('Theo lĩnh vực', 'Lĩnh vực', fields.map((one) => ({ ...one, name: one.field || '(không còn trong kho)' }))),
    shares('Theo đơn vị', 'Đơn vị', units.map((one) => ({ ...one, name: unitCell(one.unit, period) }))),
    listing('Thiếu nhiều nhất', dossiers.most_missing, ({ name, code }) => `${name} (${code})`),
  ];
}

const percent = (share) => (share === null ? '–' : `${Math.round(share * 100)}%`);

function shares(title, head, list) {
  const rows = list.map(({ name, questions, dossiers, first_time_right: share }) => [name, questions, dossiers, percent(share)]);
  return el('section', {}, el('h2', { text: title }),
    rows.length ? table(title, [head, 'Câu hỏi', 'Hồ sơ', 'Đủ lần đầu'], rows) : el('p', { text: 'Chưa có.' }));
}

/** An office, with its own report to be taken away. */
function unitCell(unit, period) {
  if (!unit) return '(chưa đặt tên)';
  const way = (kind) => el('a', { href: api.reportAddress(kind, { ...period, unit }), text: kind.toUpperCase(), 'aria-label': `Báo cáo ${kind.toUpperCase()} của ${unit}` });
  return el('span', {}, `${unit} · tải `, way('pdf'), ', ', way('xlsx'));
}

const tile = (words, number, below) => el('div', { class: 'card tile' },
  el('p', { class: 'small', text: words }), el('p', { class: 'number', text: String(number) }), el('p', { class: 'small', text: below }));

function listing(title, list, text) {
  const rows = list.map((one, at) => [at + 1, text(one), one.count]);
  return el('section', {}, el('h2', { text: title }),
    rows.length ? table(title, ['Hạng', 'Tên', 'Số lần'], rows) : el('p', { text: 'Chưa có.' }));
}
