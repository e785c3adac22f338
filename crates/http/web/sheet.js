// A sheet over the page: one at a time, and gone with the visit.

import { el } from './view.js';

let sheet = null;

/** Opens a sheet with a title; what else stands on it may still change. @returns {any} where it stands */
export function openSheet(title, kind = '') {
  closeSheet();
  const content = el('div', { 'aria-live': 'polite' });
  sheet = el('dialog', { class: `sheet ${kind}`.trim(), 'aria-labelledby': 'sheet-title' },
    el('h2', { id: 'sheet-title', text: title }), content);
  document.body.append(sheet);
  sheet.showModal();
  return content;
}

export function closeSheet() {
  sheet?.close();
  sheet?.remove();
  sheet = null;
}
