// One procedure: what to bring in one's own case, and the facts. QR codes lead here.

import * as api from './api.js';
import {
  CHANNEL_NAMES, announce, button, chipGroup, el, factText, fold, heading, icon, link, outside,
  problemNotice, reveal, reviewBadge, shortName, shownError, waiting,
} from './view.js';

const LEVELS = {
  commune: 'cấp xã', province: 'cấp tỉnh', ministry: 'cấp bộ', other: 'cơ quan khác',
};

/** Shows a procedure in `node`; `answers` are shared with the check of a dossier. */
export function procedurePage({ answersOf, askAbout }) {
  const node = el('section', { class: 'page procedure' });
  let running = null;

  async function open(code) {
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    node.replaceChildren(waiting('Đang mở thủ tục…'));
    try {
      const procedure = await api.getProcedure(code, signal);
      const title = heading(1, shortName(procedure.name));
      node.replaceChildren(...content(procedure, title, answersOf(procedure.code), askAbout));
      document.title = `${title.textContent} – Một Cửa`;
      reveal(title);
    } catch (error) {
      if (!signal.aborted) node.replaceChildren(problemNotice(shownError(error), () => open(code)));
    }
  }

  return { node, open, reset: () => { running?.abort(); node.replaceChildren(); } };
}

function content(procedure, title, answers, askAbout) {
  const known = procedure.detail === 'full';
  return [
    el('header', { class: 'page-head' },
      title,
      el('p', { class: 'code', text: headline(procedure) }),
      reviewBadge(procedure.review),
      known ? null : notKnown(procedure)),
    known ? checklist(procedure, answers) : null,
    toolbar(procedure, known, askAbout),
    facts(procedure),
    listSection('Điều kiện', procedure.conditions),
    listSection('Nhận được gì', procedure.results),
    stepsSection(procedure),
    listSection('Lưu ý trong hồ sơ gốc', procedure.notes),
    legalBasis(procedure),
    sources(procedure),
  ].filter(Boolean);
}

function headline({ code, field, levels, ministry }) {
  const level = levels.map((word) => LEVELS[word]).join(', ');
  return [`Mã ${code}`, field, level, ministry].filter(Boolean).join(' · ');
}

function notKnown({ detail }) {
  const text = detail === 'name_only'
    ? 'Máy mới có tên thủ tục này, chưa có nội dung chi tiết. Mời hỏi cán bộ tại quầy.'
    : 'Nội dung đã công bố của thủ tục này có chỗ không khớp với tên. Mời hỏi cán bộ trước khi dùng.';
  return el('div', { class: 'notice warn' }, el('p', {}, icon('alert'), el('strong', { text })));
}

function toolbar({ code, name }, known, askAbout) {
  return el('div', { class: 'actions no-print' },
    known ? link('Kiểm tra hồ sơ của tôi', `#/ho-so/${encodeURIComponent(code)}`, { kind: 'primary', picture: 'check' }) : null,
    known ? button('In danh sách', () => window.print(), { picture: 'print' }) : null,
    button('Hỏi về thủ tục này', () => askAbout({ code, name })));
}

/** The list for this case; answering a question fetches it anew. */
function checklist(procedure, answers) {
  const list = el('div', { class: 'items' });
  const ticked = new Set();
  const questions = procedure.questions.filter((question) => !question.lookup);
  const groups = new Map(questions.map((question) => [question.key,
    chipGroup(question.ask, question.answers, answers[question.key], (value) => choose(question.key, value)).group]));
  const questionBox = el('div', { class: 'questions', hidden: true },
    el('h3', { text: 'Trường hợp nào đúng?' }),
    el('p', { class: 'small no-print', text: 'Chọn để danh sách chỉ còn giấy tờ cần mang. Không chắc thì bỏ qua.' }),
    [...groups.values()]);
  let running = null;

  function choose(key, value) {
    if (value === null) delete answers[key];
    else answers[key] = value;
    refresh(true);
  }

  async function refresh(tell) {
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    try {
      const current = await api.getChecklist(procedure.code, answers, signal);
      const open = new Set(current.questions.map(({ key }) => key));
      for (const [key, group] of groups) group.hidden = !open.has(key) && !(key in answers);
      questionBox.hidden = [...groups.values()].every((group) => group.hidden);
      list.replaceChildren(...itemGroups(current.items, ticked));
      if (tell) announce(`Danh sách có ${current.items.length} mục.`);
    } catch (error) {
      if (!signal.aborted) list.replaceChildren(problemNotice(shownError(error), () => refresh(tell)));
    }
  }

  refresh(false);
  return el('section', { class: 'checklist card' },
    el('h2', { text: 'Danh sách giấy tờ' }), questionBox, list,
    el('p', { class: 'small print-only', text: 'Danh sách do trợ lý AI Một Cửa lập từ thủ tục đã công bố; cán bộ tiếp nhận là người quyết định.' }));
}

const ITEM_GROUPS = [
  ['needed', 'Cần mang'],
  ['depends', 'Tùy trường hợp'],
  ['optional', 'Có thì mang, không bắt buộc'],
];

function itemGroups(items, ticked) {
  if (!items.length) {
    return [el('p', { text: 'Theo hồ sơ đã công bố, trường hợp này không phải nộp giấy tờ nào. Mời hỏi lại cán bộ.' })];
  }
  return ITEM_GROUPS.flatMap(([state, words]) => {
    const mine = items.filter((item) => item.state === state);
    if (!mine.length) return [];
    return [el('h3', { text: words }), el('ul', { class: `ticks ${state}` }, mine.map((item) => tick(item, ticked)))];
  });
}

/** A tick stays when the list is fetched anew. */
function tick({ id, text }, ticked) {
  const box = el('input', { type: 'checkbox', checked: ticked.has(id) });
  box.addEventListener('change', () => { if (box.checked) ticked.add(id); else ticked.delete(id); });
  return el('li', {}, el('label', {}, box, factText(text)));
}

/** What differs by channel stands under the channel, what does not stands first. */
function facts({ times, fees, places, agencies }) {
  const all = [
    ...times.map((fact) => ({ ...fact, head: 'Bao lâu' })),
    ...fees.map((fact) => ({ ...fact, head: fact.name || 'Lệ phí' })),
    ...places.map((fact) => ({ ...fact, head: 'Nộp ở đâu' })),
  ];
  const everywhere = all.filter(({ channels }) => !channels.length || channels.length === CHANNEL_NAMES.length);
  const cards = CHANNEL_NAMES.map(([channel, words]) => {
    const mine = all.filter((fact) => !everywhere.includes(fact) && fact.channels.includes(channel));
    return mine.length ? factCard(words, mine) : null;
  });
  const common = [...everywhere, ...(agencies.length ? [{ head: 'Cơ quan giải quyết', text: agencies.join('; ') }] : [])];
  if (!common.length && cards.every((card) => !card)) return null;
  return el('section', { class: 'fact-cards' }, el('h2', { text: 'Thời gian, lệ phí, nơi nộp' }),
    el('div', { class: 'grid' }, common.length ? factCard('Mọi cách nộp', common) : null, cards));
}

function factCard(title, list) {
  return el('div', { class: 'card' }, el('h3', { text: title }),
    el('dl', {}, list.map(({ head, text, condition }, at) => [
      head === list[at - 1]?.head ? null : el('dt', { text: head }),
      el('dd', {}, text, condition ? el('span', { class: 'clause', text: `Áp dụng khi: ${condition}` }) : null),
    ])));
}

function listSection(title, statements) {
  if (!statements.length) return null;
  const long = statements.reduce((sum, { text }) => sum + text.length, 0) > 600;
  const list = el('ul', { class: 'plain-list' }, statements.map(({ text }) => el('li', { text })));
  return long ? fold(title, list) : el('section', {}, el('h2', { text: title }), list);
}

function stepsSection({ steps }) {
  if (!steps.length) return null;
  const list = el('ol', { class: 'steps' }, steps.map(({ text }) => el('li', { text: text.replace(/^[-–+]\s*/, '') })));
  return fold(`Các bước thực hiện (${steps.length})`, list, steps.every(({ text }) => text.length < 200));
}

function legalBasis({ legal_basis: basis }) {
  if (!basis.length) return null;
  const text = ({ number, title }) => (number && !title.includes(number) ? `${title} (${number})` : title);
  return fold(`Căn cứ pháp lý (${basis.length})`, el('ul', { class: 'plain-list' }, basis.map((one) => el('li', { text: text(one) }))));
}

function sources({ code, sources: list, decision, review, version }) {
  return el('section', { class: 'origin card' },
    el('div', {},
      el('h2', { text: 'Nguồn' }),
      el('ul', { class: 'plain-list' }, list.map(({ document: name, url }) =>
        el('li', {}, name, ' ', el('span', { class: 'no-print' }, outside('Mở trang nguồn', url))))),
      decision ? el('p', { text: `Công bố theo quyết định ${decision}` }) : null,
      el('p', { class: 'small', text: `Dữ liệu: ${review.text}. Phiên bản ${version.slice(0, 12)}.` })),
    phoneCode(code));
}

/** A phone cannot open an address that means "this machine". */
function phoneCode(code) {
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);
  const words = local
    ? 'Máy đang chạy thử tại chỗ: điện thoại chưa mở được mã này.'
    : 'Quét bằng điện thoại (cùng mạng của trung tâm) để mang danh sách về.';
  return el('figure', { class: 'qr' },
    el('img', { src: api.qrAddress(code), alt: 'Mã QR mở trang này trên điện thoại', width: '240', height: '240' }),
    el('figcaption', { class: 'small', text: words }));
}
