// Starting from what has happened in somebody's life: large tiles, then what there is to do.

import { lifeEvents } from './api.js';
import {
  LONG_NAME, drawing, el, heading, icon, link, problemPage, reveal, shortName, shownError, waiting,
} from './view.js';
import { backButton } from './trail.js';
import { both, say } from './words.js';

/** Lines of our own, in a square of 24, by the identifiers of `corpus/lexicon/life_events.toml`. */
const PICTURES = {
  'sinh-con': 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM9 11v.2M15 11v.2M9 15c1.8 1.7 4.2 1.7 6 0M12 4c-1.6.9-1.2 2.8.6 2.8',
  'ket-hon': 'M9 9a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM15 9a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM10 3h4l-2 3z',
  'mat-nguoi-than': 'M12 2c2.2 2.4 2.2 4.4 0 6-2.2-1.6-2.2-3.6 0-6zM9 11h6v10H9zM5 21h14',
  'chuyen-cho-o': 'M3 11l7-7 7 7M5 9.5V20h6M13 17h8M18 14l3 3-3 3',
  'giay-to-tuy-than': 'M3 5h18v14H3zM8.5 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM5.5 16c.4-2.6 5.6-2.6 6 0M14.5 9.5H18M14.5 13.5H18',
  'chung-thuc': 'M9.5 3h5l-1 8H19v5H5v-5h5.5zM5 20h14',
  'xay-nha': 'M3 12l9-8 9 8M5.5 10v10h13V10M10 20v-5h4v5M16 4h3v4',
  'dat-dai': 'M3 6l6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14',
  'kinh-doanh': 'M4 11v9h16v-9M3 9l2-5h14l2 5c0 2-3 3-4.5 1-1.5 2-3 2-4.5 0-1.5 2-3 2-4.5 0C6 12 3 11 3 9zM9.5 20v-5h5v5',
  'xe-co': 'M5.5 14a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM18.5 14a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM5.5 17.5h6.5l4-7H9M14 5h2.5l2 9M4 11h5l3 6.5',
  'hoc-hanh': 'M2 9l10-5 10 5-10 5zM6 11.5V16c3 3 9 3 12 0v-4.5M21 9.5V15',
  'bao-tro': 'M12 20s-8-4.7-8-10.7a4.4 4.4 0 0 1 8-2.6 4.4 4.4 0 0 1 8 2.6c0 6-8 10.7-8 10.7z',
  'viec-lam-bao-hiem': 'M3 8h18v12H3zM9 8V4.5h6V8M3 13.5h18M12 12.5v2',
  'nghia-vu-quan-su': 'M12 2.5l8 3v6c0 5-4 8.5-8 10-4-1.5-8-5-8-10v-6zM12 8l1.2 2.6 2.8.3-2.1 1.9.6 2.8-2.5-1.5-2.5 1.5.6-2.8L8 10.9l2.8-.3z',
  'nguoi-co-cong': 'M8 2l4 7 4-7M12 9a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM12 12.5l.9 1.8 2 .2-1.5 1.4.4 2-1.8-1-1.8 1 .4-2-1.5-1.4 2-.2z',
};
const OTHER = 'M6 2h8l5 5v15H6zM14 2v6h5';

const pictureOf = ({ id }) => drawing(PICTURES[id] ?? OTHER);
const titleOf = ({ title, title_en: english }) => both(title, english);

let fetched = null;
/** They do not change while the page is open; a failure is tried again. */
function load() {
  fetched ??= lifeEvents().then(remember).catch((error) => { fetched = null; throw error; });
  return fetched;
}

/** What people say they need, by the procedure for it. */
const needs = new Map();
function remember({ events }) {
  for (const need of events.flatMap((event) => event.needs)) if (!needs.has(need.code)) needs.set(need.code, need);
  return events;
}

/** The names of procedures in everyday words are there; a page shows without them too. */
export const everydayNames = () => load().catch(() => []);

/** What a procedure means in English, for those who read it. */
export const gloss = (code) =>
  (needs.has(code) ? el('span', { class: 'gloss', lang: 'en', text: needs.get(code).say_en }) : null);

/** The name of a procedure: as people say it where the official one would fill the page, which then follows. */
export function nameLines(level, { code, name }, attributes = {}) {
  const official = shortName(name);
  const everyday = official.length > LONG_NAME ? needs.get(code)?.say : null;
  const title = heading(level, everyday ?? official, attributes);
  return { title, lines: [title, everyday ? el('p', { class: 'official', lang: 'vi', text: official }) : null, gloss(code)] };
}

/** So many tiles have their place from the start, so that nothing below moves when they come. */
const PLACES = Object.keys(PICTURES).length;

/** The tiles of the first page. Asking works without them, so a failure leaves them out. */
export function eventTiles() {
  const places = Array.from({ length: PLACES }, () => el('li', { 'aria-hidden': 'true' }, el('span', { class: 'tile-place' })));
  const grid = el('ul', { class: 'tiles' }, places);
  const node = el('section', { class: 'events', 'aria-labelledby': 'events-title' },
    el('h2', { id: 'events-title', text: say('events.title') }), grid);
  load().then((events) => {
    grid.replaceChildren(...events.map((event) => el('li', {},
      el('a', { class: 'tile', href: `#/viec/${event.id}` }, pictureOf(event), el('span', { text: titleOf(event) })))));
    node.hidden = !events.length;
  }).catch((error) => { node.hidden = true; shownError(error); });
  return node;
}

/** What there is to do when something has happened. */
export function eventPage({ setTitle }) {
  const node = el('section', { class: 'page event' });

  async function open(id) {
    node.replaceChildren(waiting(say('events.waiting')));
    try {
      const event = (await load()).find((one) => one.id === id);
      const title = heading(1, event ? titleOf(event) : say('events.none'));
      node.replaceChildren(...(event ? content(event, title) : [title, home()]));
      setTitle(event ? say('title.of', { name: titleOf(event) }) : say('title'));
      reveal(title, document.body);
    } catch (error) {
      node.replaceChildren(backButton(), ...problemPage(shownError(error), () => open(id)));
    }
  }

  return { node, open, reset: () => node.replaceChildren() };
}

const home = () => el('div', { class: 'actions' }, link(say('events.home'), '#/', { picture: 'back' }));

function content(event, title) {
  return [
    backButton(),
    el('header', { class: 'page-head event-head' }, pictureOf(event), title),
    el('p', { class: 'lead', text: say('events.which') }),
    el('ul', { class: 'choices' }, event.needs.map(({ code, say: words, say_en: english }) =>
      el('li', {}, el('a', { class: 'choice', href: `#/thu-tuc/${encodeURIComponent(code)}` },
        el('span', { text: both(words, english) }), icon('arrow'))))),
    el('p', { class: 'missing', text: say('events.missing') }),
    el('div', { class: 'actions' },
      link(say('events.type'), '#/', { picture: 'keys' }),
      link(say('nav.browse'), '#/tim', { picture: 'search' })),
  ];
}
