// Signing in, and changing one's password.

import { button, el, heading, icon, shownError } from '../view.js';
import * as api from './api.js';
import { field } from './forms.js';

/** What went wrong, read out at once. */
const alertBox = () => el('div', { class: 'form-alert', role: 'alert' });
const told = (error) => {
  const { message, hint } = shownError(error);
  return el('p', { class: 'notice bad' }, icon('alert'), el('span', { text: [message, hint].filter(Boolean).join(' ') }));
};

/** `onSignedIn` gets the official. */
export function signInPage(onSignedIn) {
  const login = field('Tên đăng nhập', { name: 'username', autocomplete: 'username', required: true, autocapitalize: 'none', spellcheck: 'false' });
  const password = field('Mật khẩu', { name: 'password', type: 'password', autocomplete: 'current-password', required: true });
  const wrong = alertBox();
  const node = el('section', { class: 'page narrow' },
    heading(1, 'Đăng nhập quầy tiếp nhận'),
    el('form', {
      class: 'card', on: {
        submit: async (event) => {
          event.preventDefault();
          wrong.replaceChildren();
          try {
            onSignedIn(await api.signIn(login.input.value, password.input.value));
          } catch (error) {
            wrong.replaceChildren(told(error));
            password.input.select();
          }
        },
      },
    },
    login.node, password.node, wrong,
    el('div', { class: 'actions' }, el('button', { type: 'submit', class: 'button primary', text: 'Đăng nhập' }))),
    el('p', { class: 'small', text: 'Chưa có tài khoản nào? Người quản trị máy chủ tạo tài khoản đầu tiên bằng lệnh: motcua officials add TÊN --role admin' }));
  document.title = 'Đăng nhập – Quầy Một Cửa';
  return { node, focus: () => login.input.focus() };
}

export function passwordPage({ onSignedOut }) {
  const old = field('Mật khẩu hiện nay', { type: 'password', autocomplete: 'current-password', required: true });
  const fresh = field('Mật khẩu mới', { type: 'password', autocomplete: 'new-password', required: true, minlength: '10', hint: 'Từ 10 ký tự; một câu dễ nhớ là tốt nhất.' });
  const wrong = alertBox();
  const title = heading(1, 'Đổi mật khẩu');
  const node = el('section', { class: 'page narrow' }, title,
    el('form', {
      class: 'card', on: {
        submit: async (event) => {
          event.preventDefault();
          try {
            await api.changePassword(old.input.value, fresh.input.value);
            onSignedOut();
          } catch (error) {
            wrong.replaceChildren(told(error));
          }
        },
      },
    },
    old.node, fresh.node, wrong,
    el('p', { class: 'small', text: 'Đổi xong, mọi máy đang dùng tài khoản này phải đăng nhập lại.' }),
    el('div', { class: 'actions' },
      el('button', { type: 'submit', class: 'button primary', text: 'Đổi mật khẩu' }),
      button('Thôi', () => history.back(), { kind: 'quiet' }))));
  document.title = 'Đổi mật khẩu – Quầy Một Cửa';
  return { node, focus: () => title.focus() };
}
