// Findings, each decided by a person: accepted or rejected with a reason, by mouse or by key.

import { announce, button, el, icon, problemNotice, shownError } from '../view.js';
import * as api from './api.js';
import { SEVERITIES, field, noFindings } from './forms.js';
import { placeButton, placesOf } from './page-view.js';

const ORDER = Object.keys(SEVERITIES);

/** The portal publishes procedures; it is no law. */
const isPortal = (name) => name.startsWith('Cổng Dịch vụ công');

/** `onDecided` is told how many findings that go into letters are still open. */
export function findingsView(dossier, report, papers, onDecided) {
  const sorted = report.findings.map((finding, at) => ({ ...finding, at }))
    .sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
  const items = sorted.map((finding) => findingItem(dossier, finding, papers, () => { onDecided(open()); move(1); }));
  const open = () => items.filter(({ isOpen }) => isOpen()).length;
  const node = el('section', {},
    el('h3', { text: sorted.length || report.verdict === 'complete' ? `Phát hiện (${sorted.length})` : 'Còn để ngỏ' }),
    sorted.length
      ? el('p', { class: 'small', text: 'Phím: J xuống, V xem chỗ đã đọc, Y đồng ý, X bác, P soạn phiếu. Phát hiện bị bác không vào phiếu.' })
      : el('p', { text: noFindings(report) }),
    el('ol', { class: 'findings' }, items.map((item) => item.node)));

  const current = () => items.findIndex((item) => item.node.contains(document.activeElement));
  function move(step) {
    items[Math.min(Math.max(current() + step, 0), items.length - 1)]?.focus();
  }
  return {
    node,
    move,
    open,
    decide: (decision) => items[current()]?.decide(decision),
    look: () => items[current()]?.look(),
  };
}

function findingItem(dossier, finding, papers, next) {
  const { at, severity, message, fix, legal_basis: basis } = finding;
  const places = placesOf(finding);
  let looked = 0;
  const decided = el('p', { class: 'decided', role: 'status' });
  const reason = field('Lý do bác', { maxlength: '500', autocomplete: 'off' });
  const reasonForm = el('form', { class: 'inline-form', hidden: true }, reason.node,
    el('button', { type: 'submit', class: 'button', text: 'Bác phát hiện' }),
    button('Thôi', () => { reasonForm.hidden = true; node.focus(); }, { kind: 'plain' }));
  const trouble = el('div', {});
  const node = el('li', { class: `finding ${severity}`, tabindex: '-1', 'data-at': String(at) },
    el('p', { class: 'tag', text: SEVERITIES[severity] }),
    el('p', {}, el('strong', { text: message })),
    fix ? el('p', { class: 'fix' }, icon('arrow'), el('span', { text: fix })) : null,
    places.map((place) => placeButton(papers, place)),
    [['Căn cứ', basis.filter((one) => !isPortal(one))], ['Nguồn', basis.filter(isPortal)]].map(([head, all]) =>
      (all.length ? el('p', { class: 'small', text: `${head}: ${all.join('; ')}` }) : null)),
    el('div', { class: 'actions tight' },
      button('Đồng ý (Y)', () => decide('accept'), { kind: 'quiet', picture: 'check' }),
      button('Bác (X)', () => decide('reject'), { kind: 'quiet', picture: 'cross' })),
    reasonForm, trouble, decided);

  function show({ accepted, reason: why }) {
    node.dataset.decided = accepted ? 'accepted' : 'rejected';
    decided.textContent = accepted ? 'Cán bộ đồng ý.' : `Cán bộ bác: ${why}`;
  }

  /** Shows the places one after the other; the focus stays for the decision. */
  function look() {
    if (!places.length) { announce('Phát hiện này không nằm trên trang nào.'); return; }
    const { file, page, lines } = places[looked % places.length];
    looked += 1;
    papers.open(file, page, lines, { stay: true });
  }

  function decide(decision) {
    if (decision === 'accept') { keep(decision, ''); return; }
    reasonForm.hidden = false;
    reason.input.focus();
  }

  async function keep(decision, why) {
    trouble.replaceChildren();
    try {
      show(await api.decide(dossier, at, decision, why));
      reasonForm.hidden = true;
      announce(decided.textContent);
      next();
    } catch (error) {
      trouble.replaceChildren(problemNotice(shownError(error), () => keep(decision, why)));
    }
  }

  reasonForm.addEventListener('submit', (event) => {
    event.preventDefault();
    keep('reject', reason.input.value);
  });
  if (finding.decision) show(finding.decision);
  // What is only to be known goes into no letter.
  const isOpen = () => severity !== 'info' && !node.dataset.decided;
  return { node, isOpen, focus: () => { node.focus(); node.scrollIntoView({ block: 'nearest' }); }, decide, look };
}
