// An answer on the page: the extract first, the model's sentences after it, the sources beside it.

import { sendFeedback } from './api.js';
import { gloss, nameLines } from './events.js';
import { channelChips, knownChannels } from './facts.js';
import { meetButton } from './meet.js';
import { showSource } from './source.js';
import {
  announce, button, dateText, el, factName, factText, fold, heading, icon, link, notKnown, reveal, reviewBadge, reviewOf, shortName, waiting,
} from './view.js';
import { known, say, sayOf, write } from './words.js';

/** What people usually ask next; the words go to the server as they are, in Vietnamese. */
const FOLLOW_UPS = [
  ['papers', 'Cần giấy tờ gì?'],
  ['fee', 'Lệ phí bao nhiêu?'],
  ['time', 'Bao lâu thì xong?'],
  ['place', 'Nộp ở đâu?'],
  ['online', 'Làm qua mạng được không?'],
  ['form', 'Dùng mẫu đơn nào?'],
];

/** The words before which a fact says what holds, and after which in what case. */
const CASE = /\. (?:Chỉ cần|Áp dụng) khi: /;
/** What a fact is about, and the rest of it. */
const SUBJECT = /^(?:([^:.]{1,80}): )?(.*)$/s;
/** Behind an abbreviation of capitals no sentence ends. */
const SENTENCE_END = /(?<!(?:^|[\s(])\p{Lu}{1,3})\. (?=\p{Lu})/u;

/** The model is quick or absent: only a wait worth telling is told. */
const WRITING_SHOWN_AFTER_MS = 400;

/** Shows an answered question; the returned object lets the answer grow. */
export function answerCard(asked, actions) {
  const id = `a${Date.now()}`;
  const byId = new Map(asked.evidence.map((piece) => [piece.id, piece]));
  const sources = sourcePanel(asked.evidence, id);
  const cite = (label) => citation(label, byId.get(label), id, sources);
  const overview = asked.evidence.find((piece) => piece.kind === 'overview');
  const isKnown = asked.detail === 'full';
  const review = isKnown && overview && reviewOf(overview.text);
  const { title, lines } = nameLines(2, asked.procedure, { id: `${id}-title` });
  const summary = summarySection(id, cite);
  const node = el('article', { class: 'answer', 'aria-labelledby': title.id },
    el('header', {},
      el('p', { class: 'asked', lang: 'vi', text: `“${asked.question}”` }),
      lines,
      el('p', { class: 'code', text: say('answer.code', { code: asked.procedure.code }) }),
      review ? reviewBadge(review) : null),
    el('div', { class: 'columns' },
      el('div', { class: 'main-column' },
        isKnown ? null : notKnown({ detail: asked.detail, code: asked.procedure.code }),
        extractSection(asked, byId, cite),
        isKnown ? nextSteps(asked) : el('div', { class: 'actions next' }, meetAbout(asked, 'primary')),
        isKnown ? followUps(asked, actions) : null,
        otherCandidates(asked, actions),
        thanks(asked),
        // Last, so that nothing a person is reading moves while it grows.
        summary.node),
      sources.node));
  return { ...summary, node, title, told: [title.textContent, ...shownAtOnce(node)].join('. ') };
}

/** What stands at the top of an answer and what is folded in it, for those who hear the page. */
const shownAtOnce = (node) => [...node.querySelectorAll('.brief dt, .brief-value, .brief-more span, .group summary')]
  .map(({ textContent }) => textContent);

/** What holds for one way of handing in: in person unless the question was about another. */
function extractSection(asked, byId, cite) {
  const channels = knownChannels(asked.evidence);
  const node = el('div', { class: 'extract', id: 'extract' });
  /** @param {any[]} way */
  const show = ([channel]) => node.replaceChildren(...extractGroups(asked, byId, cite, channel));
  if (channels.length < 2) {
    show([]);
    return node;
  }
  const change = (way) => { show(way); announce(shownAtOnce(node).join('. ')); };
  const wanted = channels.find(([channel]) => channel === 'online' && asked.intents.includes(channel)) ?? channels[0];
  show(wanted);
  return [channelChips(channels, change, wanted, 'extract'), node];
}

/** What is asked at every counter, and told first where papers would push it off the screen. */
const BRIEF = ['time', 'fee', 'place'];

/** The extract in groups, by what its evidence states. */
function extractGroups(asked, byId, cite, channel) {
  const groups = new Map();
  for (const sentence of asked.answer?.sentences ?? []) {
    const piece = byId.get(sentence.citations[0]);
    const kind = piece?.kind ?? 'overview';
    if (!groups.has(kind)) groups.set(kind, []);
    const here = !channel || !piece?.channels.length || piece.channels.includes(channel);
    if (here) groups.get(kind).push({ ...sentence, text: piece?.by_channel[channel] ?? sentence.text });
  }
  // What the overview says of a procedure that is known by its name stands above already.
  if (asked.detail === 'name_only' && groups.size > 1) groups.delete('overview');
  const isLong = groups.has('paper') && BRIEF.some((kind) => groups.has(kind));
  const sections = [...groups].map(([kind, sentences]) =>
    el('section', { class: `group ${kind}` },
      el('h3', { text: sayOf('group', kind) ?? say('group.other'), tabindex: '-1' }),
      !sentences.length ? el('p', { class: 'small', text: say('facts.unknown') })
        : kind === 'paper' ? paperLists(sentences, cite, isLong) : factList(sentences, cite)));
  return isLong ? [briefSection(groups, sections, cite), ...sections] : sections;
}

/** Time, fee and place in a line each; what only holds in some case, or takes more words, stays below. */
function briefSection(groups, sections, cite) {
  const heads = new Map([...groups.keys()].map((kind, at) => [kind, sections[at].querySelector('h3')]));
  return el('section', { class: 'brief', 'aria-label': say('facts.title') },
    el('dl', {}, BRIEF.filter((kind) => groups.has(kind)).map((kind) =>
      el('div', { class: 'brief-row' },
        el('dt', { text: sayOf('facts', kind) }),
        briefLine(sayOf('facts', kind), groups.get(kind), cite, () => reveal(heads.get(kind)))))));
}

/** So long a line is still taken in at a glance. */
const MOST_LETTERS = 110;
const MOST_VALUES = 3;

function briefLine(name, sentences, cite, more) {
  if (!sentences.length) return el('dd', { class: 'small brief-value', text: say('facts.unknown') });
  const { values, shown, isWhole } = inBrief(sentences);
  const hasCases = sentences.some(({ text }) => CASE.test(text));
  const words = hasCases ? say('brief.cases') : say('brief.more');
  return el('dd', {},
    values.length ? el('span', { class: 'brief-value', lang: 'vi', text: values.join(' / ') }) : null,
    isWhole ? null : button(words, more, { kind: 'plain brief-more', 'aria-label': say('brief.of', { words, name }) }),
    values.length ? el('span', { class: 'cites' }, [...new Set(shown.flatMap(({ citations }) => citations))].map(cite)) : null);
}

/** What holds for everybody goes before what holds in some case; several values are told only if they are short. */
function inBrief(sentences) {
  const facts = sentences.map(briefFact);
  const general = facts.filter(({ isCase }) => !isCase);
  const told = general.length ? general : facts;
  const named = new Set(told.map(({ subject }) => subject)).size > 1;
  const values = [...new Set(told.map(({ subject, value }) => (named && subject ? `${subject}: ${value}` : value)))];
  const fits = values.length <= MOST_VALUES && values.join(' / ').length <= MOST_LETTERS;
  if (!fits && !general.length) return { values: [], shown: [], isWhole: false };
  const shown = fits ? told : told.slice(0, 1);
  return {
    values: values.slice(0, fits ? values.length : 1),
    shown: shown.map(({ sentence }) => sentence),
    isWhole: shown.length === sentences.length && shown.every((fact) => fact.isWhole),
  };
}

/** The first sentence of what a fact states, without the case in which it holds. */
function briefFact(sentence) {
  const [, subject, stated] = sentence.text.match(SUBJECT);
  const [general] = stated.split(CASE);
  const value = withoutStop(general.split(SENTENCE_END)[0]);
  return { sentence, subject, value, isCase: general !== stated, isWhole: value === withoutStop(stated) };
}

const withoutStop = (text) => text.replace(/\.$/, '');

const factList = (sentences, cite) => el('ul', { class: 'facts' }, sentences.map((sentence) =>
  el('li', {}, factText(sentence.text), cites(sentence, cite))));

/** Papers of some cases stand apart, folded where other things were asked for too, so that nobody runs for them. */
function paperLists(sentences, cite, isLong) {
  const always = sentences.filter(({ text }) => !CASE.test(text));
  const sometimes = sentences.filter((sentence) => !always.includes(sentence));
  if (!sometimes.length) return factList(always, cite);
  return [
    always.length ? factList(always, cite) : null,
    isLong ? fold(say('answer.some_cases', { n: sometimes.length }), factList(sometimes, cite), !always.length)
      : [el('h4', { text: say('answer.sometimes') }), factList(sometimes, cite)],
  ];
}

const cites = (sentence, cite) => el('span', { class: 'cites' }, sentence.citations.map(cite));

/** The model's part. It appears with its first sentence, or while the model is writing. */
function summarySection(id, cite) {
  const list = el('ul', { class: 'facts', 'aria-live': 'polite', 'aria-relevant': 'additions' });
  const progress = waiting(say('answer.writing'));
  const note = el('p', { class: 'small', hidden: true });
  const node = el('section', { class: 'summary', hidden: true, 'aria-labelledby': `${id}-ai` },
    el('h3', { id: `${id}-ai`, text: say('answer.summary') }),
    list, progress, note);
  const timer = setTimeout(() => { node.hidden = false; }, WRITING_SHOWN_AFTER_MS);
  let shown = 0;
  const end = () => { clearTimeout(timer); progress.remove(); };
  return {
    node,
    addSentence(sentence) {
      clearTimeout(timer);
      node.hidden = false;
      shown += 1;
      list.append(el('li', {}, el('span', { lang: 'vi', text: sentence.text }), cites(sentence, cite)));
    },
    finish(asked) {
      end();
      note.hidden = shown > 0 || (!asked.message && asked.dropped.length === 0);
      write(note, '', asked.message ?? say('answer.nothing'));
      node.hidden = shown === 0 && note.hidden;
    },
    stop() {
      end();
      node.hidden = shown === 0;
    },
  };
}

function citation(label, piece, id, sources) {
  return el('button', {
    type: 'button', class: 'cite', text: say('answer.cite'),
    'aria-label': piece
      ? say('source.of', { fact: factName(piece.text) }) : say('answer.cite'),
    on: { click: (event) => sources.show(`${id}-${label}`, event.currentTarget) },
  });
}

/** Sources are folded on small screens and stand beside the answer on wide ones. */
function sourcePanel(evidence, id) {
  let cameFrom = null;
  const back = () => { if (cameFrom?.isConnected) reveal(cameFrom); };
  const cards = evidence.map((piece) => evidenceCard(piece, id, back));
  const open = matchMedia('(min-width: 75rem)').matches;
  const details = fold(say('answer.sources.count', { n: evidence.length }), el('ol', { class: 'sources' }, cards), open);
  return {
    node: el('aside', { class: 'source-panel', 'aria-label': say('answer.sources') }, details),
    show(cardId, from) {
      cameFrom = from;
      details.open = true;
      for (const card of cards) card.classList.toggle('lit', card.id === cardId);
      const card = cards.find((one) => one.id === cardId);
      if (card) reveal(card);
    },
  };
}

function evidenceCard(piece, id, back) {
  const since = piece.source.effective_from;
  return el('li', { class: 'source', id: `${id}-${piece.id}`, tabindex: '-1' },
    el('p', { class: 'source-head', text: sayOf('group', piece.kind) ?? say('group.other') }),
    el('p', { class: 'quote', lang: 'vi', text: piece.text }),
    el('p', {
      class: 'small',
      text: since ? say('answer.since', { document: piece.source.document, date: dateText(since) }) : piece.source.document,
    }),
    el('div', { class: 'actions tight' },
      button(say('answer.open'), () => showSource({ ...piece, record: piece.source_text, code: piece.procedure }), { kind: 'plain' }),
      button(say('answer.back'), back, { kind: 'plain back' })));
}

function nextSteps(asked) {
  const code = encodeURIComponent(asked.procedure.code);
  return el('div', { class: 'actions next' },
    link(say('answer.list'), `#/thu-tuc/${code}`, { kind: 'primary', picture: 'print' }),
    link(say('procedure.check'), `#/ho-so/${code}`, { picture: 'check' }),
    meetAbout(asked));
}

const meetAbout = ({ procedure, question }, kind) => meetButton(() => ({ procedure: procedure.code, question }), kind);

/** For hands that find typing hard: the usual next questions, one touch each. */
function followUps(asked, actions) {
  const open = FOLLOW_UPS.filter(([intent]) => !asked.intents.includes(intent));
  if (!open.length) return null;
  return el('section', { class: 'follow' },
    el('h3', { text: say('follow.title') }),
    el('div', { class: 'chips' }, open.map(([intent, words]) =>
      el('button', {
        type: 'button', class: 'chip', text: sayOf('follow', intent),
        on: { click: () => actions.ask(words, asked.procedure, true) },
      }))));
}

/** One touch tells the centre where answers fail; a failure to tell is nobody's trouble. */
function thanks(asked) {
  const box = el('div', { class: 'thanks', role: 'group', 'aria-label': say('answer.helped.label') });
  const tell = (helpful) => {
    sendFeedback(helpful, asked.procedure.code).catch(() => {});
    const words = helpful ? say('answer.thanks') : say('answer.thanks.no');
    box.replaceChildren(el('p', { role: 'status', text: words }));
  };
  box.append(
    el('p', { text: say('answer.helped') }),
    el('div', { class: 'chips' }, [true, false].map((helpful) =>
      el('button', {
        type: 'button', class: 'chip', text: helpful ? say('answer.yes') : say('answer.no'), on: { click: () => tell(helpful) },
      }))));
  return box;
}

function otherCandidates(asked, actions) {
  const others = asked.candidates.filter(({ code }) => code !== asked.procedure.code).slice(0, 5);
  if (!others.length) return null;
  return fold(say('answer.others'), candidateList(asked, others, actions));
}

function candidateList(asked, candidates, actions) {
  return el('ul', { class: 'choices' }, candidates.map((candidate) =>
    el('li', {}, el('button', {
      type: 'button', class: 'choice',
      on: { click: () => actions.ask(asked.question, candidate, true) },
    }, el('span', {},
      el('span', { lang: 'vi', text: shortName(candidate.name ?? candidate.label) }), gloss(candidate.code)), icon('arrow')))));
}

/** Several procedures fit, nothing fits, or it is not the assistant's business. */
export function messageCard(asked, actions) {
  const clarify = asked.outcome === 'clarify' && asked.clarify;
  const outcome = asked.not_here ? 'not_here' : asked.outcome;
  const title = heading(2, clarify ? known(asked.clarify.ask, asked.clarify.ask_en) : sayOf('answer', outcome) ?? say('answer.not_covered'));
  const candidates = clarify ? asked.clarify.options : nearMisses(asked);
  const node = el('article', { class: `answer ${asked.outcome}` },
    el('p', { class: 'asked', lang: 'vi', text: `“${asked.question}”` }), title,
    asked.message ? el('p', { lang: 'vi', text: asked.message }) : null,
    !clarify && candidates.length ? el('h3', { text: say('answer.near') }) : null,
    candidates.length ? candidateList(asked, candidates, actions) : null,
    elsewhere(asked, clarify));
  return { node, title };
}

/** Below this a likeness is chance; what is refused has no near miss. */
const LIKELY = 0.5;
const nearMisses = ({ outcome, not_here: notHere, candidates }) =>
  outcome === 'not_covered' && !notHere ? candidates.filter(({ score }) => score >= LIKELY).slice(0, 4) : [];

function elsewhere({ question }, clarify) {
  const meet = meetButton(() => ({ question }));
  if (clarify) return el('div', { class: 'actions' }, meet);
  return el('div', { class: 'notice' },
    el('p', {}, icon('person'), el('strong', { text: say('answer.person') })),
    el('div', { class: 'actions' }, meet, link(say('answer.browse'), '#/tim', { picture: 'search' })));
}
