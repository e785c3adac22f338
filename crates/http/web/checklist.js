// What one person must bring: the case questions one at a time, and the list that they leave.

import * as api from './api.js';
import { sourceButton } from './source.js';
import { POINTS, announce, button, el, factText, fold, icon, langOf, problemNotice, shownError } from './view.js';
import { known, say } from './words.js';

/** The list for this case; answering a question fetches it anew. `changed` is told of new answers. */
export function checklist(procedure, answers, changed) {
  const list = el('div', { class: 'items' });
  const ticked = new Set();
  const skipped = new Set();
  const caseBox = el('div', { class: 'case' });
  let running = null;

  function choose(key, value) {
    skipped.delete(key);
    if (value === null) delete answers[key];
    else answers[key] = value;
    changed();
    refresh(true);
  }

  function skip(key) {
    skipped.add(key);
    refresh(true);
  }

  async function refresh(tell) {
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    try {
      const current = await api.getChecklist(procedure.code, answers, signal);
      const open = current.questions.filter(({ key }) => !skipped.has(key));
      caseBox.replaceChildren(...caseView(procedure, answers, { open, skipped, choose, skip }));
      list.replaceChildren(...itemGroups(procedure.code, current.items, ticked, open.length > 0));
      if (!tell) return;
      announce(say('list.changed', { n: current.items.length }));
      caseBox.querySelector('legend, .case-done')?.focus({ preventScroll: true });
    } catch (error) {
      if (!signal.aborted) list.replaceChildren(problemNotice(shownError(error), () => refresh(tell)));
    }
  }

  refresh(false);
  return el('section', { class: 'checklist card' },
    el('h2', { text: say('list.title') }), caseBox, list,
    el('p', { class: 'small print-only', text: say('list.made') }));
}

/** What was answered, and the next question that still decides something. */
function caseView(procedure, answers, { open, skipped, choose, skip }) {
  const asked = procedure.questions.filter(({ key, lookup }) => !lookup && (key in answers || skipped.has(key)));
  const next = open[0];
  return [
    asked.length ? answeredList(asked, answers, choose) : null,
    next ? questionCard(next, open.length, choose, skip) : null,
  ].filter(Boolean);
}

function answeredList(asked, answers, choose) {
  return el('div', { class: 'case-done', tabindex: '-1' },
    el('p', { class: 'small', text: say('case.done') }),
    el('ul', {}, asked.map(({ key, ask, ask_en: english, answers: choices }) => {
      const question = known(ask, english);
      const chosen = choices.find(({ value }) => value === answers[key]);
      const answer = chosen ? known(chosen.label, chosen.label_en) : say('case.skipped');
      const pointsAt = chosen && POINTS.test(chosen.label) ? choices.filter((choice) => choice !== chosen) : null;
      return el('li', { class: chosen ? null : 'no-print' },
        el('span', { class: 'case-ask', lang: langOf(question), text: question }), ' ',
        pointsAt ? el('strong', { class: 'print-only', lang: langOf(answer), text: onPaper(chosen, pointsAt) }) : null,
        button(answer, () => choose(key, null), {
          kind: pointsAt ? 'plain no-print' : 'plain', 'aria-label': say('case.change', { answer, ask: question }), lang: langOf(answer),
        }));
    })));
}

/** An answer that points at the others of its list says nothing on paper unless they stand there with it. */
function onPaper(chosen, others) {
  const line = (name) => `${chosen[name]}: ${others.map((one) => one[name]).join('; ')}`;
  return known(line('label'), chosen.label_en ? line('label_en') : '');
}

function questionCard({ key, ask, ask_en: english, answers: choices }, left, choose, skip) {
  const question = known(ask, english);
  const label = (choice) => known(choice.label, choice.label_en);
  return el('fieldset', { class: 'question no-print' },
    el('legend', { lang: langOf(question), text: question, tabindex: '-1' }),
    el('p', { class: 'small', text: say('case.why', { n: left }) }),
    el('ul', { class: 'choices' }, choices.map((choice) =>
      el('li', {}, el('button', { type: 'button', class: 'choice', on: { click: () => choose(key, choice.value) } },
        el('span', { lang: langOf(label(choice)), text: label(choice) }), icon('arrow'))))),
    button(say('case.skip'), () => skip(key), { kind: 'plain' }));
}

/** What depends on the case is folded while a question is open that may decide it. */
function itemGroups(code, items, ticked, undecided) {
  if (!items.length) return [el('p', { text: say('list.nothing') })];
  const of = (state) => items.filter((item) => item.state === state);
  const ticks = (state) => el('ul', { class: `ticks ${state}` }, of(state).map((item) => tick(code, item, ticked)));
  const [depends, optional] = [of('depends'), of('optional')];
  return [
    of('needed').length ? [el('h3', { text: say('list.needed') }), ticks('needed')] : [],
    depends.length
      ? fold(say('list.depends', { n: depends.length }), el('div', {},
        undecided ? el('p', { class: 'small no-print', text: say('list.depends.hint') }) : null, ticks('depends')), !undecided)
      : [],
    optional.length ? [el('h3', { text: say('list.optional') }), ticks('optional')] : [],
  ].flat();
}

/** A tick stays when the list is fetched anew. */
function tick(code, { id, text, source, source_text: record }, ticked) {
  const box = el('input', { type: 'checkbox', checked: ticked.has(id) });
  box.addEventListener('change', () => { if (box.checked) ticked.add(id); else ticked.delete(id); });
  return el('li', {}, el('label', {}, box, factText(text)), sourceButton({ words: text, record, source, code }));
}
