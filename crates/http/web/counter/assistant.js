// Looking things up as an official: the exact rule first, articles and tables, two procedures side by side.

import { announce, button, el, fold, heading, outside, problemNotice, shortName, shownError, waiting } from '../view.js';
import * as api from './api.js';
import { say, sayOf } from '../words.js';
import { compareLink, comparison, feesOf } from './compare.js';
import { field } from './forms.js';

export async function assistantPage({ parts }) {
  const title = heading(1, 'Tra cứu');
  const asked = field('Câu hỏi, tên, mã thủ tục hoặc số văn bản', { type: 'search', autocomplete: 'off', placeholder: 'Ví dụ: phí đăng ký khai sinh quá hạn' });
  const box = el('div', { 'aria-live': 'polite' });
  const about = el('div', {});
  const form = el('form', { class: 'inline-form', on: { submit: (event) => { event.preventDefault(); ask(); } } },
    asked.node, el('button', { type: 'submit', class: 'button primary', text: 'Tra cứu' }));
  /** The procedure that the last answer was about: what is asked next may be about it too. */
  let inHand = null;

  function hold(procedure) {
    inHand = procedure ?? null;
    about.replaceChildren(inHand ? el('p', { class: 'small' }, `Câu sau hỏi tiếp về: ${shortName(inHand.name)} · `,
      button('hỏi việc khác', () => { hold(null); asked.input.select(); asked.input.focus(); }, { kind: 'plain' })) : '');
  }

  /** @param {any} [chosen] the procedure that was picked for this question */
  async function ask(chosen) {
    const words = asked.input.value.trim();
    if (!words) return;
    box.replaceChildren(waiting('Đang tìm…'));
    try {
      const answer = await api.askOfficially(words, (chosen ?? inHand)?.code, Boolean(chosen));
      box.replaceChildren(...await answerView(answer, ask));
      hold(answer.procedure);
      announce(answer.procedure ? shortName(answer.procedure.name) : 'Chưa rõ thủ tục nào');
    } catch (error) {
      box.replaceChildren(problemNotice(shownError(error), () => ask(chosen)));
    }
  }

  const codes = parts.filter(Boolean);
  if (codes.length) box.replaceChildren(await comparison(codes));
  document.title = 'Tra cứu – Quầy Một Cửa';
  return { focus: () => asked.input.focus(), node: el('section', { class: 'page wide' }, title, form, about, box) };
}

const OUTCOMES = {
  clarify: 'Câu hỏi hợp với vài thủ tục:',
  not_covered: 'Không thấy thủ tục nào hợp.',
  refused: 'Máy không trả lời việc này.',
};

/** What a longer list has beyond these is folded: whoever looks for the fee must not page through the law. */
const LONG = 6;

/** Legal basis first: an official asks by which rule. */
async function answerView({ outcome, procedure, evidence, candidates, clarify, message }, ask) {
  const others = (candidates ?? []).filter(({ code }) => code !== procedure?.code).slice(0, 5);
  const groups = await Promise.all(byKind(evidence ?? []).map(async ([kind, pieces]) => {
    const [first, rest] = [pieces.slice(0, LONG), pieces.slice(LONG)];
    const facts = factsOf(kind === 'fee' ? pieces : first);
    const shown = kind === 'fee' ? await feesOf(procedure.code, facts) : facts;
    const more = kind !== 'fee' && rest.length ? fold(`${rest.length} điều nữa`, factsOf(rest)) : null;
    return fold(`${sayOf('group', kind) ?? say('group.other')} (${pieces.length})`, el('div', {}, shown, more), true);
  }));
  return [
    OUTCOMES[outcome] ? el('p', { class: 'notice', text: clarify?.ask ?? message ?? OUTCOMES[outcome] }) : el('span', {}),
    clarify ? el('div', { class: 'chips', role: 'group', 'aria-label': 'Chọn thủ tục' }, clarify.options.map(({ label, code }) =>
      el('button', { type: 'button', class: 'chip', text: `${shortName(label)} · ${code}`, on: { click: () => ask({ code, name: label }) } }))) : el('span', {}),
    procedure ? el('h2', {}, el('a', { href: `#/hoi/${procedure.code}`, text: `${shortName(procedure.name)} · ${procedure.code}` })) : el('span', {}),
    ...groups,
    others.length ? el('section', {}, el('h3', { text: 'Thủ tục gần đó' }),
      el('ul', { class: 'plain-list' }, others.map(({ code, name }) => el('li', {},
        el('a', { href: `#/hoi/${code}`, text: `${shortName(name)} · ${code}` }),
        procedure ? [' ', compareLink(procedure.code, code)] : null)))) : el('span', {}),
  ];
}

/** Facts in groups, by what they state. */
function byKind(evidence) {
  const groups = new Map([['legal_basis', []]]);
  for (const piece of evidence) {
    if (piece.kind !== 'overview') groups.set(piece.kind, [...(groups.get(piece.kind) ?? []), piece]);
  }
  return [...groups].filter(([, pieces]) => pieces.length);
}

/** Facts as they stand, and where they stand. */
function factsOf(pieces) {
  const sources = new Map(pieces.map(({ source }) => [source.document, source]));
  return el('div', {},
    el('ul', { class: 'plain-list' }, pieces.map(({ text }) => el('li', { class: 'quote-cell', text }))),
    [...sources.values()].map(({ document: name, url }) => el('p', { class: 'small' }, `Nguồn: ${name} `, outside('mở', url))));
}
