// The versions of a case: what each check found, what was decided on it, and what had changed since the one before.

import { el, fold } from '../view.js';
import { SEVERITIES, VERDICTS, noFindings, rowWords, tag, timeText } from './forms.js';

/** All versions, newest first and open, so that the way to an earlier one is one touch. */
export const versionsView = (history) => [...history].reverse().map((version, at) =>
  fold(`Lần ${version.number} · ${timeText(version.at)} · ${version.official} · ${VERDICTS[version.verdict]}`,
    versionView(version, history[history.length - at - 2]), at === 0));

function versionView({ report, verdict }, before) {
  if (!report) return el('p', { text: 'Nội dung đã xóa.' });
  const { components, findings } = report;
  return el('div', { class: 'version' },
    el('p', {}, tag(VERDICTS[verdict], verdict)),
    before?.report ? changes(report, before) : null,
    el('h3', { text: `Phát hiện (${findings.length})` }),
    findings.length ? el('ol', { class: 'findings' }, findings.map(findingView)) : el('p', { text: noFindings({ ...report, questions: [] }) }),
    fold('Giấy tờ trong lần này', el('ul', { class: 'rows' }, components
      .filter(({ state }) => state !== 'not_applicable')
      .map((row) => el('li', { class: 'row' },
        el('p', {}, tag(rowWords(row), row.state), ` ${row.name}`),
        row.files.length ? el('p', { class: 'small', text: [...new Set(row.files.map((file) => file.name))].join(', ') }) : null)))));
}

/** @returns {any} */
function findingView({ severity, message, fix, decision }) {
  const decided = decision && (decision.accepted ? 'Cán bộ đồng ý.' : `Cán bộ bác: ${decision.reason}`);
  return el('li', { class: `finding ${severity}`, 'data-decided': decision ? (decision.accepted ? 'accepted' : 'rejected') : null },
    el('p', { class: 'tag', text: SEVERITIES[severity] }),
    el('p', {}, el('strong', { text: message })),
    fix ? el('p', { class: 'small', text: fix }) : null,
    el('p', { class: 'decided', text: decided ?? 'Chưa quyết.' }));
}

/** Findings have no name of their own: rule, row and words tell one. */
const nameOf = ({ rule, row, message }) => `${rule} ${row} ${message}`;
const filesOf = ({ components }) => new Set(components.flatMap(({ files }) => files.map(({ name }) => name)));

function changes(report, { number, report: earlier }) {
  const was = new Map(earlier.components.map((one) => [one.row, rowWords(one)]));
  const moved = report.components.filter((one) => was.has(one.row) && was.get(one.row) !== rowWords(one));
  const known = filesOf(earlier);
  const handedIn = [...filesOf(report)].filter((name) => !known.has(name));
  const [now, then] = [report, earlier].map(({ findings }) => new Set(findings.map(nameOf)));
  const lists = [
    ['Giấy tờ mới', handedIn],
    ['Đổi tình trạng', moved.map((one) => `${one.name}: ${was.get(one.row)} → ${rowWords(one)}`)],
    ['Không còn', earlier.findings.filter((one) => !now.has(nameOf(one))).map(({ message }) => message)],
    ['Mới thấy', report.findings.filter((one) => !then.has(nameOf(one))).map(({ message }) => message)],
  ].filter(([, all]) => all.length);
  return el('section', { class: 'changes' }, el('h3', { text: `So với lần ${number}` }),
    lists.length
      ? el('dl', {}, lists.map(([head, all]) => [el('dt', { text: head }), all.map((text) => el('dd', { text }))]))
      : el('p', { text: 'Không có gì đổi.' }));
}
