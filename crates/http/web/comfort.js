// How the page looks and speaks: large text, high contrast, the language. For this visit only.

import { language, setLanguage } from './words.js';

const page = document.documentElement;
const tool = (name) => document.getElementById(`tool-${name}`);

/** Makes the three buttons of the header work. */
export function comfortTools() {
  tool('large').addEventListener('click', () => set('large', !page.classList.contains('large')));
  tool('contrast').addEventListener('click', () => set('contrast', !page.classList.contains('contrast')));
  tool('language').addEventListener('click', () => speak(language() === 'vi' ? 'en' : 'vi'));
}

/** The next visitor starts as everybody does. */
export function plainComfort() {
  set('large', false);
  set('contrast', false);
  speak('vi');
}

function set(name, on) {
  page.classList.toggle(name, on);
  tool(name).setAttribute('aria-pressed', String(on));
}

function speak(next) {
  setLanguage(next);
  // The button names the other language, in that language.
  tool('language').lang = next === 'vi' ? 'en' : 'vi';
  document.getElementById('told-language').hidden = next === 'vi';
}
