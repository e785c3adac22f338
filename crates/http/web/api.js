// Talks to the server. Every failure leaves here as a Problem with a sentence and what to do.

import { say } from './words.js';

/** How long a short request may take before the visitor is told. */
const PATIENCE_MS = 20_000;
/** Reading a bad scan takes its time. */
const READING_PATIENCE_MS = 180_000;
/** The server sends a sign of life every 15 seconds; after three missed ones it is gone. */
const SILENCE_MS = 50_000;

/** An error as it is shown: what went wrong, and what to do about it. */
export class Problem extends Error {
  /** @param {{code: string, message: any, hint?: any, incident?: string}} problem */
  constructor({ code, message, hint = '', incident = '' }) {
    super();
    // Words of ours follow the language; the server's sentences stay as they are.
    this.message = message;
    this.code = code;
    this.hint = hint;
    this.incident = incident;
  }
}

/** The page is told as well, so that it can say so until the server is back. */
export function unreachable() {
  dispatchEvent(new Event('unreachable'));
  return new Problem({
    code: 'network',
    message: say('problem.network'),
    hint: say('problem.network.hint'),
  });
}

const interrupted = () => new Problem({
  code: 'interrupted',
  message: say('problem.interrupted'),
  hint: say('problem.interrupted.hint'),
});

/** The envelope of an error answer; a proxy in between may answer with something else. */
async function problemOf(response) {
  try {
    const { error } = await response.json();
    if (error?.message) return new Problem(error);
  } catch {
    // No envelope: told below by the status alone.
  }
  const busy = response.status === 429 || response.status === 503;
  return new Problem({
    code: `http_${response.status}`,
    message: busy ? say('problem.busy') : say('problem.status', { status: String(response.status) }),
    hint: say('problem.wait'),
  });
}

/**
 * One request; a page that is left (`signal`) ends it silently as an AbortError.
 * @param {string} path
 * @param {RequestInit & {patience?: number}} [options]
 */
async function send(path, { patience = PATIENCE_MS, signal, ...options } = {}) {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), patience);
  const leave = () => limit.abort();
  signal?.addEventListener('abort', leave);
  try {
    const response = await fetch(path, {
      ...options, signal: limit.signal, cache: 'no-store', credentials: 'omit',
    });
    if (!response.ok) throw await problemOf(response);
    return response.status === 204 ? null : await response.json();
  } catch (error) {
    if (error instanceof Problem || signal?.aborted) throw error;
    throw unreachable();
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', leave);
  }
}

const json = (method, body) => ({
  method,
  headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
  body: JSON.stringify(body),
});

const query = (values) => {
  const given = Object.entries(values).filter(([, value]) => value);
  return given.length ? `?${new URLSearchParams(given)}` : '';
};

const procedurePath = (code) => `/api/v1/procedures/${encodeURIComponent(code)}`;
const dossierPath = (id) => `/api/v1/dossiers/${encodeURIComponent(id)}`;

/** The checklist wants `key:value,key:value`. */
const pairs = (answers) =>
  Object.entries(answers).map(([key, value]) => `${key}:${value}`).join(',');

export const ready = () => send('/readyz');
/** @param {Record<string, any>} filter @param {AbortSignal} [signal] */
export const listProcedures = (filter, signal) =>
  send(`/api/v1/procedures${query(filter)}`, { signal });
/** @param {string} code @param {AbortSignal} [signal] */
export const getProcedure = (code, signal) => send(procedurePath(code), { signal });
export const getChecklist = (code, answers, signal) =>
  send(`${procedurePath(code)}/checklist${query({ answers: pairs(answers) })}`, { signal });
/** A picture that leads a phone to the procedure, in the case that the answers tell of. */
export const qrAddress = (code, answers = {}) =>
  `${procedurePath(code)}/qr.svg${query({ answers: pairs(answers) })}`;

/** A picture that leads a phone to a document that the procedure names. */
export const sourceQr = (code, source) => `${procedurePath(code)}/qr.svg${query({ source })}`;

/** What happens in people's lives, and the procedures it takes. */
export const lifeEvents = () => send('/api/v1/life-events');

/** A short code with which an official opens what the visitor was asking about. */
export const handOver = (body) => send('/api/v1/handoffs', json('POST', body));
export const takeBack = (code) =>
  send(`/api/v1/handoffs/${encodeURIComponent(code)}`, { method: 'DELETE' });

export const openDossier = (procedure) => send('/api/v1/dossiers', json('POST', { procedure }));
export const answerQuestions = (id, answers) =>
  send(`${dossierPath(id)}/answers`, json('PATCH', { answers }));
export const checkDossier = (id) =>
  send(`${dossierPath(id)}/check`, { method: 'POST', patience: READING_PATIENCE_MS });

/** Whether an answer helped: counted, with nothing that was typed. */
export const sendFeedback = (helpful, procedure) =>
  send('/api/v1/feedback', json('POST', { helpful, procedure }));

/** One file a request, so that one bad file does not take the others with it. */
export function uploadFile(id, file, signal) {
  const form = new FormData();
  form.append('file', file, file.name);
  return send(`${dossierPath(id)}/documents`, {
    method: 'POST', body: form, patience: READING_PATIENCE_MS, signal,
  });
}

/** Also works while the page is being closed. */
export const forgetDossier = (id) =>
  send(dossierPath(id), { method: 'DELETE', keepalive: true }).catch((error) => {
    // Already forgotten is what was wanted; a server that is gone keeps it in memory only.
    if (error.code !== 'dossier_not_found') console.warn('dossier not deleted', error.code);
  });

/**
 * Asks a question and tells `on.evidence`, `on.sentence` and `on.done` as the answer grows.
 * Resolves when it is whole; throws a Problem, or an AbortError when `signal` is aborted.
 */
export async function ask(body, on, signal) {
  const silence = new AbortController();
  const leave = () => silence.abort();
  signal.addEventListener('abort', leave);
  let timer = setTimeout(leave, SILENCE_MS);
  let begun = false;
  try {
    const response = await fetch('/api/v1/questions', {
      ...json('POST', body),
      headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
      signal: silence.signal, cache: 'no-store', credentials: 'omit',
    });
    if (!response.ok) throw await problemOf(response);
    for await (const { event, data } of events(response.body)) {
      clearTimeout(timer);
      timer = setTimeout(leave, SILENCE_MS);
      if (signal.aborted || event === 'alive') continue;
      if (event === 'error') throw new Problem(JSON.parse(data).error);
      begun = true;
      on[event]?.(JSON.parse(data));
      if (event === 'done') return;
    }
    throw interrupted();
  } catch (error) {
    if (signal.aborted || error instanceof Problem) throw error;
    // A fault of this page must not be told as a fault of the network.
    if (!(error instanceof TypeError || (error instanceof DOMException && error.name === 'AbortError'))) throw error;
    throw begun ? interrupted() : unreachable();
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', leave);
  }
}

/** Server-sent events out of a byte stream. EventSource cannot POST, hence by hand. */
async function* events(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    rest += value;
    const lines = rest.split(/\r?\n/);
    // A frame ends with an empty line; what follows the last one is not whole yet.
    const end = lines.lastIndexOf('', lines.length - 2);
    if (end < 0) continue;
    rest = lines.slice(end + 1).join('\n');
    for (const frame of lines.slice(0, end).join('\n').split('\n\n')) yield parseFrame(frame);
  }
}

/** Comments are the server's sign of life. */
function parseFrame(frame) {
  let event = 'message';
  const data = [];
  for (const line of frame.split('\n')) {
    if (line.startsWith('event:')) event = line.slice(6).trim();
    if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
  }
  return data.length ? { event, data: data.join('\n') } : { event: 'alive', data: '' };
}
