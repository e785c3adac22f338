// The papers of a dossier: chosen, dropped or photographed, and read one after the other.

import * as api from './api.js';
import { announce, button, el, icon, langOf, shownError } from './view.js';
import { say } from './words.js';

const ACCEPTED = '.pdf,.doc,.docx,.xlsx,.jpg,.jpeg,.png,.heic,.heif,.tif,.tiff,.webp,.txt,.zip';
/** Problems of the moment, not of the file. */
const RETRYABLE = new Set(['network', 'busy', 'dossier_not_found', 'internal', 'timed_out']);
const PICTURES = { waiting: 'clock', reading: 'eye', read: 'check', failed: 'alert' };

/** The files of a visit: read one after the other, each with its own state. */
export function fileList(dossier, onChange) {
  const entries = [];
  const list = el('ul', { class: 'files', 'aria-label': say('papers.label') });
  let queue = Promise.resolve();

  function add(chosen) {
    const fresh = [...chosen].map((file) => fileEntry(file, retry, remove));
    entries.push(...fresh);
    list.append(...fresh.map((entry) => entry.node));
    fresh.forEach(enqueue);
    if (fresh.length) onChange();
  }

  function enqueue(entry) {
    entry.show('waiting');
    queue = queue.then(() => upload(entry));
  }

  async function upload(entry) {
    if (!entries.includes(entry) || dossier.signal.aborted) return;
    entry.show('reading');
    try {
      const { documents } = await api.uploadFile(await dossier.id(), entry.file, dossier.signal);
      entry.show('read', { documents });
      announce(say('papers.told', { name: entry.file.name }));
    } catch (error) {
      if (!dossier.signal.aborted) entry.show('failed', { problem: shownError(error) });
    }
  }

  function retry(entry) {
    if (entry.problem?.code === 'dossier_not_found') sendAgain();
    else enqueue(entry);
  }

  function remove(entry) {
    const wasRead = entry.state === 'read';
    entries.splice(entries.indexOf(entry), 1);
    entry.node.remove();
    picker.input.focus();
    if (wasRead) sendAgain();
    onChange();
  }

  /** Into a new dossier, for the server has no way to take one paper back. */
  function sendAgain() {
    queue = queue.then(() => dossier.renew());
    entries.filter(({ problem }) => !problem || RETRYABLE.has(problem.code)).forEach(enqueue);
  }

  const picker = filePicker(add);
  return {
    node: el('div', {}, picker.node, list),
    sendAgain,
    count: () => entries.filter(({ state }) => state === 'read').length,
    async settled() {
      let seen;
      do { seen = queue; await seen; } while (seen !== queue);
    },
  };
}

function filePicker(add) {
  const take = (event) => { add(event.target.files); event.target.value = ''; };
  const input = el('input', { id: 'papers', type: 'file', multiple: true, accept: ACCEPTED, class: 'visually-hidden', on: { change: take } });
  const camera = el('input', { id: 'camera', type: 'file', accept: 'image/*', capture: 'environment', class: 'visually-hidden', 'aria-label': say('papers.camera'), on: { change: take } });
  const zone = el('div', { class: 'drop' },
    el('p', { text: say('papers.drop') }),
    el('div', { class: 'actions' },
      input, el('label', { for: 'papers', class: 'button primary' }, icon('file'), el('span', { text: say('papers.choose') })),
      camera, el('label', { for: 'camera', class: 'button phone-only' }, icon('camera'), el('span', { text: say('papers.camera') }))),
    el('p', { class: 'small', text: say('papers.accepted') }));
  for (const event of ['dragenter', 'dragover', 'dragleave', 'drop']) {
    zone.addEventListener(event, (dragged) => {
      dragged.preventDefault();
      zone.classList.toggle('over', event === 'dragenter' || event === 'dragover');
      if (event === 'drop') add(dragged.dataTransfer.files);
    });
  }
  return { node: zone, input };
}

function fileEntry(file, retry, remove) {
  const entry = { file, state: 'waiting', problem: null, node: el('li', {}), show };
  function show(state, { documents = [], problem = null } = {}) {
    Object.assign(entry, { state, problem });
    entry.node.className = `file file-${state}`;
    entry.node.replaceChildren(
      el('p', { class: 'file-name' }, icon(PICTURES[state]), el('strong', { text: file.name })),
      problem ? problemText(problem) : stateText(state, documents),
      el('div', { class: 'actions tight' },
        problem && RETRYABLE.has(problem.code) ? button(say('retry'), () => retry(entry)) : null,
        state === 'read' || state === 'failed'
          ? button(say('papers.remove'), () => remove(entry), {
            kind: 'plain', 'aria-label': say('papers.remove.label', { name: file.name }),
          })
          : null));
  }
  return entry;
}

const problemText = ({ message, hint }) =>
  el('p', { class: 'small', role: 'alert', lang: langOf(message) }, message, ' ', hint);

function stateText(state, documents) {
  if (state !== 'read') return el('p', { class: 'small', text: say(state === 'reading' ? 'papers.reading' : 'papers.waiting') });
  const pages = documents.reduce((sum, one) => sum + one.pages, 0);
  const dim = documents.flatMap((one) => one.illegible_pages);
  return el('p', { class: 'small' },
    documents.length > 1 ? say('papers.read.many', { papers: documents.length, pages }) : say('papers.read', { pages }),
    dim.length ? ['. ', say('papers.dim', { pages: dim.join(', ') })] : null);
}
