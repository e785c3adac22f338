// What the counter asks of the server, signed in by a cookie that scripts cannot read.

import { Problem } from '../api.js';

const PATIENCE_MS = 20_000;
const READING_PATIENCE_MS = 180_000;

async function problemOf(response) {
  try {
    const { error } = await response.json();
    if (error?.message) return new Problem(error);
  } catch {
    // No envelope: told below by the status alone.
  }
  return new Problem({
    code: `http_${response.status}`,
    message: `Máy chủ trả lời không đúng (mã ${response.status}).`,
    hint: 'Thử lại; nếu vẫn lỗi, báo quản trị.',
  });
}

/**
 * One request; resolves to JSON, to a letter with the advice that comes with it (`as: 'letter'`) or to null.
 * @param {string} path
 * @param {RequestInit & {as?: 'json' | 'letter', patience?: number}} options
 */
async function send(path, { as = 'json', patience = PATIENCE_MS, ...options } = {}) {
  let response;
  try {
    response = await fetch(path, {
      ...options, signal: AbortSignal.timeout(patience), cache: 'no-store', credentials: 'same-origin',
    });
  } catch {
    throw new Problem({
      code: 'network', message: 'Chưa kết nối được với máy chủ.',
      hint: 'Kiểm tra mạng của trung tâm rồi thử lại; việc đã lưu không mất.',
    });
  }
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return null;
  if (as === 'json') return response.json();
  return { pdf: await response.blob(), advice: decodeURIComponent(response.headers.get('x-motcua-advice') ?? '') };
}

/** @returns {RequestInit} */
const json = (method, body) => ({
  method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
});

const query = (values) => {
  const given = Object.entries(values).filter(([, value]) => value);
  return given.length ? `?${new URLSearchParams(given)}` : '';
};

const counter = '/api/v1/counter';
const casePath = (code) => `${counter}/cases/${encodeURIComponent(code)}`;
const dossierPath = (id) => `/api/v1/dossiers/${encodeURIComponent(id)}`;

export const signIn = (login, password) => send(`${counter}/sign-in`, json('POST', { login, password }));
export const signOut = () => send(`${counter}/sign-out`, { method: 'POST' });
export const me = () => send(`${counter}/me`);
export const changePassword = (old, fresh) =>
  send(`${counter}/password`, json('POST', { old, new: fresh }));

export const officials = () => send(`${counter}/officials`);
export const addOfficial = (official) => send(`${counter}/officials`, json('POST', official));
export const changeOfficial = (login, change) =>
  send(`${counter}/officials/${encodeURIComponent(login)}`, json('PATCH', change));

export const findProcedures = (q) => send(`/api/v1/procedures${query({ q })}`);
export const procedure = (code) => send(`/api/v1/procedures/${encodeURIComponent(code)}`);
/** `procedure` is in hand, or was chosen for this very question. */
export const askOfficially = (question, procedure, chosen) => send('/api/v1/questions',
  json('POST', { question, audience: 'official', procedure, chosen, model: 'none' }));
export const handoff = (code) => send(`/api/v1/handoffs/${encodeURIComponent(code)}`);

export const openCase = (request) => send(`${counter}/cases`, json('POST', request));
export const cases = (filter) => send(`${counter}/cases${query(filter)}`);
export const caseOf = (code) => send(casePath(code));
export const takeInHand = (code) => send(`${casePath(code)}/dossier`, { method: 'POST' });
export const setState = (code, state) => send(`${casePath(code)}/state`, json('PUT', { state }));
export const eraseCase = (code) => send(casePath(code), { method: 'DELETE' });

export function upload(dossier, file) {
  const form = new FormData();
  form.append('file', file, file.name);
  return send(`${dossierPath(dossier)}/documents`, { method: 'POST', body: form, patience: READING_PATIENCE_MS });
}
export const documents = (dossier) => send(`${dossierPath(dossier)}/documents`);
export const removeDocument = (dossier, name) =>
  send(`${dossierPath(dossier)}/documents${query({ name })}`, { method: 'DELETE' });
export const answer = (dossier, answers) => send(`${dossierPath(dossier)}/answers`, json('PATCH', { answers }));
export const openQuestions = (dossier) => send(`${dossierPath(dossier)}/questions`);
export const check = (dossier) =>
  send(`${dossierPath(dossier)}/check`, { method: 'POST', patience: READING_PATIENCE_MS });
export const decide = (dossier, at, decision, reason) =>
  send(`${dossierPath(dossier)}/findings/${at}/decision`, json('POST', { decision, reason }));
export const letter = (dossier, form, values) =>
  send(`${dossierPath(dossier)}/letters/${form}.pdf${query(values)}`, { as: 'letter', patience: READING_PATIENCE_MS });

export const corpusDesk = () => send(`${counter}/corpus`);
export const showProcedure = (code, shown) =>
  send(`${counter}/corpus/${encodeURIComponent(code)}/shown`, json('PUT', { shown }));
export const procedureFile = (code) => send(`${counter}/corpus/${encodeURIComponent(code)}`);
export const keepFile = (code, file, dryRun) =>
  send(`${counter}/corpus/${encodeURIComponent(code)}`, json('PUT', { file, dry_run: dryRun }));

/** The file with one requirement mended; nothing is kept. */
export const mendRequirement = (code, id, file, requirement) =>
  send(`${counter}/corpus/${encodeURIComponent(code)}/requirements/${encodeURIComponent(id)}`, json('POST', { file, requirement }));

export const statistics = (period) => send(`/api/v1/statistics${query(period)}`);
export const reportAddress = (kind, period) => `${counter}/reports/figures.${kind}${query(period)}`;
