// What a row asks for, mended by a form: who needs it, which papers, in which form of copy.

import { button, el, problemNotice, shownError } from '../view.js';
import { field } from './forms.js';

const HANDOVERS = [['submit', 'Nộp lại cho cơ quan'], ['present', 'Chỉ xuất trình rồi nhận lại']];
const COPY_TYPES = [
  ['original', 'Bản chính'], ['certified_copy', 'Bản sao có chứng thực'], ['plain_copy', 'Bản sao, bản chụp'],
  ['original_or_copy', 'Bản chính hoặc bản sao'], ['electronic', 'Bản điện tử'], ['unspecified', 'Không nói rõ'],
];
/** Told of nobody: the file has a condition of several parts, or the machine could not read one. */
const AS_BEFORE = { known: 'Theo điều kiện ghép đang ghi trong tệp', pending: 'Chưa rõ: hãy chọn trước khi duyệt' };

const caseValue = ({ key, value }) => `case ${key} ${value}`;

/** Who may need it: of the papers of this procedure, in words. */
function neededOptions({ needed }, cases, isPending) {
  return [
    ...(needed === 'as_before' ? [['as_before', isPending ? AS_BEFORE.pending : AS_BEFORE.known]] : []),
    ['by_all', 'Ai cũng cần'],
    ['if_any', 'Có thì nộp; không có cũng không sao'],
    ...cases.map((one) => [caseValue(one), `Chỉ khi: ${one.text}`]),
    ['by_nobody', 'Không phải nộp gì: dòng này chỉ là lưu ý'],
  ];
}

function neededOf(value) {
  const [head, key, answer] = value.split(' ');
  return head === 'case' ? { needed: 'in_case', case: { key, value: answer } } : { needed: value, case: null };
}

/**
 * A form over one requirement; `mend` takes what it is to be, and throws what the server says is wrong with it.
 * @param {any} requirement as the server has it
 * @param {any[]} cases
 * @param {(form: any) => Promise<void>} mend
 */
export function mendRow({ form, pending }, cases, mend) {
  const name = field('Tên người dân thấy', { value: form.name, autocomplete: 'off' });
  const needed = field('Ai cần', { as: 'select', options: neededOptions(form, cases, pending) });
  needed.input.value = form.needed === 'in_case' ? caseValue(form.case) : form.needed;
  const handover = field('Nộp hay xuất trình', { as: 'select', options: HANDOVERS });
  handover.input.value = form.handover;
  const note = field('Lời dặn thêm', { value: form.note ?? '', autocomplete: 'off' });
  const told = el('div', { role: 'status' });
  const lists = listsOf(form.any_of);

  async function write() {
    told.replaceChildren();
    try {
      await mend({
        name: name.input.value, ...neededOf(needed.input.value), handover: handover.input.value, note: note.input.value, any_of: lists.read(),
      });
    } catch (error) {
      told.replaceChildren(problemNotice(shownError(error), write));
    }
  }

  return el('div', { class: 'mend-row' }, name.node, el('div', { class: 'field-row' }, needed.node, handover.node),
    lists.node, note.node, told,
    el('div', { class: 'actions' }, button('Ghi dòng này vào tệp và kiểm tra', write, { picture: 'check' })));
}

/** The ways to meet a requirement, each a list of papers that are needed together. */
function listsOf(given) {
  const box = el('div', {});
  const lists = [];
  const add = (list) => {
    const made = listOf(list, () => remove(made));
    lists.push(made);
    box.append(made.node);
    number();
    return made;
  };
  const remove = (made) => { lists.splice(lists.indexOf(made), 1); made.node.remove(); number(); more.focus(); };
  const number = () => lists.forEach(({ title }, at) => {
    title.textContent = lists.length > 1 ? `Cách ${at + 1} trong ${lists.length}, chọn một` : 'Cần có';
  });
  const more = button('Thêm cách khác', () => add({ was: null, papers: [newPaper()] }).focus());
  given.forEach(add);
  return { node: el('div', {}, box, el('div', { class: 'actions' }, more)), read: () => lists.map(({ read }) => read()) };
}

const newPaper = () => ({ was: null, name: '', copy_type: 'original', quantity: 1, form: null, validity: null });

function listOf(given, onRemove) {
  const title = el('legend', {});
  const box = el('div', {});
  const papers = [];
  const add = (paper) => {
    const made = paperOf(paper, () => { papers.splice(papers.indexOf(made), 1); made.node.remove(); if (!papers.length) onRemove(); else more.focus(); });
    papers.push(made);
    box.append(made.node);
    return made;
  };
  const more = button('Thêm giấy tờ nộp cùng', () => add(newPaper()).focus());
  given.papers.forEach(add);
  return {
    title,
    node: el('fieldset', { class: 'own-fact' }, title, box, el('div', { class: 'actions' }, more)),
    focus: () => papers[0].focus(),
    read: () => ({ was: given.was, papers: papers.map(({ read }) => read()) }),
  };
}

function paperOf(given, onRemove) {
  const name = field('Giấy tờ', { value: given.name, autocomplete: 'off' });
  const copy = field('Loại bản', { as: 'select', options: COPY_TYPES });
  copy.input.value = given.copy_type;
  const quantity = field('Số bản', { type: 'number', min: '1', max: '99', value: String(given.quantity) });
  const form = field('Mẫu số', { value: given.form ?? '', autocomplete: 'off' });
  const validity = field('Còn giá trị', { value: given.validity ?? '', autocomplete: 'off', placeholder: 'Ví dụ: không quá 6 tháng' });
  return {
    node: el('div', { class: 'paper-fields' }, name.node, el('div', { class: 'field-row' }, copy.node, quantity.node, form.node, validity.node),
    el('div', { class: 'actions' }, button('Bỏ giấy tờ này', onRemove, { picture: 'cross' }))),
    focus: () => name.input.focus(),
    read: () => ({
      was: given.was, name: name.input.value, copy_type: copy.input.value, quantity: Number(quantity.input.value) || 1, form: form.input.value, validity: validity.input.value,
    }),
  };
}
