// The words of the page: one table a language, with the same keys, and none left in the code.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

const WEB = new URL('../../crates/http/web/', import.meta.url);
const table = async (language) => (await import(new URL(`words-${language}.js`, WEB))).default;
const [vi, en] = await Promise.all([table('vi'), table('en')]);
const read = (name) => readFileSync(new URL(name, WEB), 'utf8');
const modules = readdirSync(WEB).filter((name) => name.endsWith('.js') && !name.startsWith('words-'));
const slots = (text) => new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name));

test('both languages have the same words', () => {
  assert.deepEqual(Object.keys(en).sort(), Object.keys(vi).sort());
  for (const [key, text] of Object.entries(vi)) {
    assert.ok(text.trim() && en[key].trim(), key);
    assert.deepEqual(slots(en[key]), slots(text), key);
  }
});

test('the words in the page itself are those of the table', () => {
  const page = read('index.html');
  const said = [...page.matchAll(/data-say="([^"]+)"[^>]*>([^<]*)</g)];
  assert.ok(said.length > 15);
  for (const [, key, text] of said) assert.equal(text, vi[key], key);
  for (const [, label, key] of page.matchAll(/aria-label="([^"]+)" data-say-label="([^"]+)"/g)) assert.equal(label, vi[key], key);
});

test('every word of the tables is said somewhere', () => {
  const code = [...modules.map(read), read('index.html')].join('\n');
  const families = new Set([...code.matchAll(/sayOf\('(\w+)'/g)].map(([, family]) => family));
  const unsaid = Object.keys(vi).filter((key) => {
    const [family] = key.split('.');
    return !code.includes(`'${key}'`) && !code.includes(`"${key}"`) && !families.has(family);
  });
  assert.deepEqual(unsaid, []);
});

// Questions that are sent to the server, words of its answers that are looked for, and names of
// fields are Vietnamese for a reason.
const DATA = { 'ask.js': 4, 'answer.js': 7, 'view.js': 8, 'glosses.js': Infinity, 'keyboard.js': 2, 'telex.js': 2 };

test('no sentence is left in the code', () => {
  for (const name of modules) {
    const code = read(name).replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
    const marked = code.split('\n').filter((line) => /[\u00c0-\u1ef9]/.test(line));
    assert.ok(marked.length <= (DATA[name] ?? 0), `${name}: ${marked.join('\n')}`);
  }
});
