// Who may sign in, and as what.

import { announce, button, el, heading, problemNotice, shownError } from '../view.js';
import * as api from './api.js';
import { ROLES, field, table, tag } from './forms.js';

export async function officialsPage({ official: me }) {
  const title = heading(1, 'Tài khoản');
  const list = el('div', {});
  const trouble = el('div', {});

  async function change(login, what) {
    trouble.replaceChildren();
    try {
      await api.changeOfficial(login, what);
      await refresh();
      announce(`Đã đổi ${login}`);
    } catch (error) {
      trouble.replaceChildren(problemNotice(shownError(error)));
    }
  }

  async function refresh() {
    const { officials } = await api.officials();
    list.replaceChildren(table('Tài khoản', ['Tên đăng nhập', 'Họ tên', 'Vai trò', 'Tình trạng', 'Việc'], officials.map((one) => [
      one.login, one.name, roleSelect(one, me, change),
      tag(one.is_active ? 'Đang dùng' : 'Đã khóa', one.is_active ? 'accepted' : 'refused'),
      one.login === me.login ? 'bạn' : button(one.is_active ? 'Khóa' : 'Mở khóa', () => change(one.login, { is_active: !one.is_active }), { kind: 'plain', 'aria-label': `${one.is_active ? 'Khóa' : 'Mở khóa'} ${one.login}` }),
    ])));
  }

  await refresh();
  document.title = 'Tài khoản – Quầy Một Cửa';
  return {
    focus: () => title.focus(),
    node: el('section', { class: 'page wide' }, title, list, trouble, addForm(refresh)),
  };
}

function roleSelect({ login, name, role }, me, change) {
  const select = el('select', { 'aria-label': `Vai trò của ${name}`, disabled: login === me.login },
    Object.entries(ROLES).map(([value, text]) => el('option', { value, text, selected: value === role })));
  select.addEventListener('change', () => change(login, { role: select.value }));
  return select;
}

function addForm(refresh) {
  const login = field('Tên đăng nhập', { required: true, autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', hint: 'Chữ thường không dấu, ví dụ lan.nguyen' });
  const name = field('Họ tên', { required: true, autocomplete: 'off' });
  const role = field('Vai trò', { as: 'select', options: Object.entries(ROLES) });
  const password = field('Mật khẩu đầu tiên', { type: 'password', required: true, minlength: '10', autocomplete: 'new-password', hint: 'Từ 10 ký tự; người dùng tự đổi sau.' });
  const trouble = el('div', {});
  const form = el('form', {
    class: 'card', on: {
      submit: async (event) => {
        event.preventDefault();
        trouble.replaceChildren();
        try {
          await api.addOfficial({ login: login.input.value.trim(), name: name.input.value, role: role.input.value, password: password.input.value });
          form.reset();
          await refresh();
          announce('Đã thêm tài khoản');
        } catch (error) {
          trouble.replaceChildren(problemNotice(shownError(error)));
        }
      },
    },
  }, el('h2', { text: 'Thêm tài khoản' }),
  el('div', { class: 'field-row' }, login.node, name.node, role.node, password.node), trouble,
  el('button', { type: 'submit', class: 'button primary', text: 'Thêm' }));
  return form;
}
