// One page of a paper: its picture with the places marked where something was read, and the lines of it.

import { announce, button, el, fold } from '../view.js';

const DOUBTFUL = 0.7;
/** So far around the letters a mark goes, in shares of the page. */
const ROOM = 0.006;
/** More chips than these push what is read off the screen. */
const MOST_CHIPS = 5;

const FACTS = {
  title: 'Tên giấy tờ', person: 'Người', date: 'Ngày', copy_mark: 'Loại bản', blank_field: 'Bỏ trống',
};

/**
 * @param {{name: string, facts: any[]}} paper
 * @param {{number: number, reading: string, lines: any[], picture: string | null}} page
 * @param {Node} instead what is shown where there is no picture
 */
export function pageView(paper, page, instead) {
  const facts = byLine(paper.facts.filter((fact) => fact.page === page.number && isLikely(fact)));
  // What was recognised in a picture may be misread: it is no more than a hint where to look.
  const read = page.reading === 'ocr' ? 'Máy đọc được (đối chiếu với ảnh)' : 'Máy đọc được';
  const told = el('p', { class: 'small marked-told' });
  const overlay = boxes();
  const lines = page.lines.map(({ text, confidence }) => el('p', {
    class: confidence < DOUBTFUL ? 'doubtful' : null, title: confidence < DOUBTFUL ? 'Máy đọc chưa chắc' : null, text,
  }));
  const box = el('div', { class: 'read-lines', tabindex: '0', role: 'group', 'aria-label': `Chữ máy đọc được ở trang ${page.number}` }, lines);
  const chips = facts.map(({ line, kinds, texts }) => el('button', {
    type: 'button', class: 'chip', 'aria-pressed': 'false', on: { click: () => mark([line], true) },
  }, el('span', { class: 'small', text: `${kinds.map((kind) => FACTS[kind] ?? kind).join(', ')}: ` }), texts.join(' · ')));
  const image = page.picture
    ? el('img', { class: 'page-picture', src: page.picture, alt: `Ảnh trang ${page.number} của ${paper.name}` })
    : null;

  /** Marks lines, on the picture where their place is known, and below in any case. */
  function mark(places, aloud = false) {
    const known = places.filter((at) => page.lines[at]);
    lines.forEach((line, at) => {
      line.classList.toggle('marked', known.includes(at));
      if (known.includes(at)) line.setAttribute('aria-current', 'true');
      else line.removeAttribute('aria-current');
    });
    chips.forEach((chip, at) => chip.setAttribute('aria-pressed', String(known.includes(facts[at].line))));
    const areas = known.map((at) => page.lines[at].area).filter(Boolean);
    overlay.show(areas);
    told.textContent = known.length ? words(known.map((at) => page.lines[at].text), image && areas.length < known.length) : '';
    const first = known.length ? lines[known[0]] : null;
    if (first) box.scrollTop = first.offsetTop - box.offsetTop;
    if (aloud && told.textContent) announce(told.textContent);
  }

  // Only once it has its height can a place on the picture be scrolled to.
  image?.addEventListener('load', () => overlay.reveal(), { once: true });
  image?.addEventListener('error', () => image.parentElement?.replaceWith(
    el('p', { class: 'small', text: 'Không tải được ảnh trang này; xem phần chữ ở dưới.' })), { once: true });

  return {
    mark,
    /** What tells what the paper is. */
    titles: facts.filter(({ kinds }) => kinds.includes('title')).map(({ line }) => line),
    node: el('div', {}, told,
      image
        ? el('div', {}, el('div', { class: 'picture-box' }, image, overlay.node),
          el('a', { class: 'small', href: page.picture, target: '_blank', rel: 'noopener', text: `Xem ảnh to trang ${page.number}` }))
        : instead,
      chips.length ? el('div', { class: 'read-facts', role: 'group', 'aria-label': `${read}, bấm để xem chỗ ghi` },
        el('p', { class: 'small', text: read }), el('div', { class: 'chips' }, chips.slice(0, MOST_CHIPS)),
        chips.length > MOST_CHIPS ? fold(`${chips.length - MOST_CHIPS} điều nữa`, el('div', { class: 'chips' }, chips.slice(MOST_CHIPS))) : null) : null,
      el('details', { class: 'fold', open: true }, el('summary', { text: page.reading === 'ocr' ? 'Chữ máy đọc được (đối chiếu với ảnh)' : 'Chữ máy đọc được' }), box)),
  };
}

/** What is read of one line, together: a line that names somebody and a day is one place to look at. */
function byLine(facts) {
  const lines = new Map();
  for (const { line, kind, text } of facts) {
    const one = lines.get(line) ?? { line, kinds: [], texts: [] };
    if (!one.kinds.includes(kind)) one.kinds.push(kind);
    if (!one.texts.includes(text)) one.texts.push(text);
    lines.set(line, one);
  }
  return [...lines.values()];
}

const YEARS = [1900, 2100];
/** Written with a separator or in words, with or without its year. */
const DAY = /(?<!\d)(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?!\d)|ngày\s+(\d+)\s*,?\s*tháng\s+(\d+)(?:\s*,?\s*năm\s+(\d+))?/giu;
const TIME = /(?<!\d)(\d+)\s*giờ(?:\s+(\d+)\s*phút)?/giu;

/** A line of days of which no calendar has one, or with an hour that no clock shows, was misread. */
export function isLikely({ kind, text }) {
  if (kind !== 'date') return true;
  const days = [...text.matchAll(DAY)].map(([, ...parts]) => parts.filter(Boolean).map(Number));
  const times = [...text.matchAll(TIME)];
  return times.every(([, hour, minute = '0']) => Number(hour) <= 24 && Number(minute) < 60)
    && (!days.length || days.some(isDay));
}

/** A leap year stands in for one that is not told. */
function isDay([day, month, year = 2000]) {
  const lastOfMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return year >= YEARS[0] && year <= YEARS[1] && month >= 1 && month <= 12 && day >= 1 && day <= lastOfMonth;
}

function words(texts, isUnplaced) {
  const quoted = texts.slice(0, 3).map((text) => `“${text}”`).join('; ');
  const more = texts.length > 3 ? ` và ${texts.length - 3} dòng nữa` : '';
  return `Đang đánh dấu: ${quoted}${more}.${isUnplaced ? ' Có dòng không rõ vị trí trên ảnh; xem dòng tô màu ở phần chữ.' : ''}`;
}

/** Boxes drawn over a picture of any size; those who cannot see them are told the lines. */
function boxes() {
  const node = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  for (const [key, value] of [['viewBox', '0 0 1 1'], ['preserveAspectRatio', 'none'], ['aria-hidden', 'true'], ['class', 'picture-marks']]) {
    node.setAttribute(key, value);
  }
  const reveal = () => node.querySelector('rect')?.scrollIntoView({ block: 'nearest' });
  return {
    node,
    reveal,
    show(areas) {
      node.replaceChildren(...areas.map(({ left, top, width, height }) => {
        const rect = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
        const values = { x: left - ROOM, y: top - ROOM, width: width + 2 * ROOM, height: height + 2 * ROOM };
        for (const [key, value] of Object.entries(values)) rect.setAttribute(key, String(value));
        return rect;
      }));
      reveal();
    },
  };
}

/** The way to a place, as a button; `lines` are places on that page. */
export const placeButton = (papers, { file, page, lines }) =>
  button(`Xem ${file}${page ? `, trang ${page}` : ''}${lines.length ? ` (${lines.length} chỗ)` : ''}`,
    () => papers.open(file, page, lines), { kind: 'plain', picture: 'eye' });

/** The pages a finding rests on with their lines, in order; the page it is about where it names no line. */
export function placesOf({ file, page, read_at: read = [] }) {
  const pages = new Map();
  for (const { file: name, page: number, line } of read) {
    const key = `${number} ${name}`;
    if (!pages.has(key)) pages.set(key, { file: name, page: number, lines: [] });
    pages.get(key).lines.push(line);
  }
  if (pages.size) return [...pages.values()];
  return file ? [{ file, page, lines: [] }] : [];
}
