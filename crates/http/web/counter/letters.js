// The three letters of Thông tư 03/2025/TT-VPCP, previewed, printed, and what they make of the case.

import { announce, button, el, icon, problemNotice, shownError } from '../view.js';
import * as api from './api.js';
import { STATES, field } from './forms.js';

const LETTERS = [
  ['01', 'Giấy tiếp nhận, hẹn trả kết quả', 'accepted'],
  ['02', 'Phiếu yêu cầu bổ sung', 'to_supplement'],
  ['03', 'Phiếu từ chối', 'refused'],
];
const FITTING = { complete: '01', incomplete: '02' };

export function lettersView({ code, dossier, applicant }, { verdict }) {
  const name = field('Người nộp', { value: applicant, autocomplete: 'off' });
  const address = field('Địa chỉ', { autocomplete: 'off' });
  const phone = field('Điện thoại', { autocomplete: 'off', inputmode: 'tel' });
  const number = field('Số phiếu', { autocomplete: 'off' });
  const reason = field('Lý do của cán bộ', {
    as: 'textarea', rows: '2',
    hint: 'Phải ghi khi còn phát hiện chưa quyết, khi tiếp nhận hồ sơ máy thấy chưa đủ, hoặc từ chối hồ sơ máy không thấy gì sai.',
  });
  const undecided = el('div', { role: 'status' });
  const preview = el('div', { class: 'letter-preview' });
  let lastAddress = null;

  async function print(form, state) {
    preview.replaceChildren(el('p', { class: 'small', role: 'status', text: 'Đang soạn phiếu…' }));
    try {
      const { pdf, advice } = await api.letter(dossier, form, {
        applicant: name.input.value, address: address.input.value, phone: phone.input.value,
        number: number.input.value, reason: reason.input.value,
      });
      if (lastAddress) URL.revokeObjectURL(lastAddress);
      lastAddress = URL.createObjectURL(pdf);
      // Looking at a letter changes nothing: the case goes on when it is in its owner's hands.
      const given = el('div', { role: 'status' },
        button(`Đã giao phiếu ${form} cho người nộp`, () => handOver(form, state, given), { picture: 'check' }));
      const open = el('a', { class: 'button primary', href: lastAddress, target: '_blank', text: 'Mở để in' });
      preview.replaceChildren(
        advice ? el('p', { class: 'notice warn', role: 'status' }, icon('alert'), el('span', { text: advice })) : '',
        el('p', { class: 'notice', role: 'status' }, icon('eye'), el('span', { text: 'Xem, in và ký, rồi ghi nhận đã giao.' })),
        el('div', { class: 'actions tight' }, open,
          el('a', { class: 'button quiet', href: lastAddress, download: `phieu-${form}-${code}.pdf`, text: 'Tải về' })), given,
        el('iframe', { class: 'page-frame', src: `${lastAddress}#navpanes=0&view=FitH`, title: `Phiếu ${form}` }));
      open.focus({ preventScroll: true });
      // Where it is out of sight the letter comes up with the buttons, and no field lies half under the verdict.
      const { top, bottom } = open.getBoundingClientRect();
      if (top < 0 || bottom > innerHeight) ways.scrollIntoView({ block: 'start' });
      announce(`Phiếu ${form} đã soạn xong`);
    } catch (error) {
      preview.replaceChildren(problemNotice(shownError(error), () => print(form, state)));
    }
  }

  async function handOver(form, state, given) {
    try {
      await api.setState(code, state);
      given.replaceChildren(el('p', { class: 'notice' }, icon('check'), el('span', { text: `Hồ sơ: ${STATES[state]}.` })));
    } catch (error) {
      given.replaceChildren(problemNotice(shownError(error), () => handOver(form, state, given)));
    }
  }

  const buttons = LETTERS.map(([form, words, state]) => {
    const fits = FITTING[verdict] === form;
    return button(`${form} · ${words}${fits ? ' (P)' : ''}`, () => print(form, state), { kind: fits ? 'primary' : '', picture: 'print' });
  });
  const ways = el('div', { class: 'actions' }, buttons);
  const fitting = buttons.find((one) => one.classList.contains('primary'));
  const node = el('section', { class: 'card letters' }, el('h3', { text: 'Soạn phiếu' }),
    undecided, el('div', { class: 'field-row' }, name.node, address.node, phone.node, number.node), reason.node,
    ways, preview);
  /** The letter that fits what was found; where a person must look first, they choose. */
  const compose = () => (fitting ? fitting.click() : buttons[0].focus());
  /** A letter says what the official found: whoever has not decided yet is told before they print. */
  const warn = (open) => undecided.replaceChildren(open ? el('p', { class: 'notice warn' }, icon('alert'), el('span', {
    text: `Còn ${open} phát hiện chưa quyết. Đồng ý hoặc bác từng phát hiện trước khi lập phiếu; nếu vẫn lập phiếu 02 hoặc 03 ngay, ghi lý do dưới đây.`,
  })) : '');
  /** Brings the letters into sight, with the one that fits at hand. */
  const reveal = () => {
    node.scrollIntoView({ block: 'start' });
    (fitting ?? buttons[0]).focus({ preventScroll: true });
  };
  return { node, compose, reveal, warn };
}
