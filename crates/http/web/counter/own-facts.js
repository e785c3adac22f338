// The centre's own fees and time limits: the common edits of a procedure's file, without its syntax.

import { announce, button, el, fold } from '../view.js';
import { holds } from './compare.js';
import { field } from './forms.js';

const UNITS = {
  working_day: 'ngày làm việc', day: 'ngày', working_hour: 'giờ làm việc', hour: 'giờ', month: 'tháng', year: 'năm',
};
/** A value of a file's own form, over several lines too. */
const VALUE = '"""[\\s\\S]*?"""|"(?:[^"\\\\\\n]|\\\\.)*"|\'[^\'\\n]*\'|[^\\n]*';
const AMOUNT_OF_MONEY = /\d[\d.]*\s*(?:đồng|đ|VNĐ)(?!\p{L})/u;
const LENGTH_OF_TIME = new RegExp(`\\d+(?:[.,]\\d+)?\\s*(?:${Object.values(UNITS).join('|')})`, 'u');

/** The tables `[[name]]` of a file: where each begins and ends. */
function blocks(file, name) {
  const heads = [...file.matchAll(/^\[.*$/gm)];
  return heads.flatMap((head, at) => (head[0].trim() === `[[${name}]]`
    ? [{ start: head.index, end: heads[at + 1]?.index ?? file.length }] : []));
}

/** A value as words; nothing where the key is not there. */
function valueOf(block, key) {
  const found = block.match(new RegExp(`^${key}\\s*=\\s*(${VALUE})`, 'm'))?.[1].trim() ?? '';
  if (found.startsWith('"""')) return found.slice(3, -3).trim();
  if (!found.startsWith('"')) return found.replace(/^'|'$/g, '');
  try { return JSON.parse(found); } catch { return found.slice(1, -1); }
}

/** The block with another value under a key that it has, or has now. */
function withValue(block, key, value) {
  const line = `${key} = ${value}`;
  const there = new RegExp(`^${key}\\s*=\\s*(?:${VALUE})`, 'm');
  return there.test(block) ? block.replace(there, () => line) : block.replace(/^(\[\[.*\]\])$/m, (head) => `${head}\n${line}`);
}

const channelsOf = (block) => [...(block.match(/^channels\s*=\s*\[(.*)\]/m)?.[1] ?? '').matchAll(/"(\w+)"/g)].map(([, one]) => one);
const money = (dong) => (dong === 0 ? 'Miễn phí' : `${dong.toLocaleString('vi-VN')} đồng`);
const length = (amount, unit) => `${String(amount).padStart(2, '0')} ${UNITS[unit]}`;
/** The words with the amount in them changed; the amount alone where they have none. */
const reworded = (words, pattern, amount) => (pattern.test(words) ? words.replace(pattern, () => amount) : amount);

/**
 * A form over the file in a text box; `onWritten` is told when the file has changed.
 * @param {HTMLTextAreaElement} box
 * @param {() => void} onWritten
 */
export function ownFacts(box, onWritten) {
  const fees = rowsOf(box.value, 'fees', feeRow);
  const times = rowsOf(box.value, 'times', timeRow);
  if (!fees.length && !times.length) return null;
  const by = field('Theo văn bản nào', { autocomplete: 'off', placeholder: 'Ví dụ: Nghị quyết 12/2025/NQ-HĐND tỉnh Phú Thọ', hint: 'Ghi tên và số văn bản; để trống nếu chỉ sửa lỗi của bản ghi.' });
  const write = () => {
    const changed = [...fees, ...times].filter(({ isChanged }) => isChanged());
    box.value = written(box.value, changed, by.input.value.trim());
    announce(`Đã ghi ${changed.length} mục vào tệp`);
    onWritten();
  };
  return fold('Mức thu và thời hạn riêng của trung tâm', el('div', { class: 'own-facts' },
    fees.map(({ node }) => node), times.map(({ node }) => node), by.node,
    button('Ghi vào tệp và kiểm tra', write, { picture: 'check' })));
}

const rowsOf = (file, name, row) => blocks(file, name).map(({ start, end }, at) => ({ name, at, ...row(file.slice(start, end)) }));

/** For whom a fact holds, so that two fees of one name are told apart. */
const titleOf = (block, fallback) => {
  const when = holds({ channels: channelsOf(block), condition: valueOf(block, 'condition') });
  return [valueOf(block, 'name') || fallback, when].filter(Boolean).join(' – ');
};

function rowView(title, words, amount, others) {
  const text = field('Lời ghi', { value: words, autocomplete: 'off' });
  return {
    text: text.input,
    node: el('fieldset', { class: 'own-fact' }, el('legend', { text: title }),
      el('div', { class: 'field-row' }, amount.node, others, text.node)),
  };
}

function feeRow(block) {
  const had = valueOf(block, 'amount');
  const words = valueOf(block, 'text');
  const amount = field('Mức thu (đồng)', { inputmode: 'numeric', autocomplete: 'off', value: had === 'free' ? '0' : /^\d+$/.test(had) ? had : '' });
  const { node, text } = rowView(titleOf(block, 'Phí, lệ phí'), words, amount, null);
  const dong = () => (/^\d+$/.test(amount.input.value.replace(/[.\s]/g, '')) ? Number(amount.input.value.replace(/[.\s]/g, '')) : null);
  amount.input.addEventListener('input', () => { if (dong() !== null) text.value = reworded(words, AMOUNT_OF_MONEY, money(dong())); });
  return {
    node,
    isChanged: () => text.value !== words || (dong() !== null && String(dong()) !== (had === 'free' ? '0' : had)),
    write: (one) => withValue(
      dong() === null ? one : withValue(one, 'amount', dong() === 0 ? '"free"' : String(dong())), 'text', JSON.stringify(text.value)),
  };
}

function timeRow(block) {
  const had = { amount: valueOf(block, 'amount').replace(/\.0$/, ''), unit: valueOf(block, 'unit') };
  const words = valueOf(block, 'text');
  const amount = field('Thời hạn', { inputmode: 'decimal', autocomplete: 'off', value: had.amount });
  const unit = field('Tính bằng', { as: 'select', options: Object.entries(UNITS) });
  unit.input.value = had.unit || 'working_day';
  const { node, text } = rowView(titleOf(block, 'Thời hạn giải quyết'), words, amount, unit.node);
  const number = () => (/^\d+([.,]\d)?$/.test(amount.input.value.trim()) ? Number(amount.input.value.trim().replace(',', '.')) : null);
  const reword = () => { if (number() !== null) text.value = reworded(words, LENGTH_OF_TIME, length(number(), unit.input.value)); };
  amount.input.addEventListener('input', reword);
  unit.input.addEventListener('change', reword);
  return {
    node,
    isChanged: () => text.value !== words || (number() !== null && (String(number()) !== had.amount || unit.input.value !== had.unit)),
    write: (one) => {
      const timed = number() === null ? one : withValue(withValue(one, 'unit', JSON.stringify(unit.input.value)), 'amount', String(number()));
      return withValue(timed, 'text', JSON.stringify(text.value));
    },
  };
}

/** The file with the rows that changed; they rest on the document that is named, if one is. */
function written(file, changed, document) {
  const id = document ? freeId(file) : null;
  let text = file;
  // From the last to the first, so that the places of those before stay.
  const places = changed.map((row) => ({ row, ...blocks(file, row.name)[row.at] })).sort((a, b) => b.start - a.start);
  for (const { row, start, end } of places) {
    const block = row.write(text.slice(start, end));
    text = text.slice(0, start) + (id ? withValue(block, 'sources', `["${id}"]`) : block) + text.slice(end);
  }
  const sources = blocks(text, 'sources');
  if (!id || !places.length || !sources.length) return text;
  const { end } = sources.at(-1);
  return `${text.slice(0, end)}[[sources]]\nid = "${id}"\ndocument = ${JSON.stringify(document)}\n\n${text.slice(end)}`;
}

function freeId(file) {
  let number = 1;
  while (file.includes(`"T${number}"`)) number += 1;
  return `T${number}`;
}
