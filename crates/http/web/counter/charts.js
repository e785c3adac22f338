// Charts for the eye: each has the same numbers beside it as text.

import { el, fold } from '../view.js';
import { table } from './forms.js';

const SVG = 'http://www.w3.org/2000/svg';
const svg = (name, attributes, text = '') => {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  node.textContent = text;
  return node;
};

/** Bars beside their words, each with its number; bars of words are read as a list. */
export function bars(title, list) {
  const most = Math.max(...list.map(({ count }) => count), 1);
  return el('div', { class: 'card' }, el('h2', { text: title }),
    list.length
      ? el('ul', { class: 'bars' }, list.map(({ name, count, kind = '' }) => el('li', {},
        el('span', { text: name }), el('strong', { text: count.toLocaleString('vi-VN') }), bar(count / most, kind))))
      : el('p', { text: 'Chưa có.' }));
}

function bar(share, kind) {
  const picture = svg('svg', { viewBox: '0 0 100 4', class: `one-bar ${kind}`, 'aria-hidden': 'true', preserveAspectRatio: 'none' });
  picture.append(svg('rect', { width: Math.max(share * 100, 0.5), height: 4 }));
  return picture;
}

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

/** A number that is easy to read, and not below the most. */
function roundUp(most) {
  const unit = 10 ** Math.floor(Math.log10(most));
  const steps = [1, 2, 5, 10].map((times) => times * unit);
  // Halves are drawn too, and half a question is none.
  return Math.max(steps.find((step) => step >= most) ?? most, 2);
}

/** The letters of the axes are as large as others only where a unit is a pixel. */
const widthHere = () => Math.min(Math.max(innerWidth - 80, 320), 1700);
const HEIGHT = 240;
const LEFT = 48;
const BOTTOM = 34;
/** A date below needs so much room. */
const PIXELS_A_DATE = 90;

/** Questions and dossiers day by day, with numbers at both axes. */
export function dayChart(title, counted, period) {
  if (!counted.length) return el('p', { class: 'notice', text: 'Trong khoảng này chưa có câu hỏi hay hồ sơ nào.' });
  const days = everyDay(period, counted);
  const top = roundUp(Math.max(...days.map(({ questions, dossiers }) => Math.max(questions, dossiers)), 1));
  const width = widthHere();
  const step = (width - LEFT) / days.length;
  const y = (count) => HEIGHT - BOTTOM - (count / top) * (HEIGHT - BOTTOM - 16);
  const picture = svg('svg', { viewBox: `0 0 ${width} ${HEIGHT}`, class: 'chart', 'aria-hidden': 'true' });
  for (const count of new Set([0, Math.round(top / 2), top])) {
    picture.append(
      svg('line', { class: 'axis', x1: LEFT, x2: width, y1: y(count), y2: y(count) }),
      svg('text', { x: LEFT - 6, y: y(count) + 5, 'text-anchor': 'end' }, count.toLocaleString('vi-VN')));
  }
  const every = Math.ceil((days.length * PIXELS_A_DATE) / (width - LEFT));
  days.forEach(({ day, questions, dossiers }, at) => {
    const left = LEFT + step * at;
    for (const [kind, count, shift] of [['questions', questions, 0.1], ['dossiers', dossiers, 0.5]]) {
      picture.append(svg('rect', { class: `bar-${kind}`, x: left + step * shift, y: y(count), width: step * 0.38, height: HEIGHT - BOTTOM - y(count) }));
    }
    if (at % every === 0) {
      const [, month, date] = day.split('-');
      picture.append(svg('text', { x: left + step / 2, y: HEIGHT - 10, 'text-anchor': 'middle' }, `${date}/${month}`));
    }
  });
  const rows = counted.map(({ day, questions, dossiers }) => [day.split('-').reverse().join('/'), questions, dossiers]);
  return el('section', {}, el('h2', { text: title }), picture,
    el('p', { class: 'small legend' }, el('span', { class: 'key bar-questions' }), ' câu hỏi ', el('span', { class: 'key bar-dossiers' }), ' hồ sơ'),
    fold('Xem bằng bảng', table(title, ['Ngày', 'Câu hỏi', 'Hồ sơ'], rows)));
}
