// Looking things up as an official: the exact rule first, articles and tables, two procedures side by side.

import { announce, el, fold, heading, outside, problemNotice, shortName, shownError, waiting } from '../view.js';
import * as api from './api.js';
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

/** Legal basis first: an official asks by which rule. */
function answerView({ outcome, procedure, answer, evidence, candidates, clarify }) {
  const rank = ({ kind }) => (kind === 'legal_basis' ? 0 : 1);
  const sorted = [...(evidence ?? [])].sort((a, b) => rank(a) - rank(b));
  const others = (candidates ?? []).filter(({ code }) => code !== procedure?.code).slice(0, 5);
  return [
    OUTCOMES[outcome] ? el('p', { class: 'notice', text: clarify?.ask ?? OUTCOMES[outcome] }) : el('span', {}),
    procedure ? el('h2', {}, el('a', { href: `#/hoi/${procedure.code}`, text: `${shortName(procedure.name)} · ${procedure.code}` })) : el('span', {}),
    answer?.sentences?.length ? el('ul', { class: 'plain-list' }, answer.sentences.map(({ text, citations }) =>
      el('li', { text: `${text} [${citations.join(', ')}]` }))) : el('span', {}),
    sorted.length ? table('Căn cứ và dữ kiện', ['Mã', 'Nội dung', 'Nguồn'], sorted.map(({ id, text, source }) =>
      [id, el('span', { class: 'quote-cell', text }), el('span', {}, source?.document ?? '', ' ', outside('mở', source?.url))])) : el('span', {}),
    others.length ? el('section', {}, el('h3', { text: 'Thủ tục gần đó' }),
      el('ul', { class: 'plain-list' }, others.map(({ code, name }) => el('li', {},
        el('a', { href: `#/hoi/${code}`, text: `${shortName(name)} · ${code}` }),
        procedure ? [' · ', el('a', { href: `#/hoi/${procedure.code}/${code}`, text: 'so sánh' })] : null)))) : el('span', {}),
  ];
}

/** One procedure whole, or two of them side by side. */
async function comparison(codes) {
  const procedures = await Promise.all(codes.slice(0, 2).map(api.procedure));
  /** @type {[string, (procedure: any) => any][]} */
  const facts = [
    ['Mã', ({ code }) => code],
    ['Cơ quan', ({ agencies }) => lines(agencies)],
    ['Giấy tờ', ({ requirements }) => lines(requirements.map(({ text }) => text))],
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

const lines = (list) => (list?.length ? el('ul', { class: 'plain-list' }, list.map((text) => el('li', { text }))) : '–');
