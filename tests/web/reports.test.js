// What the desk says of a report, and which days it takes for read: pure functions of the page's own modules.

import assert from 'node:assert/strict';
import { test } from 'node:test';

// The modules look at the address when they are loaded.
Object.assign(globalThis, { location: { search: '' } });
const WEB = new URL('../../crates/http/web/', import.meta.url);
const [{ noFindings, papersToSee, rowWords, verdictWords }, { isLikely }, { factName }] = await Promise.all(
  ['counter/forms.js', 'counter/page-view.js', 'view.js'].map((name) => import(new URL(name, WEB))));

let rows = 0;
const row = (state, name, files = []) => ({ row: rows++, state, name, files });
const notShown = ({ row: of }) => ({ rule: 'not-shown', row: of });
const FILE = { name: 'to-khai.pdf', pages: [1] };

test('a complete dossier names what is still to be looked at', () => {
  const passport = row('present_only', 'Hộ chiếu');
  const report = {
    verdict: 'complete',
    components: [row('provided', 'Tờ khai', [FILE]), passport, row('pending', 'Giấy tờ nơi cư trú')],
    findings: [notShown(passport), { rule: 'not-shown', row: null, message: 'Chưa ghi nhận đã xem: Thẻ căn cước.' }],
  };
  assert.deepEqual(papersToSee(report), ['Hộ chiếu', 'Giấy tờ nơi cư trú', 'Thẻ căn cước']);
  assert.equal(noFindings({ ...report, findings: [] }), 'Máy không thấy gì phải sửa.');
});

test('where nothing was found and nothing concluded, what is open is named', () => {
  const report = { verdict: 'needs_human', components: [row('pending', 'Tờ khai'), row('provided', 'Giấy báo tử', [FILE])], questions: [{}] };
  assert.match(noFindings(report), /chưa kết luận được về: Tờ khai\. Trả lời/);
});

test('what was shown is not asked to be looked at, and what was not is', () => {
  const [card, passport] = [row('present_only', 'Thẻ căn cước', [FILE]), row('present_only', 'Hộ chiếu')];
  assert.deepEqual(papersToSee({ components: [card, passport], findings: [notShown(passport)] }), ['Hộ chiếu']);
});

test('no fault is denied while a paper that was brought is open, and those are named first', () => {
  const [open, brought] = [row('pending', 'Biên bản'), row('pending', 'Văn bản ủy quyền', [FILE])];
  const told = (...components) => noFindings({ verdict: 'needs_human', components });
  assert.equal(told(open, brought), 'Máy chưa kết luận được về: Văn bản ủy quyền; Biên bản.');
  const toShow = { ...row('pending', 'Thẻ căn cước', [FILE]), only_shown: true };
  assert.equal(told(toShow, open), 'Máy không thấy lỗi nào, nhưng chưa kết luận được về: Biên bản; Thẻ căn cước.');
  assert.equal(told(row('unreadable', 'Tờ khai')), 'Máy chưa kết luận được về: Tờ khai.');
  assert.equal(told(open), 'Máy không thấy lỗi nào, nhưng chưa kết luận được về: Biên bản.');
});

test('a paper that was brought and is not right is not called missing', () => {
  const wrong = row('missing', 'Văn bản ủy quyền', [FILE]);
  const missing = row('missing', 'Tờ khai');
  assert.deepEqual([rowWords(wrong), rowWords(missing)], ['Chưa đúng', 'Thiếu']);
  const verdict = (...components) => verdictWords({ verdict: 'incomplete', components });
  assert.deepEqual(
    [verdict(wrong), verdict(missing), verdict(wrong, missing)],
    ['Có giấy tờ chưa đúng', 'Còn thiếu', 'Còn thiếu, có giấy tờ chưa đúng'],
  );
});

test('days that no calendar has and hours that no clock shows were misread', () => {
  const date = (text) => isLikely({ kind: 'date', text });
  for (const text of [
    'Ngày sinh: 12/03/1990', 'vào lúc 8 giờ 15 phút, ngày 14 tháng 10 năm 2026', 'ngày 29 tháng 2', 'Ngày cấp: 29/02/2024',
    'từ 31/02/2026 đến 01/03/2026', 'Ngày hết hạn',
  ]) assert.ok(date(text), text);
  for (const text of [
    '22 giờ 410 phút, ngày 44 tháng 10', 'ngày 44 tháng 10 năm 2026', '31/02/2026', '12/13/1990', '12/03/9190', '25 giờ ngày 1 tháng 1',
  ]) assert.ok(!date(text), text);
  assert.ok(isLikely({ kind: 'person', text: 'Trần Thị Lan, 44/10/2026' }));
});

test('a fact is named by its paper or its beginning', () => {
  assert.equal(factName('Nộp: Tờ khai đăng ký khai sinh (bản chính). Ghi đủ.'), 'Tờ khai đăng ký khai sinh');
  assert.equal(factName('Xuất trình: Một giấy tờ tùy thân — Hộ chiếu; hoặc Thẻ căn cước.'), 'Một giấy tờ tùy thân');
  assert.equal(factName('Thời hạn giải quyết: 03 ngày làm việc. Áp dụng khi: Cần xác minh.'), 'Thời hạn giải quyết: 03 ngày làm việc');
  assert.ok(factName('Nhận hồ sơ '.repeat(30)).length <= 71);
});
