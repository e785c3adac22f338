// Joins the pages of the counter: who is signed in, and which page the address asks for.

import { announce, button, el, icon, problemNotice, shownError, waiting } from '../view.js';
import * as api from './api.js';
import { assistantPage } from './assistant.js';
import { casePage } from './case.js';
import { corpusPage } from './corpus.js';
import { deskPage } from './desk.js';
import { ROLES } from './forms.js';
import { newCasePage } from './new-case.js';
import { officialsPage } from './officials.js';
import { queuePage } from './queue.js';
import { shortcuts } from './shortcuts.js';
import { passwordPage, signInPage } from './sign-in.js';
import { statisticsPage } from './statistics.js';

const main = document.getElementById('main');
const RANK = { official: 0, supervisor: 1, admin: 2 };

/**
 * Address, words, who may, and what makes the page.
 * @type {{name: string, words?: string, rank?: number, page: (asked: any) => any}[]}
 */
const PAGES = [
  { name: 'tiep-nhan', words: 'Tiếp nhận', page: newCasePage },
  { name: 'hang-doi', words: 'Hồ sơ', page: queuePage },
  { name: 'hoi', words: 'Tra cứu', page: assistantPage },
  { name: 'kho', words: 'Kho thủ tục', rank: 2, page: corpusPage },
  { name: 'thong-ke', words: 'Thống kê', rank: 1, page: statisticsPage },
  { name: 'tai-khoan', words: 'Tài khoản', rank: 2, page: officialsPage },
  { name: 'ho-so', page: casePage },
  { name: 'ban', page: deskPage },
  { name: 'mat-khau', page: passwordPage },
];

let official = null;
let leave = null;

const may = ({ rank = 0 }) => official && RANK[official.role] >= rank;

function route() {
  const [, name, ...rest] = location.hash.split('/').map((part) => {
    try { return decodeURIComponent(part); } catch { return ''; }
  });
  const asked = PAGES.find((one) => one.name === name) ?? PAGES[0];
  const page = may(asked) ? asked : PAGES[0];
  return { page, parts: page.name === name ? rest : [], refused: page === asked ? null : asked };
}

async function show() {
  leave?.();
  leave = null;
  frame();
  if (!official) {
    const page = signInPage((signed) => { official = signed; show(); });
    main.replaceChildren(page.node);
    page.focus();
    return;
  }
  const { page, parts, refused } = route();
  main.replaceChildren(waiting('Đang mở…'));
  const asked = location.hash;
  try {
    const { node, focus, close } = await page.page({ official, parts, onSignedOut: signedOut });
    if (location.hash !== asked) { close?.(); return; }
    leave = close ?? null;
    main.replaceChildren(...[refused ? notFor(refused) : null, node].filter(Boolean));
    scrollTo(0, 0);
    focus?.();
  } catch (caught) {
    const error = shownError(caught);
    if (error.code === 'not_signed_in') signedOut();
    else main.replaceChildren(problemNotice(error, show));
  }
}

/** Why another page is shown than the one that was asked for. @param {{words?: string, rank?: number}} page */
function notFor({ words, rank = 0 }) {
  const roles = Object.entries(ROLES).filter(([role]) => RANK[role] >= rank).map(([, name]) => name);
  return el('p', { class: 'notice warn', role: 'alert' }, icon('alert'), el('span', {
    text: `Trang “${words}” chỉ dành cho: ${roles.join(', ')}. Tài khoản ${official.name} (${ROLES[official.role]}) không mở được nên máy chuyển về “${PAGES[0].words}”.`,
  }));
}

function signedOut() {
  official = null;
  announce('Đã đăng xuất.');
  show();
}

/** The bar of pages, and who is signed in. */
function frame() {
  const nav = document.getElementById('pages');
  const current = official ? route().page.name : null;
  nav.hidden = !official;
  nav.replaceChildren(...PAGES.filter((page) => page.words && may(page)).map(({ name, words }) =>
    el('a', { href: `#/${name}`, text: words, 'aria-current': name === current ? 'page' : null })));
  document.getElementById('me').replaceChildren(...(official ? [
    el('a', { href: '#/mat-khau', class: 'me-name', text: official.name, title: 'Đổi mật khẩu' }),
    button('Đăng xuất', async () => {
      await api.signOut().catch((error) => console.warn('sign-out', error.code));
      signedOut();
    }, { kind: 'quiet' }),
  ] : []));
}

document.getElementById('skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
addEventListener('hashchange', show);
for (const event of ['dragover', 'drop']) addEventListener(event, (dragged) => dragged.preventDefault());
shortcuts({ n: '#/tiep-nhan', q: '#/hang-doi', t: '#/hoi' });

try {
  official = await api.me();
} catch (caught) {
  const error = shownError(caught);
  if (error.code !== 'not_signed_in') main.replaceChildren(problemNotice(error, () => location.reload()));
}
show();
