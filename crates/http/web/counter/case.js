// One case: what it says, its versions, and everything that was done to it.

import { button, dateText, el, heading, icon, shortName } from '../view.js';
import * as api from './api.js';
import { STATES, VERDICTS, tag, timeText } from './forms.js';
import { versionsView } from './versions.js';

const ACTIONS = {
  case_opened: 'Mở hồ sơ',
  taken_in_hand: 'Nhận xử lý',
  checked: 'Kiểm tra',
  decided: 'Quyết định',
  letter_printed: 'Soạn phiếu',
  state_set: 'Đổi tình trạng',
  case_erased: 'Xóa nội dung',
};

/** `checked` tells number and verdict, `state_set` a state: in words here. */
function detailText({ action, detail }) {
  if (action === 'checked') {
    const [number, verdict] = detail.split(' ');
    return `lần ${number}: ${VERDICTS[verdict] ?? verdict}`;
  }
  if (action === 'state_set') return STATES[detail] ?? detail;
  return detail;
}

export async function casePage({ parts: [code], official }) {
  const found = await api.caseOf(code ?? '');
  const title = heading(1, `Hồ sơ ${found.code}`);
  const reload = () => dispatchEvent(new HashChangeEvent('hashchange'));
  const erase = async () => {
    if (!confirm('Xóa mọi thông tin cá nhân của hồ sơ này? Không lấy lại được.')) return;
    await api.eraseCase(found.code);
    reload();
  };
  document.title = `${found.code} – Quầy Một Cửa`;
  return {
    focus: () => title.focus(),
    node: el('section', { class: 'page wide' }, title,
      el('p', { class: 'lead', text: shortName(found.name) }),
      el('p', {}, tag(STATES[found.state], found.state), ' ', tag(VERDICTS[found.verdict], found.verdict || 'none'),
        ` · nhận ngày ${dateText(found.received_on)} · ${found.official}`,
        found.applicant ? ` · ${found.applicant}` : ''),
      found.is_erased
        ? el('p', { class: 'notice' }, icon('dash'), 'Nội dung hồ sơ đã xóa; chỉ còn mã, kết quả và quyết định.')
        : el('div', { class: 'actions' },
          el('a', { class: 'button primary', href: `#/ban/${found.code}`, text: found.history.length ? 'Mở lại, nhận bổ sung' : 'Mở bàn xử lý' }),
          found.state === 'withdrawn' ? null : button('Người nộp rút hồ sơ', async () => { await api.setState(found.code, 'withdrawn'); reload(); }, { kind: 'quiet' }),
          official.role === 'official' ? null : button('Xóa theo yêu cầu', erase, { kind: 'quiet', picture: 'cross' })),
      el('h2', { text: 'Các lần kiểm tra' }),
      found.history.length ? versionsView(found.history) : el('p', { text: 'Chưa kiểm tra lần nào.' }),
      el('h2', { text: 'Diễn biến' }),
      el('ol', { class: 'timeline' }, found.timeline.map((done) => el('li', {},
        el('time', { datetime: done.at, text: timeText(done.at) }),
        el('p', {}, el('strong', { text: ACTIONS[done.action] ?? done.action }), ` · ${done.official || 'hệ thống'}`,
          done.detail ? ` · ${detailText(done)}` : ''))))),
  };
}
