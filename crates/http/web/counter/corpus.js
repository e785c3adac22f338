// The corpus desk: source words beside what was made of them, mended and approved by a person.

import { announce, button, el, fold, heading, icon, outside, problemNotice, reviewBadge, shortName, shownError } from '../view.js';
import * as api from './api.js';
import { corpusDesk, shownEditor } from './corpus-desk.js';
import { field, table, tag } from './forms.js';
import { mendRow } from './mend-row.js';
import { ownFacts } from './own-facts.js';

export async function corpusPage({ parts: [code] }) {
  const title = heading(1, 'Kho thủ tục');
  const search = field('Tìm thủ tục', { type: 'search', autocomplete: 'off', placeholder: 'Tên hoặc mã' });
  const found = el('ul', { class: 'found', 'aria-label': 'Thủ tục tìm thấy' });
  let timer = null;
  search.input.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(look, 200); });

  async function look() {
    const words = search.input.value.trim();
    if (!words) { found.replaceChildren(); return; }
    try {
      const { procedures } = await api.findProcedures(words);
      found.replaceChildren(...procedures.slice(0, 10).map((one) => el('li', {},
        el('a', { class: 'choice', href: `#/kho/${one.code}` },
          el('span', {}, shortName(one.name), el('span', { class: 'small code-of', text: ` ${one.code}` })), icon('arrow')))));
    } catch (error) {
      found.replaceChildren(el('li', {}, problemNotice(shownError(error), look)));
    }
  }

  document.title = 'Kho thủ tục – Quầy Một Cửa';
  return {
    focus: () => (code ? title.focus() : search.input.focus()),
    node: el('section', { class: 'page wide' }, title, search.node, found,
      code ? editor(await api.procedureFile(code)) : await corpusDesk()),
  };
}

/** What the record says, or the document that a person wrote it from where that record is not loaded. */
function sourceCell({ source_text: words, sources }) {
  return el('div', {}, words ? el('p', { class: 'quote-cell', text: words }) : null,
    sources.map(({ document: name, url }) => el('p', { class: 'small' }, `${words ? '' : 'Người viết theo '}${name} `, outside('mở', url))));
}

const KINDS = { time: 'Thời hạn', fee: 'Phí, lệ phí', place: 'Nơi nộp' };

function editor(read) {
  const { code, name } = read;
  const text = field('Tệp thủ tục', { as: 'textarea', class: 'toml', rows: '28', spellcheck: 'false', hint: 'Sửa xong bấm “Kiểm tra”. Tệp đã duyệt thay bản nháp ngay, kèm tên người duyệt và ngày.' });
  text.input.value = read.file;
  const told = el('div', { role: 'status' });
  const beside = el('div', {});
  const mended = new Set();
  const title = heading(2, `${shortName(name)} · ${code}`);

  const show = ({ requirements, cases, facts, review }) => beside.replaceChildren(
    reviewBadge(review),
    table('Thời hạn, phí, nơi nộp: lời nguồn và điều người dân thấy', ['Mục', 'Lời trong nguồn', 'Người dân thấy'], facts.map((one) => [
      KINDS[one.kind], sourceCell({ source_text: one.source_texts.join('\n'), sources: one.sources }), el('ul', { class: 'plain-list' }, one.texts.map((words) => el('li', { text: words }))),
    ])),
    table('Lời nguồn và bản biên dịch', ['Dòng', 'Lời trong nguồn', 'Người dân thấy'], requirements.map((one) => [
      one.rows.map((row) => row + 1).join(', '), sourceCell(one), readCell(one, cases),
    ])));

  /** What was made of a row; its form is made when somebody opens it, as a list may have forty rows. */
  function readCell(one, cases) {
    const box = el('div', {});
    const opened = fold('Sửa dòng này', box);
    opened.id = `mend-${one.id}`;
    opened.addEventListener('toggle', () => {
      if (opened.open && !box.hasChildNodes()) box.append(mendRow(one, cases, (form) => mend(one.id, form)));
    });
    const isMended = mended.has(one.id);
    return el('div', {}, el('p', { text: one.text }), isMended ? tag('Đã sửa, chưa duyệt', 'warn') : null, one.pending ? tag('Máy chưa đọc được ai cần: phải chọn', 'warn') : null, opened);
  }

  async function mend(id, form) {
    const read = await api.mendRequirement(code, id, text.input.value, form);
    text.input.value = read.file;
    mended.add(id);
    show(read);
    tell('Đã ghi vào tệp; tệp đúng dạng. Bấm “Duyệt và dùng” khi sửa xong.');
    // The row was made anew; one that is but a note now has gone.
    (document.getElementById(`mend-${id}`)?.firstElementChild ?? title).focus();
  }

  const tell = (words) => {
    told.replaceChildren(el('p', { class: 'notice' }, icon('check'), words));
    announce(words);
  };

  async function keep(dryRun) {
    told.replaceChildren();
    try {
      const kept = await api.keepFile(code, text.input.value, dryRun);
      if (!dryRun) mended.clear();
      show(dryRun ? kept : await approved());
      tell(dryRun ? 'Tệp đúng dạng.' : 'Đã duyệt và đang dùng.');
    } catch (error) {
      const { message, hint } = shownError(error);
      told.replaceChildren(el('div', { class: 'notice bad', role: 'alert' }, el('strong', { text: message }),
        el('pre', { class: 'problems', text: hint })));
    }
  }

  /** The server takes the file in within a second. */
  async function approved() {
    for (let turn = 0; turn < 10; turn += 1) {
      const now = await api.procedureFile(code);
      if (now.review.state === 'approved') { text.input.value = now.file; return now; }
      await new Promise((resolve) => { setTimeout(resolve, 300); });
    }
    return api.procedureFile(code);
  }

  show(read);
  return el('section', {}, title, shownEditor(read), beside,
    ownFacts(text.input, () => keep(true)), fold('Sửa thẳng trong tệp (TOML)', text.node), told,
    el('div', { class: 'actions' },
      button('Kiểm tra', () => keep(true), { picture: 'eye' }),
      button('Duyệt và dùng', () => { if (confirm('Duyệt tệp này dưới tên của bạn?')) keep(false); }, { kind: 'primary', picture: 'check' })));
}
