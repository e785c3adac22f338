// An official's day at the counter: by mouse, by keyboard alone, and every page as others see it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { BASE, SIZES, accessible, counter, picture, settled, visit, withBrowser } from './support.js';

withBrowser();

const PAPER = {
  name: 'giay-chung-sinh.txt',
  mimeType: 'text/plain',
  buffer: Buffer.from('GIẤY CHỨNG SINH\nHọ và tên mẹ: Vũ Thị Mận\nĐã sinh con vào lúc: 8 giờ 15 ngày 14 tháng 10 năm 2026\n'),
};

/** A page with these lines of text, each so many points from the bottom. */
function pdf(name, lines) {
  const text = lines.map(([up, line]) => `BT /F1 14 Tf 60 ${up} Td (${line}) Tj ET`).join('\n');
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Count 1/Kids[3 0 R]>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${text.length}>>stream\n${text}\nendstream\n`, '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, at) => { const offset = file.length; file += `${at + 1} 0 obj${object}endobj\n`; return offset; });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 6\n0000000000 65535 f \n${table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n${file.length}\n%%EOF`;
  return { name, mimeType: 'application/pdf', buffer: Buffer.from(file, 'latin1') };
}

const STRAY = pdf('giay xe.pdf', [
  [760, 'CONG HOA XA HOI CHU NGHIA VIET NAM'], [700, 'GIAY CHUNG NHAN DANG KY XE'],
  [640, 'Ho va ten: Tran Thi Lan'], [600, 'Ngay, thang, nam sinh: 12/03/1990'], [560, 'Dang ky lan dau ngay 05/06/2020'],
]);

/** Opens a case of a birth registration; the desk is shown. */
async function openCase(page, applicant) {
  await page.goto(`${BASE}/counter#/tiep-nhan/1.001193`);
  await page.getByLabel('Người nộp').fill(applicant);
  await page.keyboard.press('Enter');
  await page.locator('.desk').waitFor();
}

test('an official receives a dossier, decides, prints and finds it again', () => counter(async (page) => {
  await openCase(page, 'Vũ Thị Mận');
  await page.locator('#desk-files').setInputFiles(PAPER);
  await page.locator('.papers li', { hasText: PAPER.name }).waitFor();
  await page.getByRole('button', { name: 'Kiểm tra (K)' }).click();
  await page.locator('.verdict').waitFor();
  for (const [ask, answer] of [['trường hợp nào', /không thuộc/], ['hình thức nào', 'Trực tiếp'], ['Ai đi làm', 'Cha hoặc mẹ']]) {
    const question = page.locator('.desk-result > .card > fieldset.question', { hasText: ask });
    if (!await question.count()) continue;
    await question.locator('.chip', { hasText: answer }).first().click();
    await page.locator('.desk-result .fold', { hasText: 'Đã trả lời' }).waitFor();
    await page.locator('.verdict').waitFor();
  }
  await page.locator('.papers button', { hasText: PAPER.name }).first().click();
  await page.locator('.read-lines', { hasText: 'Vũ Thị Mận' }).waitFor();
  await accessible(page, 'desk');
  await picture(page, 'counter-desk');
  await page.getByLabel('Lý do của cán bộ').fill('Bổ sung sổ hộ khẩu');
  await page.locator('.letters .button', { hasText: '02' }).click();
  await page.locator('.letter-preview .warn', { hasText: 'không yêu cầu nộp: Sổ hộ khẩu' }).waitFor();
  await page.locator('.letter-preview button', { hasText: 'Đã giao phiếu 02' }).click();
  await page.locator('.letter-preview .notice', { hasText: 'Chờ bổ sung' }).waitFor();
  const finding = page.locator('.finding').first();
  await finding.getByRole('button', { name: 'Bác (X)' }).click();
  await finding.getByLabel('Lý do bác').fill('Đã xem bản giấy tại quầy');
  await page.keyboard.press('Enter');
  await finding.locator('.decided', { hasText: 'Đã xem bản giấy' }).waitFor();
  const code = (await page.locator('h1').innerText()).replace('Hồ sơ ', '');

  await page.keyboard.press('Alt+q');
  await page.getByLabel('Tìm').fill('Mận');
  await page.locator('td a', { hasText: code }).waitFor();
  // A scanner's way: the code, and Enter.
  await page.getByLabel('Tìm').fill(code);
  await page.keyboard.press('Enter');
  await page.locator('.timeline').waitFor();
  const timeline = await page.locator('.timeline').innerText();
  for (const words of ['Mở hồ sơ', 'Kiểm tra', 'bác phát hiện 1', 'Soạn phiếu']) assert.ok(timeline.includes(words), `${words}: ${timeline}`);
  await accessible(page, 'case');
  await picture(page, 'counter-case');
  await page.getByRole('link', { name: 'Mở lại, nhận bổ sung' }).click();
  await page.locator('.finding[data-decided=rejected]').waitFor();
}));

test('where a thing was read is marked on the picture of its page, by mouse and by keyboard', () => counter(async (page) => {
  await openCase(page, 'Trần Thị Lan');
  await page.locator('#desk-files').setInputFiles([STRAY, PAPER]);
  await page.locator('.papers li', { hasText: PAPER.name }).waitFor();
  await page.locator('.papers button', { hasText: STRAY.name }).first().click();
  const shown = page.getByAltText(`Ảnh trang 1 của ${STRAY.name}`);
  await shown.waitFor();
  await page.waitForFunction(() => document.querySelector('.page-picture')?.naturalWidth > 0);
  await page.locator('.read-facts .chip', { hasText: '12/03/1990' }).click();
  assert.equal(await page.locator('.picture-marks rect').count(), 1);
  assert.match(await page.locator('.read-lines [aria-current]').innerText(), /12\/03\/1990/);
  assert.match(await page.locator('.marked-told').innerText(), /12\/03\/1990/);
  // The mark lies on the picture where the line stands: 600 of 842 points from the bottom.
  const [mark, whole] = [await page.locator('.picture-marks rect').boundingBox(), await shown.boundingBox()];
  const middle = (mark.y + mark.height / 2 - whole.y) / whole.height;
  assert.ok(Math.abs(middle - (1 - 605 / 842)) < 0.01, `${middle}`);
  await accessible(page, 'marked');
  await picture(page, 'counter-desk-marked');
  // A text has no picture: the line is marked.
  await page.locator('.papers button', { hasText: PAPER.name }).first().click();
  await page.locator('.read-facts .chip', { hasText: 'Vũ Thị Mận' }).click();
  assert.equal(await page.locator('.page-picture').count(), 0);
  assert.match(await page.locator('.read-lines .marked').innerText(), /Vũ Thị Mận/);
  // By keyboard: the finding keeps the focus while its place is shown.
  await page.locator('h1').focus();
  await page.keyboard.press('k');
  const finding = page.locator('.finding', { hasText: STRAY.name });
  await finding.waitFor();
  await finding.focus();
  await page.keyboard.press('v');
  await page.locator('.picture-marks rect').first().waitFor();
  assert.match(await page.locator('.read-lines .marked').first().innerText(), /DANG KY XE/);
  assert.ok(await finding.evaluate((node) => node === document.activeElement));
  // Taken in hand again, by anybody: the pages are still there.
  await page.reload();
  await page.locator('.papers button', { hasText: STRAY.name }).first().click();
  await page.waitForFunction(() => document.querySelector('.page-picture')?.naturalWidth > 0);
}));

test('whom the kiosk hands over arrives with procedure, question and answers', () => counter(async (page) => {
  const response = await fetch(`${BASE}/api/v1/handoffs`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ procedure: '1.001193', question: 'làm khai sinh cho cháu', answers: { hinh_thuc_nop: 'truc_tiep' } }),
  });
  const { code } = await response.json();
  await page.getByLabel('Mã hẹn').fill(code);
  await page.keyboard.press('Enter');
  await page.locator('.notice', { hasText: 'làm khai sinh cho cháu' }).waitFor();
  assert.match(await page.locator('.notice').first().innerText(), /hình thức nào\? Trực tiếp/);
  await page.getByLabel('Người nộp').fill('Vũ Thị Mận');
  await page.keyboard.press('Enter');
  await page.locator('.desk').waitFor();
  await page.keyboard.press('k');
  await page.locator('.desk-result .fold', { hasText: 'Đã trả lời (1)' }).waitFor();
}));

test('a dossier is checked and decided by keyboard alone', () => counter(async (page) => {
  await page.locator('input[type=search]').focus();
  await page.keyboard.type('khai sinh');
  await page.locator('.found button').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Trần Hải');
  await page.keyboard.press('Enter');
  await page.locator('.desk').waitFor();
  await page.keyboard.press('k');
  await page.locator('.finding').first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('y');
  await page.locator('.finding[data-decided=accepted]').waitFor();
}, { touch: false }));

const PAGES = {
  'tiep-nhan': '.found', 'hang-doi': '.table-box, .notice', 'hoi/1.001193/1.004194': 'table',
  kho: '.card', 'kho/1.001193': 'textarea', 'thong-ke': '.tiles', 'tai-khoan': 'table', 'mat-khau': 'form',
};

test('a procedure is pinned and let go at the corpus desk, and who did it is told', () => counter(async (page) => {
  const set = async (words) => {
    await page.goto(`${BASE}/counter#/kho/1.004194`);
    await page.locator('fieldset .chip', { hasText: words }).click();
    await page.locator('.notice', { hasText: `Đã ghi: ${words}` }).waitFor();
  };
  // The card of what this centre shows otherwise; another one names it among those whose law changed.
  const pinned = page.locator('.card').first().locator('li a', { hasText: '1.004194' });
  /** The server takes it in within a second. */
  const until = async (count) => {
    await page.goto(`${BASE}/counter#/kho`);
    for (let turn = 0; turn < 20; turn += 1) {
      await page.reload();
      await page.locator('.card').first().waitFor();
      if (await pinned.count() === count) return;
      await page.waitForTimeout(300);
    }
    assert.fail(`not listed ${count} times`);
  };
  await set('Ghim lên đầu danh sách');
  await until(1);
  await pinned.click();
  await page.locator('.fold', { hasText: 'Ai đã làm gì' }).click();
  await page.locator('.timeline', { hasText: 'Ghim lên đầu' }).waitFor();
  await accessible(page, 'shown');
  await set('Hiện như thường');
  await until(0);
}));

for (const size of Object.keys(SIZES)) {
  test(`every page of the counter is accessible and fits (${size})`, () => counter(async (page) => {
    for (const [path, there] of Object.entries(PAGES)) {
      await page.goto(`${BASE}/counter#/${path}`);
      await page.locator(`main ${there}`).first().waitFor({ state: 'attached' });
      await settled(page);
      await accessible(page, path);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${path} is ${over} pixels too wide`);
      await picture(page, `counter-${path.replaceAll('/', '-')}-${size}`);
    }
  }, { size }));
}

test('a wrong password is told, and nothing of the counter is shown without one', () => visit('/counter', async (page) => {
  await accessible(page, 'sign-in');
  await page.locator('input[name=username]').fill('khong.co');
  await page.locator('input[name=password]').fill('mat khau sai roi');
  await page.keyboard.press('Enter');
  await page.locator('.form-alert', { hasText: 'không đúng' }).waitFor();
  await page.goto(`${BASE}/counter#/hang-doi`);
  await page.locator('input[name=username]').waitFor();
  assert.equal(await page.locator('table').count(), 0);
}, { size: 'wide', quiet: false }));
