// The dossier desk: papers on the left, what the machine found on the right, the letters below.

import { announce, button, chipGroup, dateText, el, fold, heading, icon, problemNotice, shortName, shownError, waiting } from '../view.js';
import { straysView } from '../report.js';
import * as api from './api.js';
import { findingsView } from './findings.js';
import { namesLine, papersToSee, restBelow, rowWords, tag, verdictWords } from './forms.js';
import { lettersView } from './letters.js';
import { papersView } from './papers.js';
import { takeHanded } from './handed.js';
import { keys, keysAct, setKeys } from './shortcuts.js';

export async function deskPage({ parts: [code] }) {
  const inHand = await api.takeInHand(code ?? '');
  const { dossier } = inHand;
  const title = heading(1, `Hồ sơ ${inHand.code}`);
  const result = el('section', { class: 'desk-result', 'aria-label': 'Kết quả đối chiếu' });
  const papers = papersView(dossier, { onChange: () => stale() });
  /** The case, asked before the first check. */
  let first = null;
  const answers = { ...inHand.answers, ...takeHanded(inHand.code) };
  let shown = null;

  function stale() {
    if (shown) result.querySelector('.stale')?.removeAttribute('hidden');
    else first?.refresh();
  }

  async function check() {
    result.replaceChildren(waiting('Đang đọc và đối chiếu…'));
    try {
      await papers.settled();
      if (Object.keys(answers).length) await api.answer(dossier, answers);
      show(await api.check(dossier));
      announce(verdictWords(shown.report));
      // On to what is still to be decided: hands stay where they are.
      if (!focusOpen(result)) shown.findings.move(1);
    } catch (caught) {
      const error = shownError(caught);
      // A server that was started again has forgotten the dossier, not the case: it is taken in hand anew.
      const again = error.code === 'dossier_not_found' ? () => dispatchEvent(new HashChangeEvent('hashchange')) : check;
      result.replaceChildren(problemNotice(error, again));
    }
  }

  function show(report) {
    const findings = findingsView(dossier, report, papers, (open) => letters.warn(open));
    const letters = lettersView(inHand, report);
    letters.warn(findings.open());
    shown = { report, findings, letters };
    result.replaceChildren(...[
      verdictLine(report, { check, toLetters: letters.reveal }),
      rulesLine(report),
      questions(inHand, report, answers, (key, value) => { answers[key] = value; check(); }),
      findings.node,
      componentTable(report, papers),
      strays(report, papers),
      letters.node].filter(Boolean));
  }

  const close = keys({
    f: papers.choose,
    k: check,
    j: () => shown?.findings.move(1),
    arrowdown: () => shown?.findings.move(1),
    arrowup: () => shown?.findings.move(-1),
    v: () => shown?.findings.look(),
    y: () => shown?.findings.decide('accept'),
    x: () => shown?.findings.decide('reject'),
    p: () => shown?.letters.compose(),
  });
  await papers.refresh();
  if (inHand.report) show(inHand.report);
  else {
    result.append(el('h2', { text: 'Trước khi kiểm tra' }), el('p', { class: 'notice', text: 'Thả giấy tờ vào bên trái (hoặc phím F để chọn tệp), trả lời các câu dưới đây trong lúc máy đọc, rồi bấm “Kiểm tra” (phím K).' }),
      (first = await caseFirst(inHand, answers)).node);
  }
  document.title = `${inHand.code} – Quầy Một Cửa`;
  return {
    close: () => { close(); papers.close(); },
    focus: () => { if (inHand.report || !focusOpen(result)) title.focus(); },
    node: el('section', { class: 'page wide' },
      el('header', { class: 'desk-head' }, title,
        el('p', {}, el('strong', { text: shortName(inHand.name) }), ` · ${inHand.procedure} · nhận ngày ${dateText(inHand.received_on)}`,
          inHand.applicant ? ` · ${inHand.applicant}` : ''),
        el('div', { class: 'actions tight' },
          button('Kiểm tra (K)', check, { kind: 'primary', picture: 'check' }),
          el('a', { class: 'button quiet', href: `#/ho-so/${inHand.code}`, text: 'Lịch sử hồ sơ' }),
          keySwitch())),
      el('div', { class: 'desk' }, papers.node, result)),
  };
}

/** Single letters disturb those who speak to their machine or touch keys by mistake. */
function keySwitch() {
  const box = el('input', { type: 'checkbox', checked: keysAct(), on: { change: () => setKeys(box.checked) } });
  return el('label', { class: 'key-switch' }, box, ' Phím tắt F, K, J, V, Y, X, P');
}

/** Which rules the dossier was judged by: those of the day it was received, not of today. */
function rulesLine({ rules_from: from, rules_to: to }) {
  const words = [from && `từ ngày ${dateText(from)}`, to && `đến hết ngày ${dateText(to)}`].filter(Boolean).join(' ');
  return words ? el('p', { class: 'small', text: `Xét theo quy định có hiệu lực ${words}.` }) : null;
}

/** Stays in sight with the way to the letters, however long the list below is. */
function verdictLine(report, { check, toLetters }) {
  const { verdict } = report;
  const unseen = verdict === 'complete' ? papersToSee(report) : [];
  const line = el('header', { class: `verdict ${verdict}${unseen.length ? ' unseen' : ''}` },
    icon({ complete: unseen.length ? 'eye' : 'check', incomplete: 'alert', needs_human: 'person' }[verdict]),
    el('div', {},
      el('h2', { text: verdictWords(report) }),
      unseen.length ? el('p', {}, el('strong', { text: 'Còn phải xem tận mắt: ' }), `${namesLine(unseen)}.`) : null,
      el('p', { class: 'stale', hidden: true, role: 'status' }, 'Giấy tờ đã đổi. ', button('Kiểm tra lại', check, { kind: 'plain' }))),
    button('Soạn phiếu', toLetters, { picture: 'print' }));
  restBelow(line, document.documentElement);
  return line;
}

/** To the first question that is open, if one is. */
function focusOpen(where) {
  const chip = where.querySelector('.card > fieldset .chip');
  if (!(chip instanceof HTMLElement)) return false;
  chip.focus();
  return true;
}

/**
 * The case, asked while papers are being read: one check is enough then, and its verdict is that of the papers. What a
 * paper that was read already settles is asked no more.
 */
async function caseFirst(inHand, answers) {
  const node = el('div', {});
  let turn = 0;
  async function open() {
    if (Object.keys(answers).length) await api.answer(inHand.dossier, answers);
    return api.openQuestions(inHand.dossier);
  }
  async function refresh() {
    const mine = turn += 1;
    // What cannot be asked now is asked after the check.
    const asked = await open().catch(() => ({ questions: [] }));
    if (mine !== turn) return;
    const wasHere = node.contains(document.activeElement);
    node.replaceChildren(questions(inHand, asked, answers, async (key, value) => {
      answers[key] = value;
      await refresh();
    }));
    if (wasHere) focusOpen(node);
  }
  await refresh();
  return { node, refresh };
}

/** What still decides something, and what was answered, to be changed if it was wrong. */
function questions({ questions: all }, { questions: open }, answers, answer) {
  const group = ({ key, ask, answers: choices, lookup }) =>
    chipGroup(lookup ? `${ask} (tra cứu)` : ask, choices, answers[key] ?? null, (value) => { if (value !== null) answer(key, value); }).group;
  const answered = all.filter(({ key }) => key in answers);
  if (!open.length && !answered.length) return el('div', {});
  return el('section', { class: 'card' }, el('h3', { text: 'Trường hợp' }),
    open.map(group),
    answered.length ? fold(`Đã trả lời (${answered.length})`, el('div', {}, answered.map(group))) : null);
}

const COPIES = {
  original: 'bản chính', certified_copy: 'sao chứng thực', plain_copy: 'bản sao',
  original_or_copy: 'chính hoặc sao', electronic: 'điện tử',
};

/** What was taken for a row, in words; a paper that covers two rows is one paper. */
const takenFiles = (files) => [...new Map(files.map((file) => {
  const { name, pages, document_type: type } = file;
  return [`${name}${pages.length ? `, trang ${pages.join(', ')}` : ''}${type ? ` – ${type}` : ''}`, file];
}))];

/** Each row of the published list beside the pages that were taken for it. */
function componentTable({ components }, papers) {
  const live = components.filter(({ state }) => state !== 'not_applicable');
  const settled = components.length - live.length;
  return el('section', {}, el('h3', { text: 'Thành phần hồ sơ' }),
    el('ul', { class: 'rows' }, live.map((row) => el('li', { class: `row ${row.state}` },
      el('p', {}, tag(rowWords(row), row.state), ' ', el('strong', { text: row.name }),
        el('span', { class: 'small', text: [COPIES[row.required.copy_type], row.required.quantity > 1 ? `${row.required.quantity} bản` : null].filter(Boolean).map((text) => ` · ${text}`).join('') })),
      row.reason ? el('p', { class: 'small', text: row.reason }) : null,
      el('p', { class: 'taken-for' }, takenFiles(row.files).map(([words, { name: file, pages }]) =>
        button(words, () => papers.open(file, pages[0]), { kind: 'plain', picture: 'eye' })))))),
    settled ? el('p', { class: 'small', text: `${settled} dòng không áp dụng cho trường hợp này.` }) : null);
}

/** Files that serve for nothing here: brought by mistake, or the very paper that is lacking. */
const strays = ({ unassigned }, papers) => straysView(unassigned, {
  title: 'Tệp không dùng vào việc nào',
  hint: 'Máy không xếp được các tệp này vào dòng nào ở trên. Xem lại, rồi trả người nộp nếu không cần.',
  line: (words, name) => button(words, () => papers.open(name), { kind: 'plain', picture: 'eye' }),
});
