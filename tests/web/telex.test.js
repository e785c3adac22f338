// Vietnamese out of plain keys, as hands that know Telex or VNI expect it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

const { erase, press, tone } = await import(new URL('../../crates/http/web/telex.js', import.meta.url));

function typed(keys, mode) {
  let at = { text: '', caret: 0 };
  for (const key of keys) at = press(at.text, at.caret, key, mode);
  return at.text;
}

const TELEX = {
  'ddawng kys khai sinh': 'đăng ký khai sinh', 'Ddaats': 'Đất', 'ddaats': 'đất',
  'cawn cuwowcs coong daan': 'căn cước công dân', 'giaays xacs nhaanj': 'giấy xác nhận', 'nguwowif': 'người',
  'nguowif': 'người', 'nguoiwf': 'người', 'thuowr': 'thuở', 'ruowuj': 'rượu', 'giuwongf': 'giường',
  'hoaf': 'hòa', 'hoafn': 'hoàn', 'thuyr': 'thủy', 'khuyeenr': 'khuyển', 'quas': 'quá', 'quys': 'quý', 'quoocs': 'quốc',
  'gif': 'gì', 'giaf': 'già', 'mieenx': 'miễn', 'muaf': 'mùa', 'muwaf': 'mừa', 'uoongs': 'uống', 'huwu': 'hưu',
  'toanf': 'toàn', 'ngoaif': 'ngoài', 'oanr': 'oản', 'yeeu': 'yêu', 'dend': 'đen', 'CAAPS': 'CẤP', 'Vieejt Nam': 'Việt Nam',
  'aaa': 'aa', 'ddd': 'dd', 'ass': 'as', 'laafz': 'lâ', 'www': 'www', 'web': 'web', 'email': 'email', '12': '12',
};
const VNI = {
  'd9a8ng ky1': 'đăng ký', 'nguoi72': 'người', 'viet65': 'việt', 'giay61': 'giấy', 'duong972': 'đường', 'nuoc71': 'nước',
  'tam5 tru1': 'tạm trú', 'ho65 khau63': 'hộ khẩu', 'thuo73': 'thuở', 'so61 12': 'số 12', '100': '100', 'a11': 'a1',
};

test('Telex', () => {
  for (const [keys, word] of Object.entries(TELEX)) assert.equal(typed(keys, 'telex'), word, keys);
});

test('VNI', () => {
  for (const [keys, word] of Object.entries(VNI)) assert.equal(typed(keys, 'vni'), word, keys);
});

test('plain keys are letters, and a tone is touched after the word', () => {
  assert.equal(typed('dang ky ss', 'plain'), 'dang ky ss');
  const touched = (word, number) => tone(word, word.length, number).text;
  assert.equal(touched('hoan', 2), 'hoàn');
  assert.equal(touched('giấy', 0), 'giây');
  assert.equal(touched('đường', 1), 'đướng');
  assert.equal(touched('xyz', 1), 'xyz');
  assert.equal(touched('', 1), '');
  assert.equal(typed('hòa', 'plain') + press('hòa', 3, 'n', 'plain').text, 'hòahoàn');
});

test('only the word before the caret changes', () => {
  assert.deepEqual(press('xin giay to', 8, 'a', 'telex'), { text: 'xin giây to', caret: 8 });
  assert.deepEqual(press('to khai', 2, 's', 'telex'), { text: 'tó khai', caret: 2 });
});

test('a letter goes with all its marks', () => {
  assert.deepEqual(erase('đường', 3), { text: 'đưng', caret: 2 });
  assert.deepEqual(erase('e\u0302\u0301', 3), { text: '', caret: 0 });
  assert.deepEqual(erase('', 0), { text: '', caret: 0 });
});

test('no key ever loses a letter or a digit', () => {
  const keys = [...'abcdeghiklmnopqrstuvwxyzAEOWD0123456789 .'];
  let seed = 7;
  const next = (most) => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed % most; };
  for (let round = 0; round < 3000; round += 1) {
    const word = Array.from({ length: 1 + next(7) }, () => keys[next(keys.length)]).join('');
    for (const mode of ['telex', 'vni', 'plain']) {
      const text = typed(word, mode);
      assert.equal(text, text.normalize('NFC'), word);
      assert.ok([...text].length <= word.length, word);
      assert.ok(text.length > 0, word);
    }
  }
});
