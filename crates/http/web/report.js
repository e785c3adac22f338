// What the check of a dossier came to, in words. Never a score: a score has no legal meaning.

import { button, chipGroup, el, fold, heading, icon } from './view.js';

const VERDICTS = {
  complete: ['check', 'Đủ giấy tờ', 'Các giấy tờ theo danh sách đã có đủ. Mời nộp tại quầy.'],
  incomplete: ['alert', 'Còn thiếu giấy tờ', 'Hãy xem những việc cần làm bên dưới, bổ sung rồi kiểm tra lại.'],
  needs_human: ['person', 'Cần cán bộ xem', 'Có chỗ máy chưa đọc được hoặc chưa rõ. Mời đưa hồ sơ cho cán bộ.'],
};

const STATES = {
  missing: ['cross', 'Còn thiếu'],
  unreadable: ['eye', 'Có nhưng chưa đọc được'],
  pending: ['clock', 'Chưa rõ có phải nộp không'],
  provided: ['check', 'Đã có'],
  present_only: ['eye', 'Mang theo để xuất trình'],
  replaced_by_data: ['check', 'Không phải nộp, cán bộ tra cứu được'],
  not_applicable: ['dash', 'Không cần cho trường hợp này'],
};

const SEVERITIES = { blocking: 'Phải bổ sung', warning: 'Nên xem lại', info: 'Lưu ý' };
const COPY_TYPES = {
  original: 'bản chính',
  certified_copy: 'bản sao chứng thực',
  plain_copy: 'bản sao thường',
  original_or_copy: 'bản chính hoặc bản sao',
  electronic: 'bản điện tử',
};

const ANSWER_FIRST = 'Máy chưa rõ trường hợp. Hãy trả lời mấy câu dưới đây; câu nào không chắc thì để cán bộ hỏi.';

/** `answer(key, value)` answers an open question and checks again. */
export function reportView(report, { answer, finish }) {
  const [picture, words, advice] = VERDICTS[report.verdict];
  const title = heading(2, words);
  // What an official looks up is nothing a citizen can answer.
  const questions = report.questions.filter(({ lookup }) => !lookup);
  const answerable = report.verdict === 'needs_human' && questions.length > 0;
  const node = el('article', { class: 'report' },
    el('header', { class: `verdict ${report.verdict}` }, icon(picture),
      el('div', {}, title, el('p', { text: answerable ? ANSWER_FIRST : advice }))),
    el('p', { class: 'notice' }, icon('person'), 'Đây là kết quả máy đối chiếu giúp. Cán bộ tiếp nhận là người quyết định.'),
    openQuestions(questions, answer),
    findings(report.findings),
    componentSection(report.components),
    unassigned(report.unassigned),
    el('div', { class: 'actions no-print' },
      button('In kết quả', () => window.print(), { picture: 'print' }),
      button('Xóa và kết thúc', finish, { kind: 'primary', picture: 'cross' })));
  return { node, title };
}

function findings(list) {
  if (!list.length) return null;
  const order = Object.keys(SEVERITIES);
  const sorted = [...list].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  return el('section', {}, el('h3', { text: 'Việc cần làm' }),
    el('ol', { class: 'findings' }, sorted.map(finding)));
}

function finding({ severity, message, fix, file, page, legal_basis: basis }) {
  const place = file ? `Ở tệp ${file}${page ? `, trang ${page}` : ''}` : null;
  return el('li', { class: `finding ${severity}` },
    el('p', { class: 'tag', text: SEVERITIES[severity] }),
    el('p', {}, el('strong', { text: message })),
    fix ? el('p', { class: 'fix' }, icon('arrow'), el('span', { text: fix })) : null,
    place ? el('p', { class: 'small', text: place }) : null,
    basis.length ? el('p', { class: 'small', text: `Căn cứ: ${basis.join('; ')}` }) : null);
}

/** Only what still decides something is asked. */
function openQuestions(questions, answer) {
  if (!questions.length) return null;
  return el('section', { class: 'card no-print' },
    el('h3', { text: 'Trả lời thêm để kết quả chắc hơn' }),
    el('p', { class: 'small', text: 'Chạm vào câu đúng; máy kiểm tra lại ngay. Không chắc thì để cán bộ hỏi.' }),
    questions.map(({ key, ask, answers }) =>
      chipGroup(ask, answers, null, (value) => { if (value !== null) answer(key, value); }).group));
}

/** What is wanting comes first; what does not concern this case is folded. */
function componentSection(components) {
  const papers = onePerPaper(components);
  const order = Object.keys(STATES);
  const settled = papers.filter(({ state }) => state === 'not_applicable');
  const live = papers.filter(({ state }) => state !== 'not_applicable')
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.row - b.row);
  const basis = [...new Set(components.flatMap((one) => one.legal_basis))];
  return el('section', {}, el('h3', { text: 'Từng giấy tờ' }),
    el('ul', { class: 'components' }, live.map(component)),
    settled.length
      ? fold(`Không cần cho trường hợp này (${settled.length})`, el('ul', { class: 'components' }, settled.map(component)))
      : null,
    basis.length ? el('p', { class: 'small', text: `Căn cứ: ${basis.join('; ')}` }) : null);
}

/** A paper may stand in several rows of the official list; to a citizen it is one paper. */
function onePerPaper(components) {
  const papers = new Map();
  for (const one of components) {
    const key = [one.id || one.row, one.name, one.state, one.reason].join('|');
    const known = papers.get(key);
    if (known) known.files.push(...one.files);
    else papers.set(key, { ...one, files: [...one.files] });
  }
  return [...papers.values()];
}

function component({ name, state, reason, files, required }) {
  const [picture, words] = STATES[state];
  const copy = COPY_TYPES[required.copy_type];
  const many = required.quantity > 1 ? `${required.quantity} bản` : null;
  const wanted = state === 'not_applicable' ? '' : [copy, many].filter(Boolean).join(', ');
  return el('li', { class: `component ${state}` }, icon(picture),
    el('div', {},
      el('p', { class: 'tag', text: words }),
      el('p', { class: 'component-name', text: name }),
      wanted ? el('p', { class: 'small', text: `Cần: ${wanted}` }) : null,
      reason ? el('p', { class: 'small', text: reason }) : null,
      [...new Set(files.map(fileText))].map((text) => el('p', { class: 'small taken' }, icon('file'), text))));
}

function fileText({ name, pages, document_type: type }) {
  return `${name}${pages.length ? `, trang ${pages.join(', ')}` : ''}${type ? ` – ${type}` : ''}`;
}

function unassigned(list) {
  if (!list.length) return null;
  return el('section', {}, el('h3', { text: 'Giấy tờ không thuộc danh sách' }),
    el('p', { class: 'small', text: 'Máy không thấy danh sách cần những giấy này. Không phải nộp nếu cán bộ không yêu cầu.' }),
    el('ul', { class: 'plain-list' }, list.map(({ file, document_type: type }) =>
      el('li', { text: type ? `${file} – ${type}` : file }))));
}
