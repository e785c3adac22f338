// Joins the pages: which one the address asks for, and the end of a visit.

import { ready, unreachable } from './api.js';
import { askPage } from './ask.js';
import { browsePage } from './browse.js';
import { comfortTools, plainComfort } from './comfort.js';
import { eventPage } from './events.js';
import { watchIdle } from './idle.js';
import { hideKeyboard, resetKeyboard } from './keyboard.js';
import { watchConnection } from './offline.js';
import { procedurePage } from './procedure.js';
import { closeSheet } from './sheet.js';
import { backButton, forgetTrail, noteStep } from './trail.js';
import { OWN_DEVICE, announce, el, problemNotice, problemPage, waiting } from './view.js';
import { hush, voiceTool } from './voice.js';
import { adopt, say, sayOf, write } from './words.js';

const MODEL_LOADING_POLL_MS = 5_000;

const main = document.getElementById('main');
const setTitle = (words) => write(document.querySelector('title'), '', words);

/** Answers to case questions, by procedure: in memory only, and gone with the visit. */
const answers = new Map();
const answersOf = (code) => {
  if (!answers.has(code)) answers.set(code, {});
  return answers.get(code);
};

adopt();
const pages = {
  ask: askPage(),
  browse: browsePage(),
  event: eventPage({ setTitle }),
  procedure: procedurePage({ answersOf, askAbout, setTitle }),
  check: later(async () => {
    const { checkPage } = await import('./check.js');
    return checkPage({ answersOf, finish: () => finishVisit(), setTitle });
  }),
};
for (const page of Object.values(pages)) page.node.hidden = true;
main.append(...Object.values(pages).map((page) => page.node));

/** A page that most visits never open: its code is fetched when it is asked for. */
function later(make) {
  const node = el('div', {});
  let page = null;
  let turn = 0;
  /** @param {any[]} asked */
  async function open(...asked) {
    const mine = turn += 1;
    if (!page) node.replaceChildren(waiting(say('check.waiting')));
    try {
      page ??= await make();
    } catch {
      const problem = unreachable();
      node.replaceChildren(backButton(), ...problemPage(problem, () => open(...asked)));
      return;
    }
    // Whoever has left meanwhile is shown nothing.
    if (mine !== turn) return;
    node.replaceChildren(page.node);
    page.open(...asked);
  }
  const reset = () => { turn += 1; node.replaceChildren(); return page?.reset(); };
  return { node, open, reset };
}

function askAbout(procedure) {
  pages.ask.hold(procedure);
  location.hash = '#/';
}

/** `#/viec/ID`, `#/thu-tuc/CODE[/answers]`, `#/ho-so/CODE`, `#/tim`; everything else is the first page. */
function route() {
  const [, name, which, given] = location.hash.split('/').map(decodePart);
  if (name === 'viec' && which) return { page: 'event', which };
  if (name === 'thu-tuc' && which) return { page: 'procedure', which, given: pairs(given) };
  if (name === 'ho-so' && which) return { page: 'check', which };
  return { page: name === 'tim' ? 'browse' : 'ask' };
}

/** `key:value,key:value`, as a QR code holds them. */
const pairs = (text = '') =>
  Object.fromEntries(text.split(',').filter(Boolean).map((pair) => pair.split(':', 2)));

/** A mistyped address is no reason to stop. */
function decodePart(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

function show() {
  const { page, which, given } = route();
  hideKeyboard();
  hush();
  closeSheet();
  noteStep();
  for (const [name, { node }] of Object.entries(pages)) node.hidden = name !== page;
  for (const entry of document.querySelectorAll('nav a')) {
    if (entry instanceof HTMLElement && entry.dataset.route === page) entry.setAttribute('aria-current', 'page');
    else entry.removeAttribute('aria-current');
  }
  setTitle(say('title'));
  scrollTo(0, 0);
  if (page === 'ask') pages.ask.focus();
  else pages[page].open(which, given);
}

/** Wipes everything shown and everything kept, here and on the server. */
function finishVisit() {
  answers.clear();
  forgetTrail();
  closeSheet();
  resetKeyboard();
  plainComfort();
  // The server is told, but the screen does not wait for it.
  for (const page of Object.values(pages)) page.reset();
  // No entry of the visit is added to the history; earlier ones hold procedure codes at most.
  history.replaceState(null, '', '/#/');
  show();
  announce(say('wiped'));
}

async function showStatus() {
  const line = document.getElementById('status');
  try {
    const health = await ready();
    write(document.getElementById('slip-office'), '', health.office ?? '');
    const { procedures, names_only: named } = health;
    const model = sayOf('model', health.model.state);
    write(line, '', say(named ? 'status.named' : 'status', { n: procedures - named, named, model }));
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
// The way home leads to the tiles, whatever was asked; where one is already, the address does not change.
document.addEventListener('click', ({ target }) => {
  if (!(target instanceof Element && target.closest('a[href="#/"]'))) return;
  pages.ask.reset();
  forgetTrail();
  if (route().page === 'ask') show();
});
addEventListener('hashchange', show);
// Closing the window ends the visit as well.
addEventListener('pagehide', () => { hush(); pages.check.reset(); });
// What is folded on the screen is part of a printed list.
addEventListener('beforeprint', () => {
  const now = new Date().toLocaleString('en-GB', {
    day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Ho_Chi_Minh',
  });
  write(document.getElementById('slip-date'), '', say('slip.date', { now }));
  for (const fold of document.querySelectorAll('.checklist details, .group details')) fold.setAttribute('open', '');
});
// A file dropped beside the zone must not replace the page.
for (const event of ['dragover', 'drop']) addEventListener(event, (dragged) => dragged.preventDefault());
comfortTools();
voiceTool();
watchConnection();
if (!OWN_DEVICE) {
  watchIdle({
    somethingToWipe: () => route().page !== 'ask' || pages.ask.touched() || answers.size > 0
      || document.documentElement.matches('.large, .contrast, [lang="en"]'),
    wipe: finishVisit,
  });
}
show();
showStatus();
