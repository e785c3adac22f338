// Looking things up as an official: the exact rule first, articles and tables, two procedures side by side.

import { announce, el, fold, heading, outside, problemNotice, shortName, shownError, waiting } from '../view.js';
import * as api from './api.js';
import { say, sayOf } from '../words.js';
import { field, table } from './forms.js';

export async function assistantPage({ parts }) {
  const title = heading(1, 'Tra cứu');
  const asked = field('Câu hỏi, tên, mã thủ tục hoặc số văn bản', { type: 'search', autocomplete: 'off', placeholder: 'Ví dụ: phí đăng ký khai sinh quá hạn' });
  const box = el('div', { 'aria-live': 'polite' });
  const form = el('form', { class: 'inline-form', on: { submit: (event) => { event.preventDefault(); ask(); } } },
    asked.node, el('button', { type: 'submit', class: 'button primary', text: 'Tra cứu' }));

  async function ask() {
    const words = asked.input.value.trim();
    if (!words) return;
    box.replaceChildren(waiting('Đang tìm…'));
    try {
      const answer = await api.askOfficially(words);
      box.replaceChildren(...answerView(answer));
      announce(answer.procedure ? shortName(answer.procedure.name) : 'Có vài thủ tục');
    } catch (error) {
      box.replaceChildren(problemNotice(shownError(error), ask));
    }
  }

  const codes = parts.filter(Boolean);
  if (codes.length) box.replaceChildren(await comparison(codes));
  document.title = 'Tra cứu – Quầy Một Cửa';
  return { focus: () => asked.input.focus(), node: el('section', { class: 'page wide' }, title, form, box) };
}

const OUTCOMES = {
  clarify: 'Câu hỏi hợp với vài thủ tục:',
  not_covered: 'Không thấy thủ tục nào hợp.',
  refused: 'Máy không trả lời việc này.',
};

/** A longer list than this is folded: whoever looks for the fee must not page through the law. */
const LONG = 6;

/** Legal basis first: an official asks by which rule. */
function answerView({ outcome, procedure, evidence, candidates, clarify, message }) {
  const others = (candidates ?? []).filter(({ code }) => code !== procedure?.code).slice(0, 5);
  return [
    OUTCOMES[outcome] ? el('p', { class: 'notice', text: clarify?.ask ?? message ?? OUTCOMES[outcome] }) : el('span', {}),
    procedure ? el('h2', {}, el('a', { href: `#/hoi/${procedure.code}`, text: `${shortName(procedure.name)} · ${procedure.code}` })) : el('span', {}),
    ...byKind(evidence ?? []).map(([kind, pieces]) => fold(
      `${sayOf('group', kind) ?? say('group.other')} (${pieces.length})`, factsOf(pieces), pieces.length <= LONG)),
    others.length ? el('section', {}, el('h3', { text: 'Thủ tục gần đó' }),
      el('ul', { class: 'plain-list' }, others.map(({ code, name }) => el('li', {},
        el('a', { href: `#/hoi/${code}`, text: `${shortName(name)} · ${code}` }),
        procedure ? [' · ', el('a', { href: `#/hoi/${procedure.code}/${code}`, text: 'so sánh' })] : null)))) : el('span', {}),
  ];
}

/** Facts in groups, by what they state. */
function byKind(evidence) {
  const groups = new Map([['legal_basis', []]]);
  for (const piece of evidence) {
    if (piece.kind !== 'overview') groups.set(piece.kind, [...(groups.get(piece.kind) ?? []), piece]);
  }
  return [...groups].filter(([, pieces]) => pieces.length);
}

/** Facts as they stand, and where they stand. */
function factsOf(pieces) {
  const sources = new Map(pieces.map(({ source }) => [source.document, source]));
  return el('div', {},
    el('ul', { class: 'plain-list' }, pieces.map(({ text }) => el('li', { class: 'quote-cell', text }))),
    [...sources.values()].map(({ document: name, url }) => el('p', { class: 'small' }, `Nguồn: ${name} `, outside('mở', url))));
}

/** One procedure whole, or two of them side by side. */
async function comparison(codes) {
  const procedures = await Promise.all(codes.slice(0, 2).map(api.procedure));
  /** @type {[string, (procedure: any) => any][]} */
  const facts = [
    ['Mã', ({ code }) => code],
    ['Cơ quan', ({ agencies }) => lines(agencies)],
    ['Giấy tờ', ({ requirements }) => lines(requirements.map(({ text }) => text))],
    ['Mẫu đơn', ({ requirements }) => lines(formsOf(requirements))],
    ['Thời hạn', ({ times }) => lines(times.map(({ text }) => text))],
    ['Phí, lệ phí', ({ fees }) => lines(fees.map(({ name, text }) => (name ? `${name}: ${text}` : text)))],
    ['Nơi nộp', ({ places }) => lines(places.map(({ text }) => text))],
    ['Điều kiện', ({ conditions }) => lines(conditions.map(({ text }) => text))],
    ['Kết quả', ({ results }) => lines(results.map(({ text }) => text))],
    ['Căn cứ pháp lý', ({ legal_basis: basis }) => lines(basis.map(({ number, title }) => (number && !title.includes(number) ? `${title} (${number})` : title)))],
  ];
  const rows = facts.map(([head, read]) => [el('strong', { text: head }), ...procedures.map(read)]);
  return el('div', {},
    table('Thủ tục', ['Mục', ...procedures.map(({ name }) => shortName(name))], rows),
    procedures.length === 1 ? el('p', {}, el('a', { class: 'button', href: `#/tiep-nhan/${procedures[0].code}`, text: 'Tiếp nhận thủ tục này' })) : null,
    fold('Trang gốc', el('ul', {}, procedures.map(({ sources }) => sources.map(({ document: name, url }) => el('li', {}, name, ' ', outside('mở', url)))))));
}

/** Papers that are filled in on a form, each once. */
const formsOf = (requirements) => [...new Set(requirements.flatMap(({ any_of: lists }) => lists.flatMap(({ papers }) =>
  papers.filter(({ form }) => form).map(({ name, form }) => (name.includes(form) ? name : `${name} (${form})`)))))];

const lines = (list) => (list?.length ? el('ul', { class: 'plain-list' }, list.map((text) => el('li', { text }))) : '–');
