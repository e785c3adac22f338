// "Gặp cán bộ": what the visitor was asking about goes to the counter under a short code.

import { handOver, takeBack } from './api.js';
import { closeSheet, openSheet } from './sheet.js';
import { button, el, problemNotice, shownError, waiting } from './view.js';
import { language, say } from './words.js';

/** A button that offers a code for what `body()` says: procedure, question, answers. */
export const meetButton = (body, kind = '') =>
  button(say('meet.button'), () => show(body()), { kind, picture: 'person' });

/** The sheet says first what an official will see; nothing is sent before that is agreed to. */
const show = (body) => offer(openSheet(say('meet.title'), 'meet'), body);

function offer(content, body) {
  content.replaceChildren(
    el('p', { text: say('meet.text') }),
    el('p', { class: 'small', text: say('meet.what') }),
    el('div', { class: 'actions' },
      button(say('meet.get'), () => get(content, body), { kind: 'primary' }),
      button(say('close'), closeSheet)));
}

async function get(content, body) {
  content.replaceChildren(waiting(say('meet.waiting')));
  try {
    const { code, expires_at: until } = await handOver(body);
    content.replaceChildren(...codeCard(content, code, until));
    content.querySelector('button').focus();
  } catch (error) {
    content.replaceChildren(
      problemNotice(shownError(error), () => get(content, body)),
      el('div', { class: 'actions' }, button(say('close'), closeSheet)));
  }
}

function codeCard(content, code, until) {
  const time = new Date(until).toLocaleTimeString(language() === 'en' ? 'en-GB' : 'vi-VN', {
    hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Ho_Chi_Minh',
  });
  return [
    el('p', { text: say('meet.code') }),
    el('p', { class: 'meet-code', text: `${code.slice(0, 4)} ${code.slice(4)}` }),
    el('p', { text: say('meet.keep', { time }) }),
    el('div', { class: 'actions' },
      button(say('meet.done'), closeSheet, { kind: 'primary' }),
      button(say('meet.cancel'), () => cancel(content, code), { kind: 'quiet' })),
  ];
}

async function cancel(content, code) {
  try {
    await takeBack(code);
    content.replaceChildren(
      el('p', { text: say('meet.cancelled') }),
      el('div', { class: 'actions' }, button(say('close'), closeSheet, { kind: 'primary' })));
    content.querySelector('button').focus();
  } catch (error) {
    content.replaceChildren(problemNotice(shownError(error), () => cancel(content, code)));
  }
}
