// The first page: one question field, and the answer below it.

import * as api from './api.js';
import { answerCard, messageCard } from './answer.js';
import { eventTiles } from './events.js';
import { keyboardButton } from './keyboard.js';
import {
  announce, button, el, problemNotice, reveal, shortName, shownError, waiting,
} from './view.js';
import { hush } from './voice.js';
import { both, say, write } from './words.js';

/** Questions that go to the server as they are, in the language of the page. */
const EXAMPLES = [
  ['Làm giấy khai sinh cho con cần giấy tờ gì?', 'Register the birth of a child'],
  ['Đăng ký kết hôn mất bao nhiêu tiền?', 'Get married in Vietnam'],
  ['Sao y bản chính ở đâu?', 'Certify a copy'],
  ['Xin giấy xác nhận độc thân', 'Temporary residence registration'],
];
const LANGUAGE = both('vi', 'en');

/** The page of questions: `node` to show, `reset` to forget everything. */
export function askPage() {
  const node = el('section', { class: 'page ask' });
  let page = null;
  const reset = () => {
    page?.stop();
    page = build();
    node.replaceChildren(...page.parts);
  };
  reset();
  return {
    node,
    reset,
    focus: () => page.focus(),
    touched: () => page.touched(),
    hold: (procedure) => page.hold(procedure),
  };
}

function build() {
  const field = questionField(() => submit());
  const held = el('div', { class: 'held' });
  const result = el('div', { class: 'result' });
  const examples = exampleChips((words) => { field.input.value = words; submit(); });
  const tiles = eventTiles();
  const start = el('div', { class: 'start' }, tiles, examples);
  const title = el('h1', { text: say('ask.title') });
  const form = el('form', { class: 'ask-form', on: { submit: (event) => { event.preventDefault(); submit(); } } },
    title, held, field.label, field.row);
  let inHand = null;
  let running = null;

  /** The procedure in hand goes with the next question, until it is put away. */
  function hold(procedure) {
    inHand = procedure;
    held.replaceChildren(...(procedure ? [heldChip(procedure, startAgain)] : []));
    field.setHint(Boolean(procedure));
  }

  /** Nothing in hand, no answer, and the tiles again. */
  function startAgain() {
    running?.abort();
    hush();
    hold(null);
    result.replaceChildren();
    start.hidden = false;
    form.classList.remove('small-form');
    field.input.focus();
  }

  function submit() {
    const question = field.input.value.trim();
    if (!question) {
      announce(say('ask.empty'));
      field.input.focus();
      return;
    }
    ask(question, inHand);
  }

  /** What was touched is about the procedure that was touched; what was typed may turn to another. */
  async function ask(question, procedure, chosen = false) {
    running?.abort();
    hush();
    const mine = new AbortController();
    running = mine;
    start.hidden = true;
    form.classList.add('small-form');
    const progress = waiting(say('ask.searching'));
    result.replaceChildren(progress);
    const actions = { ask };
    const show = (asked) => {
      const card = asked.outcome === 'answered' ? answerCard(asked, actions) : messageCard(asked, actions);
      result.replaceChildren(card.node);
      field.input.value = '';
      hold(nextInHand(asked, procedure));
      announce(card.told ?? card.title.textContent);
      reveal(card.title, card.node);
      return card;
    };
    const answer = growing(show);
    try {
      await api.ask({ question, procedure: procedure?.code, chosen }, answer.on, mine.signal);
    } catch (error) {
      if (mine.signal.aborted) return;
      progress.remove();
      answer.stop();
      const problem = shownError(error);
      // The same words would be refused again.
      const again = problem.code === 'bad_question' ? null : () => ask(question, procedure, chosen);
      result.append(problemNotice(problem, again));
    }
  }

  return {
    parts: [form, result, start],
    focus: () => field.input.focus({ preventScroll: true }),
    stop: () => running?.abort(),
    touched: () => Boolean(field.input.value || result.childElementCount || inHand),
    hold,
  };
}

/** A question that leads to choices among which the procedure in hand is not has turned to something else. */
function nextInHand({ outcome, procedure, clarify }, inHand) {
  if (outcome === 'answered') return procedure;
  const turned = outcome === 'clarify' && !clarify.options.some(({ code }) => code === inHand?.code);
  return turned ? null : inHand;
}

/** What the stream tells, on a card that `show` makes as soon as there is something to show. */
function growing(show) {
  let card = null;
  return {
    on: {
      evidence: (asked) => { card = show(asked); },
      sentence: (sentence) => card?.addSentence?.(sentence),
      done: (asked) => {
        // A refusal comes without evidence.
        card ??= show(asked);
        card.finish?.(asked);
      },
    },
    stop: () => card?.stop?.(),
  };
}

function questionField(submit) {
  const input = el('textarea', {
    id: 'question', rows: '2', maxlength: '1000', autocomplete: 'off', spellcheck: 'false',
    enterkeyhint: 'send', lang: LANGUAGE, 'aria-describedby': 'question-hint',
  });
  input.addEventListener('keydown', (event) => {
    // Vietnamese keyboards compose letters: their Enter only ends the word.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    submit();
  });
  const hint = el('p', { id: 'question-hint', class: 'small' });
  const setHint = (about) => {
    write(hint, '', about ? say('ask.hint.held') : say('ask.hint'));
  };
  setHint(false);
  return {
    input,
    setHint,
    label: el('label', { for: 'question', text: say('ask.label') }),
    row: el('div', {},
      el('div', { class: 'ask-row' }, input,
        button(say('ask.button'), submit, { kind: 'primary big', picture: 'arrow' })),
      el('div', { class: 'under-field' }, hint, keyboardButton(input, submit))),
  };
}

function exampleChips(choose) {
  return el('div', { class: 'examples' },
    el('p', { text: say('ask.examples') }),
    el('div', { class: 'chips' }, EXAMPLES.map((example) => {
      const words = both(...example);
      return el('button', { type: 'button', class: 'chip', lang: LANGUAGE, text: words, on: { click: () => choose(String(words)) } });
    })));
}

function heldChip(procedure, putAway) {
  const name = shortName(procedure.name);
  return el('p', { class: 'held-chip' },
    el('span', {}, say('ask.held'), el('strong', { lang: 'vi', text: name })),
    button(say('ask.other'), putAway, { kind: 'plain', picture: 'cross', 'aria-label': say('ask.other.label', { name }) }));
}
