// Every word of the page that is not data, in the language the visitor chose.
// What was written with `say` follows when the language changes; nothing is built anew for it.

import en from './words-en.js';
import vi from './words-vi.js';

/** @typedef {keyof typeof vi} Key */
/** @typedef {'vi' | 'en'} Language */

/** @type {Record<Language, Record<Key, string>>} */
const TABLES = { vi, en };
const LOCALES = { vi: 'vi-VN', en: 'en-GB' };

/** @type {Language} */
let current = 'vi';
/** Which words stand where: node → slot ('' is its text, else an attribute) → words. */
const written = new WeakMap();

/** A sentence that becomes text in the language of the moment. */
export class Words {
  /** @param {(language: Language) => string} speak */
  constructor(speak) {
    this.speak = speak;
  }

  toString() {
    return this.speak(current);
  }
}

/** @param {Key} key @param {Record<string, any>} [values] what stands in braces; may be words too */
export const say = (key, values = {}) =>
  new Words((language) => fill(TABLES[language][key], values, language));

/** Data that comes in both languages. */
export const both = (inVietnamese, inEnglish) =>
  new Words((language) => (language === 'en' ? inEnglish : inVietnamese));

/** Data that comes in English where somebody has written it down. */
export const known = (inVietnamese, inEnglish) =>
  (inEnglish ? both(inVietnamese, inEnglish) : inVietnamese);

/** The words for a value of a closed set, such as `group.fee`; null where there are none. */
export function sayOf(family, value) {
  const key = /** @type {Key} */ (`${family}.${value}`);
  return key in vi ? say(key) : null;
}

/** `{name}` is a value, `{name:one|many}` the form that fits a number. */
function fill(template, values, language) {
  return template.replace(/\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g, (_, name, one, many) => {
    const value = values[name];
    if (one !== undefined) return Number(value) === 1 ? one : many;
    return typeof value === 'number' ? value.toLocaleString(LOCALES[language]) : String(value ?? '');
  });
}

/** Writes text or an attribute; words stay tied to the place until something else is written. */
export function write(node, slot, value) {
  const slots = written.get(node) ?? new Map();
  written.set(node, slots);
  if (value instanceof Words) slots.set(slot, value);
  else slots.delete(slot);
  put(node, slot, value);
}

function put(node, slot, value) {
  if (slot) node.setAttribute(slot, String(value));
  else node.textContent = String(value);
}

/** A piece of text that can stand between elements. */
export function textNode(value) {
  const node = document.createTextNode('');
  write(node, '', value);
  return node;
}

export const language = () => current;

/** @param {Language} next */
export function setLanguage(next) {
  current = next;
  document.documentElement.lang = next;
  const walker = document.createTreeWalker(document, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const [slot, words] of written.get(node) ?? []) put(node, slot, words);
  }
}

/** Ties the words that stand in the page itself (`data-say`, `data-say-label`) to their keys. */
export function adopt(root = document) {
  for (const node of root.querySelectorAll('[data-say]')) write(node, '', say(keyOf(node, 'say')));
  for (const node of root.querySelectorAll('[data-say-label]')) {
    write(node, 'aria-label', say(keyOf(node, 'sayLabel')));
  }
}

const keyOf = (node, name) => /** @type {Key} */ (node.dataset[name]);
