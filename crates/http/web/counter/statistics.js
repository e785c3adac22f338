// Figures for the head of the centre: what was asked, screened, missing. Nobody is named.

import { button, el, heading, problemNotice, shortName, shownError } from '../view.js';
import * as api from './api.js';
import { VERDICTS, field, table, today } from './forms.js';

const OUTCOMES = { answered: 'Trả lời được', clarify: 'Hỏi lại', not_covered: 'Chưa có câu trả lời', refused: 'Từ chối' };
const AUDIENCES = { citizen: 'Người dân', official: 'Cán bộ' };

export async function statisticsPage() {
  const title = heading(1, 'Thống kê');
  const from = field('Từ ngày', { type: 'date', value: `${today().slice(0, 8)}01`, max: today() });
  const to = field('Đến ngày', { type: 'date', value: today(), max: today() });
  const box = el('div', {});
  const period = () => ({ from: from.input.value, to: to.input.value });

  async function refresh() {
    try {
      box.replaceChildren(...figures(await api.statistics(period()), period()));
    } catch (error) {
      box.replaceChildren(problemNotice(shownError(error), refresh));
    }
  }
  for (const { input } of [from, to]) input.addEventListener('change', refresh);
  const lastMonth = () => {
    const day = new Date(`${today().slice(0, 8)}01T00:00:00Z`);
    day.setUTCDate(0);
    to.input.value = day.toISOString().slice(0, 10);
    from.input.value = `${to.input.value.slice(0, 8)}01`;
    refresh();
  };
  const download = (kind) => { location.assign(api.reportAddress(kind, period())); };
  await refresh();
  document.title = 'Thống kê – Quầy Một Cửa';
  return {
    focus: () => title.focus(),
    node: el('section', { class: 'page wide' }, title,
      el('div', { class: 'field-row' }, from.node, to.node,
        el('div', { class: 'actions' },
          button('Tháng trước', lastMonth, { kind: 'quiet' }),
          button('Báo cáo PDF', () => download('pdf'), { kind: 'quiet', picture: 'print' }),
          button('Bảng tính XLSX', () => download('xlsx'), { kind: 'quiet', picture: 'file' }))),
      box),
  };
}

function figures({ questions, dossiers, decisions, feedback, time_saved: saved, days, units }, period) {
  const rate = percent(dossiers.first_time_right);
  return [
    el('div', { class: 'tiles' },
      tile('Câu hỏi', questions.total, `${questions.unanswered} chưa có câu trả lời`),
      tile('Hồ sơ đối chiếu', dossiers.screened, `${rate} đủ ngay lần đầu`),
      tile('Phát hiện được cán bộ đồng ý', decisions.accepted, `${decisions.rejected} bị bác`),
      tile('Thấy có ích', feedback.helpful, `${feedback.unhelpful} thấy chưa ích`),
      tile('Thời gian tiết kiệm', `${(saved.minutes / 60).toLocaleString('vi-VN', { maximumFractionDigits: 1 })} giờ`, saved.method)),
    chart('Theo ngày', days, period),
    el('div', { class: 'grid' },
      counts('Ai hỏi', questions.by_audience, AUDIENCES),
      counts('Kết quả câu hỏi', questions.by_outcome, OUTCOMES),
      counts('Kết quả đối chiếu', dossiers.by_verdict, VERDICTS)),
    units.length > 1 ? unitTable(units) : el('span', {}),
    listing('Hỏi nhiều nhất', questions.most_asked, ({ name, code }) => `${shortName(name)} (${code})`),
    listing('Thiếu nhiều nhất', dossiers.most_missing, ({ name, code }) => `${name} (${code})`),
  ];
}

const percent = (share) => (share === null ? '–' : `${Math.round(share * 100)}%`);

const unitTable = (units) => el('section', {}, el('h2', { text: 'Xếp theo đơn vị' }),
  table('Xếp theo đơn vị', ['Đơn vị', 'Câu hỏi', 'Hồ sơ', 'Đủ lần đầu'], units.map(({ unit, questions, dossiers, first_time_right: share }) =>
    [unit || '(chưa đặt tên)', questions, dossiers, percent(share)])));

const tile = (words, number, below) => el('div', { class: 'card tile' },
  el('p', { class: 'small', text: words }), el('p', { class: 'number', text: String(number) }), el('p', { class: 'small', text: below }));

function counts(title, list, words) {
  return el('div', { class: 'card' }, el('h2', { text: title }),
    list.length ? el('dl', {}, list.map(({ name, count }) => [el('dt', { text: words[name] ?? name }), el('dd', { text: String(count) })])) : el('p', { text: 'Chưa có.' }));
}

function listing(title, list, text) {
  const rows = list.map((one, at) => [at + 1, text(one), one.count]);
  return el('section', {}, el('h2', { text: title }),
    rows.length ? table(title, ['Hạng', 'Tên', 'Số lần'], rows) : el('p', { text: 'Chưa có.' }));
}

const SVG = 'http://www.w3.org/2000/svg';
const svg = (name, attributes) => {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
};

const DAY_MS = 86_400_000;
/** More bars than this cannot be told apart. */
const MOST_BARS = 92;

/** Every day of the period, those without anything too; none when there are too many to draw. */
function everyDay({ from, to }, days) {
  const count = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
  if (!(count > 0 && count <= MOST_BARS)) return days;
  const known = new Map(days.map((one) => [one.day, one]));
  return Array.from({ length: count }, (_, at) => {
    const day = new Date(Date.parse(from) + at * DAY_MS).toISOString().slice(0, 10);
    return known.get(day) ?? { day, questions: 0, dossiers: 0 };
  });
}

/** Bars for the eye, the same numbers in a table for everybody. */
function chart(title, counted, period) {
  if (!counted.length) return el('p', { class: 'notice', text: 'Trong khoảng này chưa có câu hỏi hay hồ sơ nào.' });
  const days = everyDay(period, counted);
  const most = Math.max(...days.map(({ questions, dossiers }) => Math.max(questions, dossiers)), 1);
  const step = 100 / days.length;
  const picture = svg('svg', { viewBox: '0 0 100 30', class: 'chart', 'aria-hidden': 'true', preserveAspectRatio: 'none' });
  days.forEach(({ questions, dossiers }, at) => {
    [['questions', questions, 0], ['dossiers', dossiers, 0.4]].forEach(([kind, count, shift]) => {
      const height = (count / most) * 29;
      picture.append(svg('rect', { class: `bar-${kind}`, x: step * (at + 0.1 + shift), y: 30 - height, width: step * 0.38, height }));
    });
  });
  const rows = counted.map(({ day, questions, dossiers }) => [day.split('-').reverse().join('/'), questions, dossiers]);
  return el('section', {}, el('h2', { text: title }), picture,
    el('p', { class: 'small legend' }, el('span', { class: 'key bar-questions' }), ' câu hỏi ', el('span', { class: 'key bar-dossiers' }), ' hồ sơ'),
    el('details', { class: 'fold' }, el('summary', { text: 'Xem bằng bảng' }), table(title, ['Ngày', 'Câu hỏi', 'Hồ sơ'], rows)));
}
