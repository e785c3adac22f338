// A new case: which procedure, who hands in, on which day.

import { announce, button, el, heading, icon, problemNotice, shortName, shownError } from '../view.js';
import * as api from './api.js';
import { field, today } from './forms.js';
import { keepHanded } from './handed.js';

const PAUSE_MS = 180;

export function newCasePage({ parts: [chosenCode] }) {
  const title = heading(1, 'Tiếp nhận hồ sơ');
  const search = field('Thủ tục', {
    type: 'search', placeholder: 'Tên, mã, hoặc lời người dân nói', autocomplete: 'off',
    hint: 'Gõ vài chữ rồi chọn bằng phím mũi tên và Enter.',
  });
  const found = el('ul', { class: 'found', 'aria-label': 'Thủ tục tìm thấy' });
  const rest = el('div', {});
  let timer = null;
  let turn = 0;
  /** The visitor who was handed over, if one was. */
  let visitor = null;

  search.input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE_MS);
  });
  search.input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') { event.preventDefault(); found.querySelector('button')?.focus(); }
    if (event.key === 'Enter') { event.preventDefault(); found.querySelector('button')?.click(); }
  });
  found.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...found.querySelectorAll('button')];
    (all[all.indexOf(document.activeElement) + step] ?? search.input).focus();
  });

  async function look() {
    const mine = turn += 1;
    const words = search.input.value.trim();
    if (!words) { found.replaceChildren(); return; }
    try {
      const { procedures } = await api.findProcedures(words);
      if (mine !== turn) return;
      found.replaceChildren(...procedures.slice(0, 8).map((one) => el('li', {},
        el('button', { type: 'button', class: 'choice', on: { click: () => choose(one) } },
          el('span', {}, shortName(one.name), el('span', { class: 'small code-of', text: ` ${one.code}` })), icon('arrow')))));
      announce(`${procedures.length} thủ tục`);
    } catch (error) {
      found.replaceChildren(el('li', {}, problemNotice(shownError(error), look)));
    }
  }

  function choose({ code, name }) {
    found.replaceChildren();
    const applicant = field('Người nộp', { autocomplete: 'off', hint: 'Không bắt buộc; giúp tìm lại hồ sơ và in vào phiếu.' });
    const received = field('Ngày tiếp nhận', { type: 'date', value: today(), max: today(), required: true });
    const wrong = el('div', { role: 'alert' });
    const open = async () => {
      try {
        const opened = await api.openCase({ procedure: code, applicant: applicant.input.value, received_on: received.input.value });
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
        el('button', { type: 'submit', class: 'button', text: 'Nhận khách' })), handedOver,
      el('p', { class: 'small', text: 'Phím tắt: Alt+N tiếp nhận, Alt+Q hồ sơ, Alt+T tra cứu.' })),
  };
}
