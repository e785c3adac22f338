// The papers of a dossier: dropped in, read, and looked at beside what was read of them.

import { announce, button, el, icon, problemNotice, shownError } from '../view.js';
import * as api from './api.js';
import { restBelow } from './forms.js';
import { pageView } from './page-view.js';

const ACCEPTED = '.pdf,.docx,.doc,.xlsx,.jpg,.jpeg,.png,.tif,.tiff,.webp,.heic,.zip';

export function papersView(dossier, { onChange }) {
  /** Files of this sitting, by name: only the browser has their bytes, the server keeps text and pictures. */
  const files = new Map();
  const addresses = new Map();
  let documents = [];
  let queue = Promise.resolve();
  const list = el('ul', { class: 'papers', 'aria-label': 'Giấy tờ của hồ sơ' });
  const count = el('p', { class: 'small papers-count', hidden: true });
  const pages = el('div', { class: 'chips paper-pages', role: 'group', 'aria-label': 'Trang', hidden: true });
  // What leads to another paper or page stays while one is looked at.
  const ways = el('div', { class: 'paper-ways' }, count, list, pages);
  const trouble = el('div', {});
  const viewer = el('section', { class: 'viewer', 'aria-label': 'Trang giấy', tabindex: '-1' },
    el('p', { class: 'small', text: 'Giấy tờ hiện ở đây.' }));

  async function refresh() {
    ({ documents } = await api.documents(dossier));
    count.hidden = !documents.length;
    count.textContent = `${documents.length} giấy tờ`;
    list.replaceChildren(...documents.map((one) => el('li', {},
      button(`${one.name} · ${one.pages.length} trang`, () => open(one.name), { kind: 'plain paper-name', title: one.name, picture: one.pages.some(({ legibility }) => legibility === 'illegible') ? 'alert' : 'file' }),
      button('Bỏ', () => remove(one.name), { kind: 'plain', 'aria-label': `Bỏ ${one.name}` }))));
    // The first paper is there to be looked at without being asked for.
    if (!viewer.querySelector('.viewer-title') && documents.length) open(documents[0].name, 1, [], { stay: true });
  }

  function add(chosen) {
    for (const file of chosen) {
      queue = queue.then(() => upload(file));
    }
  }

  async function upload(file) {
    const line = el('li', { class: 'reading', role: 'status' }, el('span', { class: 'dots', 'aria-hidden': 'true' }), ` Đang đọc ${file.name}…`);
    list.append(line);
    try {
      const read = await api.upload(dossier, file);
      for (const { name } of read.documents) files.set(name, file);
      announce(`Đã đọc ${file.name}`);
      onChange();
      await refresh();
    } catch (error) {
      line.remove();
      const notice = problemNotice(shownError(error), () => { notice.remove(); add([file]); });
      notice.prepend(el('p', { text: file.name }));
      trouble.append(notice);
    }
  }

  async function remove(name) {
    try {
      await api.removeDocument(dossier, name);
      onChange();
      await refresh();
    } catch (error) {
      trouble.append(problemNotice(shownError(error)));
    }
  }

  function addressOf(file) {
    if (!addresses.has(file)) addresses.set(file, URL.createObjectURL(file));
    return addresses.get(file);
  }

  /** One button for each page of the paper that is shown, where it has several. */
  function showPages({ name, pages: all }, shown) {
    pages.hidden = all.length < 2;
    pages.replaceChildren(...all.map(({ number }) => el('button', {
      type: 'button', class: 'chip', 'aria-pressed': String(number === shown), text: `Trang ${number}`, on: { click: () => open(name, number) },
    })));
    const pressed = pages.querySelector('[aria-pressed=true]');
    if (pressed instanceof HTMLElement) pages.scrollLeft = pressed.offsetLeft - pages.offsetLeft;
  }

  /**
   * The page as it is, and beside it what the machine read; marked are the lines asked for, or what tells what the
   * paper is. The focus goes there unless it is to `stay`, as while going through findings.
   */
  function open(name, page = 1, lines = [], { stay = false } = {}) {
    const one = documents.find((document) => document.name === name);
    const shown = one?.pages.find(({ number }) => number === (page ?? 1)) ?? one?.pages[0];
    if (!one || !shown) {
      pages.hidden = true;
      viewer.replaceChildren(el('p', { class: 'small', text: `Hồ sơ không còn tệp ${name}.` }));
      return;
    }
    const view = pageView(one, shown, noPicture(files.get(name), addressOf));
    viewer.replaceChildren(
      el('h2', { class: 'viewer-title', text: `${name}, trang ${shown.number}/${one.pages.length}` }),
      view.node);
    showPages(one, shown.number);
    view.mark(lines.length ? lines : view.titles, stay);
    if (!stay) viewer.focus({ preventScroll: true });
  }

  const input = el('input', { id: 'desk-files', type: 'file', multiple: true, accept: ACCEPTED, class: 'visually-hidden', on: { change: (event) => { add(event.target.files); event.target.value = ''; } } });
  const zone = el('div', { class: 'drop' }, el('p', {}, 'Kéo tệp vào đây, hoặc '), input,
    el('label', { for: 'desk-files', class: 'button primary' }, icon('file'), el('span', { text: 'Chọn tệp' })));
  for (const event of ['dragenter', 'dragover', 'dragleave', 'drop']) {
    zone.addEventListener(event, (dragged) => {
      dragged.preventDefault();
      zone.classList.toggle('over', event === 'dragenter' || event === 'dragover');
      if (event === 'drop') add(dragged.dataTransfer.files);
    });
  }

  const node = el('section', { class: 'desk-papers', 'aria-label': 'Giấy tờ' }, zone, ways, trouble, viewer);
  restBelow(ways, node);
  return {
    node,
    refresh,
    open,
    choose: () => input.click(),
    async settled() {
      let seen;
      do { seen = queue; await seen; } while (seen !== queue);
    },
    close: () => { for (const address of addresses.values()) URL.revokeObjectURL(address); },
  };
}

/** A Word file or a text has no pages to be seen; its lines are marked instead. */
function noPicture(file, addressOf) {
  const way = file ? el('a', { href: addressOf(file), download: file.name, text: 'Tải tệp để xem' }) : '';
  return el('p', { class: 'small' }, 'Tệp này không có ảnh trang; chỗ cần xem được tô màu ở phần chữ. ', way);
}
