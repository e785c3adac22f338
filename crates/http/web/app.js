// Joins the pages: which one the address asks for, and the end of a visit.

import { ready } from './api.js';
import { askPage } from './ask.js';
import { browsePage } from './browse.js';
import { checkPage } from './check.js';
import { watchIdle } from './idle.js';
import { procedurePage } from './procedure.js';
import { announce, problemNotice } from './view.js';

const MODEL_LOADING_POLL_MS = 5_000;

const main = document.getElementById('main');

/** Answers to case questions, by procedure: in memory only, and gone with the visit. */
const answers = new Map();
const answersOf = (code) => {
  if (!answers.has(code)) answers.set(code, {});
  return answers.get(code);
};

const pages = {
  ask: askPage(),
  browse: browsePage(),
  procedure: procedurePage({ answersOf, askAbout }),
  check: checkPage({ answersOf, finish: () => finishVisit() }),
};
for (const page of Object.values(pages)) page.node.hidden = true;
main.append(...Object.values(pages).map((page) => page.node));

function askAbout(procedure) {
  pages.ask.hold(procedure);
  location.hash = '#/';
}

/** `#/thu-tuc/CODE`, `#/ho-so/CODE`, `#/tim`; everything else is the first page. */
function route() {
  const [, name, code] = location.hash.split('/').map(decodePart);
  if (name === 'thu-tuc' && code) return { page: 'procedure', code };
  if (name === 'ho-so' && code) return { page: 'check', code };
  return { page: name === 'tim' ? 'browse' : 'ask' };
}

/** A mistyped address is no reason to stop. */
function decodePart(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

function show() {
  const { page, code } = route();
  for (const [name, { node }] of Object.entries(pages)) node.hidden = name !== page;
  for (const entry of document.querySelectorAll('nav a')) {
    if (entry.dataset.route === page) entry.setAttribute('aria-current', 'page');
    else entry.removeAttribute('aria-current');
  }
  document.title = 'Một Cửa – trợ lý thủ tục hành chính';
  scrollTo(0, 0);
  if (page === 'ask') pages.ask.focus();
  else pages[page].open(code);
}

/** Wipes everything shown and everything kept, here and on the server. */
async function finishVisit() {
  answers.clear();
  // The server is told, but the screen does not wait for it.
  for (const page of Object.values(pages)) page.reset();
  // No entry of the visit is added to the history; earlier ones hold procedure codes at most.
  history.replaceState(null, '', '#/');
  show();
  announce('Đã xóa. Mời người tiếp theo.');
}

const MODEL_WORDS = {
  ready: 'AI soạn tóm tắt đã sẵn sàng.',
  loading: 'AI soạn tóm tắt đang khởi động; tra cứu và kiểm tra hồ sơ dùng được ngay.',
  absent: 'Máy này trả lời bằng trích dẫn, không dùng AI soạn lời.',
  failed: 'AI soạn tóm tắt đang tạm nghỉ; tra cứu và kiểm tra hồ sơ vẫn dùng được.',
};

async function showStatus() {
  const line = document.getElementById('status');
  try {
    const health = await ready();
    line.textContent = `${health.procedures.toLocaleString('vi-VN')} thủ tục. ${MODEL_WORDS[health.model.state] ?? ''}`;
    if (health.model.state === 'loading') setTimeout(showStatus, MODEL_LOADING_POLL_MS);
  } catch (error) {
    line.replaceChildren(problemNotice(error, () => { line.replaceChildren(); showStatus(); }));
  }
}

document.getElementById('finish').addEventListener('click', finishVisit);
document.getElementById('skip').addEventListener('click', (event) => {
  // The address belongs to the pages, so the jump is made by hand.
  event.preventDefault();
  main.focus();
});
addEventListener('hashchange', show);
// Closing the window ends the visit as well.
addEventListener('pagehide', () => { pages.check.reset(); });
// A file dropped beside the zone must not replace the page.
for (const event of ['dragover', 'drop']) addEventListener(event, (dragged) => dragged.preventDefault());
watchIdle({
  somethingToWipe: () => route().page !== 'ask' || pages.ask.touched() || answers.size > 0,
  wipe: finishVisit,
});
show();
showStatus();
