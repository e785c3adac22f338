// Finding a procedure by words: the list goes along while one types, and is walked with the arrow keys.

import { announce, el, icon, problemNotice, shortName, shownError } from '../view.js';
import * as api from './api.js';
import { field } from './forms.js';

const PAUSE_MS = 180;
const MOST = 8;

/**
 * @param {{label: string, choose: (procedure: any) => void, except?: string}} options `except` is not offered
 */
export function procedureSearch({ label, choose, except }) {
  const search = field(label, {
    type: 'search', placeholder: 'Tên, mã, hoặc lời người dân nói', autocomplete: 'off',
    hint: 'Gõ vài chữ rồi chọn bằng phím mũi tên và Enter.',
  });
  const found = el('ul', { class: 'found', 'aria-label': 'Thủ tục tìm thấy' });
  let timer = null;
  let turn = 0;

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
      found.replaceChildren(...procedures.filter(({ code }) => code !== except).slice(0, MOST).map((one) => el('li', {},
        el('button', { type: 'button', class: 'choice', on: { click: () => { found.replaceChildren(); choose(one); } } },
          el('span', {}, shortName(one.name), el('span', { class: 'small code-of', text: ` ${one.code}` })), icon('arrow')))));
      announce(`${procedures.length} thủ tục`);
    } catch (error) {
      found.replaceChildren(el('li', {}, problemNotice(shownError(error), look)));
    }
  }

  return {
    search,
    found,
    /** Looks for these words, and goes to the first that is found. */
    async lookFor(words) {
      search.input.value = words;
      await look();
      found.querySelector('button')?.focus();
    },
  };
}
