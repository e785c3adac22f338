// One procedure whole, or two of them side by side with what differs marked.

import { CHANNEL_NAMES, el, fold, icon, outside, problemNotice, shortName, shownError } from '../view.js';
import * as api from './api.js';
import { table } from './forms.js';
import { procedureSearch } from './procedure-search.js';

const CHANNELS = new Map(CHANNEL_NAMES);

/** By which way and in which case something holds. */
export function holds({ channels = [], condition = '' }) {
  const ways = channels.length && channels.length < CHANNELS.size ? channels.map((one) => String(CHANNELS.get(one) ?? one)).join(', ') : '';
  return [ways, condition ? `khi: ${condition}` : ''].filter(Boolean).join('; ');
}

/** Words, with what they hold for behind them. */
const said = (fact) => (words) => {
  const when = holds(fact);
  return when ? `${words} (${when})` : words;
};

/** Amounts of a procedure in columns: what for, how much, by which way, in which case. */
export const feeTable = ({ fees }) => table('Phí, lệ phí', ['Khoản', 'Mức', 'Cách nộp', 'Khi'], fees.map(({ name, text, channels, condition }) => [
  name || 'Phí, lệ phí', text, holds({ channels }) || 'mọi cách', condition ?? '',
]));

/** @type {[string, (procedure: any) => string[]][]} */
const FACTS = [
  ['Mã', ({ code }) => [code]],
  ['Căn cứ pháp lý', ({ legal_basis: basis }) => basis.map(({ number, title }) => (number && !title.includes(number) ? `${title} (${number})` : title))],
  ['Cơ quan', ({ agencies }) => agencies],
  ['Giấy tờ', ({ requirements }) => requirements.map(({ text }) => text)],
  ['Mẫu đơn', ({ requirements }) => formsOf(requirements)],
  ['Thời hạn', ({ times }) => times.map((one) => said(one)(one.text))],
  ['Phí, lệ phí', ({ fees }) => fees.map((one) => said(one)(one.name ? `${one.name}: ${one.text}` : one.text))],
  ['Nơi nộp', ({ places }) => places.map((one) => said(one)(one.text))],
  ['Điều kiện', ({ conditions }) => conditions.map(({ text }) => text)],
  ['Kết quả', ({ results }) => results.map(({ text }) => text)],
];

/** Papers that are filled in on a form, each once. */
const formsOf = (requirements) => [...new Set(requirements.flatMap(({ any_of: lists }) => lists.flatMap(({ papers }) =>
  papers.filter(({ form }) => form).map(({ name, form }) => (name.includes(form) ? name : `${name} (${form})`)))))];

/** What only one of two says is marked, with a word for those who see no colour. */
function cell(list, others) {
  if (!list.length) return '–';
  return el('ul', { class: 'plain-list' }, list.map((text) => {
    const differs = others && !others.includes(text);
    return el('li', { class: differs ? 'differs' : null }, differs ? el('span', { class: 'visually-hidden', text: 'Khác: ' }) : null, text);
  }));
}

/** @param {string[]} codes */
export async function comparison(codes) {
  const procedures = await Promise.all(codes.slice(0, 2).map(api.procedure));
  const [first, second] = procedures;
  const rows = FACTS.map(([head, read]) => {
    const lists = procedures.map(read);
    const isSame = second && JSON.stringify(lists[0]) === JSON.stringify(lists[1]);
    return [
      el('div', {}, el('strong', { text: head }), second && head !== 'Mã' ? el('p', { class: 'small', text: isSame ? 'giống nhau' : 'khác nhau' }) : null),
      ...lists.map((list, at) => cell(list, second && head !== 'Mã' ? lists[1 - at] : null)),
    ];
  });
  return el('div', { class: 'compared' },
    second ? el('p', { class: 'small', text: 'Dòng tô nền là điều chỉ một bên có.' }) : null,
    table('Thủ tục', ['Mục', ...procedures.map(({ name }) => shortName(name))], rows),
    other(first.code, second),
    el('div', { class: 'actions' }, procedures.map(({ code, name }) =>
      el('a', { class: 'button', href: `#/tiep-nhan/${code}`, text: second ? `Tiếp nhận: ${shortName(name)}` : 'Tiếp nhận thủ tục này' }))),
    fold('Trang gốc', el('ul', {}, procedures.map(({ sources }) => sources.map(({ document: name, url }) => el('li', {}, name, ' ', outside('mở', url)))))));
}

/** The other procedure is any: found by words, or a neighbour of an answer. */
function other(code, second) {
  const { search, found } = procedureSearch({
    label: second ? 'So sánh với thủ tục khác' : 'So sánh với',
    choose: (chosen) => { location.hash = `#/hoi/${code}/${chosen.code}`; },
    except: code,
  });
  return el('div', { class: 'card compare-with' }, search.node, found);
}

/** Fees as a table; the facts of the answer stand where it cannot be had. */
export async function feesOf(code, instead) {
  const box = el('div', {}, instead);
  try {
    const procedure = await api.procedure(code);
    if (procedure.fees.length) box.replaceChildren(feeTable(procedure));
  } catch (error) {
    box.append(problemNotice(shownError(error)));
  }
  return box;
}

export const compareLink = (one, another) =>
  el('a', { class: 'with-icon', href: `#/hoi/${one}/${another}` }, icon('arrow'), 'so sánh');
