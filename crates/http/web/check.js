// Checking a dossier: files go up one by one, questions are answered, the report comes back.

import * as api from './api.js';
import { fileList } from './papers.js';
import { reportView } from './report.js';
import {
  announce, button, chipGroup, el, fold, heading, link, problemNotice, problemPage, reveal, shortName, shownError,
  waiting,
} from './view.js';
import { backButton } from './trail.js';
import { known, say } from './words.js';

/** More questions than this are folded: the report asks for those that matter. */
const FEW_QUESTIONS = 3;

/** The page of a dossier; `finish` ends the visit. One dossier is open at a time. */
export function checkPage({ answersOf, finish, setTitle }) {
  const node = el('section', { class: 'page check' });
  let visit = null;

  async function open(code) {
    if (visit?.code === code) return;
    await reset();
    node.replaceChildren(waiting(say('check.waiting')));
    try {
      const procedure = await api.getProcedure(code);
      visit = startVisit(procedure, answersOf(code), finish);
      node.replaceChildren(...visit.parts);
      setTitle(say('check.title'));
      reveal(visit.title, document.body);
    } catch (error) {
      node.replaceChildren(backButton(), ...problemPage(shownError(error), () => open(code)));
    }
  }

  async function reset() {
    const leaving = visit;
    visit = null;
    node.replaceChildren();
    await leaving?.close();
  }

  return { node, open, reset };
}

function startVisit(procedure, answers, finish) {
  const dossier = openedWhenNeeded(procedure.code, answers);
  const reportBox = el('div', { class: 'report-box' });
  const files = fileList(dossier, () => { if (reportBox.childElementCount) stale(); });
  const title = heading(1, say('check.title'));
  const checkButton = button(say('check.button'), () => check(), { kind: 'primary big', picture: 'check' });
  let checking = false;

  function stale() {
    reportBox.replaceChildren(el('p', { class: 'notice', text: say('check.stale') }));
  }

  async function check() {
    if (checking) return;
    checking = true;
    reportBox.replaceChildren(waiting(say('check.checking')));
    try {
      await files.settled();
      if (!files.count()) {
        reportBox.replaceChildren(el('p', { class: 'notice', role: 'alert', text: say('check.empty') }));
        return;
      }
      await dossier.sendAnswers();
      const report = await api.checkDossier(await dossier.id());
      const view = reportView(report, { answer, finish });
      reportBox.replaceChildren(view.node);
      announce(view.title.textContent);
      reveal(view.title, view.node);
    } catch (error) {
      if (!dossier.signal.aborted) reportBox.replaceChildren(checkProblem(error));
    } finally {
      checking = false;
    }
  }

  /** The server forgets a dossier after half an hour; the files are still here. */
  function checkProblem(error) {
    const problem = shownError(error);
    const again = problem.code === 'dossier_not_found' ? () => { files.sendAgain(); check(); } : check;
    return problemNotice(problem, again);
  }

  function answer(key, value) {
    answers[key] = value;
    questions.mark(key, value);
    check();
  }

  const onChoose = (key, value) => {
    if (value === null) { delete answers[key]; dossier.renew(); files.sendAgain(); } else answers[key] = value;
    if (reportBox.childElementCount) check();
  };
  const questions = questionSection(procedure, answers, onChoose);
  return {
    code: procedure.code,
    title,
    close: dossier.close,
    parts: [
      backButton(),
      el('header', { class: 'page-head' }, title,
        el('p', { class: 'lead', lang: 'vi', text: shortName(procedure.name) }),
        el('p', { class: 'small' }, link(say('check.list'), `#/thu-tuc/${encodeURIComponent(procedure.code)}`, { kind: 'plain' }))),
      el('section', { class: 'card' }, el('h2', { text: say('check.papers') }), files.node),
      questions.node,
      el('div', { class: 'actions' }, checkButton,
        button(say('check.end'), finish, { kind: 'quiet', picture: 'cross' })),
      reportBox,
    ].filter(Boolean),
  };
}

/** A dossier on the server, opened with the first file and closed at the end. */
function openedWhenNeeded(code, answers) {
  const visit = new AbortController();
  let opening = null;
  const id = () => {
    // A file still in the queue must not open a dossier for somebody who has left.
    visit.signal.throwIfAborted();
    opening ??= api.openDossier(code).then((dossier) => dossier.id)
      .catch((error) => { opening = null; throw error; });
    return opening;
  };
  /** Papers and answers cannot be taken back one by one: a new dossier replaces the old one. */
  const renew = async () => {
    const last = opening;
    opening = null;
    const known = await last?.catch(() => null);
    if (known) await api.forgetDossier(known);
  };
  return {
    id,
    renew,
    signal: visit.signal,
    close: () => { visit.abort(); return renew(); },
    sendAnswers: async () => {
      if (Object.keys(answers).length) await api.answerQuestions(await id(), answers);
    },
  };
}

function questionSection(procedure, answers, onChoose) {
  const questions = procedure.questions.filter((question) => !question.lookup);
  if (!questions.length) return { node: null, mark() {} };
  const byKey = new Map(questions.map(({ key, ask, ask_en: english, answers: choices }) =>
    [key, chipGroup(known(ask, english), choices, answers[key], (value) => onChoose(key, value))]));
  const groups = [...byKey.values()].map(({ group }) => group);
  const node = el('section', { class: 'card' },
    el('h2', { text: say('check.case') }),
    questions.length <= FEW_QUESTIONS ? groups : [
      el('p', { text: say('check.case.skip') }),
      fold(say('check.case.fold', { n: questions.length }), el('div', {}, groups)),
    ]);
  return { node, mark: (key, value) => byKey.get(key)?.mark(value) };
}
