// A new case: which procedure, who hands in, on which day.

import { button, el, heading, icon, problemNotice, shortName, shownError } from '../view.js';
import * as api from './api.js';
import { dayField, field, today } from './forms.js';
import { keepHanded } from './handed.js';
import { procedureSearch } from './procedure-search.js';

export function newCasePage({ parts: [chosenCode] }) {
  const title = heading(1, 'Tiếp nhận hồ sơ');
  const { search, found, lookFor } = procedureSearch({ label: 'Thủ tục', choose });
  const rest = el('div', {});
  /** The visitor who was handed over, if one was. */
  let visitor = null;

  function choose({ code, name }) {
    const applicant = field('Người nộp', { autocomplete: 'off', hint: 'Không bắt buộc; giúp tìm lại hồ sơ và in vào phiếu.' });
    const received = dayField('Ngày tiếp nhận', { value: today(), required: true });
    const wrong = el('div', { role: 'alert' });
    const open = async () => {
      try {
        const opened = await api.openCase({ procedure: code, applicant: applicant.input.value, received_on: received.day() });
        if (visitor?.procedure === code) keepHanded(opened.code, visitor.answers);
        location.hash = `#/ban/${opened.code}`;
      } catch (error) {
        wrong.replaceChildren(problemNotice(shownError(error), open));
      }
    };
    rest.replaceChildren(el('form', { class: 'card', on: { submit: (event) => { event.preventDefault(); open(); } } },
      el('p', {}, icon('check'), ' ', el('strong', { text: shortName(name) }), el('span', { class: 'small code-of', text: ` ${code}` })),
      el('div', { class: 'field-row' }, applicant.node, received.node), wrong,
      el('div', { class: 'actions' },
        el('button', { type: 'submit', class: 'button primary', text: 'Mở hồ sơ' }),
        button('Chọn thủ tục khác', () => { rest.replaceChildren(); search.input.select(); search.input.focus(); }, { kind: 'quiet' }))));
    applicant.input.focus();
  }

  const handoff = field('Mã hẹn từ máy người dân', { autocomplete: 'off', maxlength: '16', placeholder: 'Ví dụ: 6028 6880', inputmode: 'numeric' });
  const handedOver = el('div', { role: 'status' });
  async function takeOver(event) {
    event.preventDefault();
    try {
      visitor = await api.handoff(handoff.input.value.trim());
      const { procedure, question, answered = [] } = visitor;
      handedOver.replaceChildren(el('div', { class: 'notice' },
        el('p', { text: question ? `Người dân hỏi: ${question}` : 'Đã nhận mã.' }),
        answered.map(({ ask, label }) => el('p', { class: 'small', text: `${ask} ${label}` }))));
      if (procedure) choose(await api.procedure(procedure));
      else if (question) await lookFor(question);
    } catch (error) {
      handedOver.replaceChildren(problemNotice(shownError(error)));
    }
  }

  if (chosenCode) api.procedure(chosenCode).then(choose, (error) => rest.replaceChildren(problemNotice(shownError(error))));
  document.title = 'Tiếp nhận – Quầy Một Cửa';
  return {
    focus: () => search.input.focus(),
    node: el('section', { class: 'page' }, title,
      el('div', { class: 'card' }, search.node, found), rest,
      el('form', { class: 'card inline-form', on: { submit: takeOver } }, handoff.node,
        el('button', { type: 'submit', class: 'button', text: 'Lấy thông tin đã khai' })), handedOver,
      el('p', { class: 'small', text: 'Phím tắt: Alt+N tiếp nhận, Alt+Q hồ sơ, Alt+T tra cứu.' })),
  };
}
