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

/** Pages alike with these lines of text, each so many points from the bottom. */
function pdf(name, lines, pages = 1) {
  const text = lines.map(([up, line]) => `BT /F1 14 Tf 60 ${up} Td (${line}) Tj ET`).join('\n');
  const kids = Array.from({ length: pages }, (_, at) => `${at + 5} 0 R`);
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>', `<</Type/Pages/Count ${pages}/Kids[${kids.join(' ')}]>>`,
    `<</Length ${text.length}>>stream\n${text}\nendstream\n`, '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    ...kids.map(() => '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R/Resources<</Font<</F1 4 0 R>>>>>>'),
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, at) => { const offset = file.length; file += `${at + 1} 0 obj${object}endobj\n`; return offset; });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${file.length}\n%%EOF`;
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
  // Nothing is decided yet: the page says so, and the server asks for a reason.
  await page.locator('.letters .warn', { hasText: 'phát hiện chưa quyết' }).waitFor();
  await page.locator('.letters .button', { hasText: '02' }).click();
  await page.locator('.letter-preview .bad', { hasText: 'chưa lập được phiếu 02' }).waitFor();
  await page.getByLabel('Lý do của cán bộ').fill('Bổ sung sổ hộ khẩu');
  await page.locator('.letters .button', { hasText: '02' }).click();
  await page.locator('.letter-preview .warn', { hasText: 'không yêu cầu nộp: Sổ hộ khẩu' }).waitFor();
  await page.locator('.letter-preview button', { hasText: 'Đã giao phiếu 02' }).click();
  await page.locator('.letter-preview .notice', { hasText: 'Chờ bổ sung' }).waitFor();
  const finding = page.locator('.finding[data-at="0"]');
  const rejected = await finding.locator('strong').innerText();
  // A click in the very frame of a scroll would go to the viewer of the letter, which was there before.
  await finding.scrollIntoViewIfNeeded();
  await settled(page);
  await finding.getByRole('button', { name: 'Bác (X)' }).click();
  await finding.getByLabel('Lý do bác').fill('Đã xem bản giấy tại quầy');
  await page.keyboard.press('Enter');
  await finding.locator('.decided', { hasText: 'Đã xem bản giấy' }).waitFor();
  const code = (await page.locator('h1').innerText()).replace('Hồ sơ ', '');

  await page.keyboard.press('Alt+q');
  await page.getByLabel('Tìm').fill('Mận');
  await page.locator('td a', { hasText: code }).waitFor();
  // Narrowed by what was handed in, what was found and by whom.
  await page.locator('summary', { hasText: 'Lọc thêm' }).click();
  await page.getByLabel('Thủ tục', { exact: true }).selectOption('1.001193');
  await page.getByLabel('Của ai').selectOption({ label: process.env.MOTCUA_OFFICIAL });
  await page.getByLabel('Máy đối chiếu').selectOption('complete');
  await page.locator('td a', { hasText: code }).waitFor({ state: 'detached' });
  await page.getByLabel('Máy đối chiếu').selectOption('');
  await page.getByLabel('Nhận từ ngày').fill('01/01/2026');
  await page.keyboard.press('Tab');
  await page.locator('td a', { hasText: code }).waitFor();
  await accessible(page, 'queue');
  // A scanner's way: the code, and Enter.
  await page.getByLabel('Tìm').fill(code);
  await page.keyboard.press('Enter');
  await page.locator('.timeline').waitFor();
  await page.locator('.version .finding[data-decided=rejected]', { hasText: 'Đã xem bản giấy' }).waitFor();
  const timeline = await page.locator('.timeline').innerText();
  for (const words of ['Mở hồ sơ', 'Kiểm tra', 'bác phát hiện 1', `“${rejected}”`, 'Soạn phiếu']) assert.ok(timeline.includes(words), `${words}: ${timeline}`);
  await accessible(page, 'case');
  await picture(page, 'counter-case');
  await page.getByRole('link', { name: 'Mở lại, nhận bổ sung' }).click();
  await page.locator('.finding[data-decided=rejected]').waitFor();
  // What comes later is another version; the earlier one stays as it was.
  await page.locator('#desk-files').setInputFiles(STRAY);
  await page.locator('.papers li', { hasText: STRAY.name }).waitFor();
  await page.keyboard.press('k');
  await page.locator('.finding', { hasText: STRAY.name }).waitFor();
  await page.getByRole('link', { name: 'Lịch sử hồ sơ' }).click();
  const versions = page.locator('details:has(.version)');
  await versions.first().locator('.changes dd', { hasText: STRAY.name }).first().waitFor();
  // The one before was decided on; it stays as it was.
  await versions.nth(1).locator('summary').first().click();
  await versions.nth(1).locator('.finding[data-decided=rejected]').waitFor();
  await accessible(page, 'versions');
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

/** Papers, the first of three pages, with something to be read near the top, where a list that stays lies over it. */
const MANY = [1, 2, 3, 4, 5].map((at) => pdf(`giay to so ${at} voi mot ten rat dai de khong vua mot dong.pdf`, [
  [800, 'CONG HOA XA HOI CHU NGHIA VIET NAM'], [780, 'Ho va ten: Tran Thi Lan'], [400, 'Ngay, thang, nam sinh: 12/03/1990'],
], at === 1 ? 3 : 1));
const LAPTOP = { width: 1366, height: 768 };

for (const [name, viewport] of Object.entries({ wide: SIZES.wide, laptop: LAPTOP })) {
  test(`what is marked lies in sight below the list of papers, which shows that more follow (${name})`, () => counter(async (page) => {
    await openCase(page, 'Trần Thị Lan');
    await page.locator('#desk-files').setInputFiles(MANY);
    await page.locator('.papers li', { hasText: MANY.at(-1).name }).waitFor();
    await page.locator('.papers li:not(.reading)').nth(4).waitFor();
    await page.locator('.papers button', { hasText: MANY[0].name }).first().click();
    await page.waitForFunction(() => document.querySelector('.page-picture')?.naturalWidth > 0);
    for (const words of ['12/03/1990', 'Tran Thi Lan']) {
      await page.locator('.read-facts .chip', { hasText: words }).click();
      // From below and from above: what lies there is the page and nothing else.
      const over = await page.locator('.picture-marks rect').evaluate((mark) => {
        const { left, width, top, bottom } = mark.getBoundingClientRect();
        return [top + 2, bottom - 2].map((y) => document.elementsFromPoint(left + width / 2, y)
          .find((one) => !one.closest('.picture-marks'))?.className);
      });
      assert.deepEqual(over, ['page-picture', 'page-picture'], words);
      // The way to the other pages is whole.
      const ways = await page.locator('.paper-pages .chip').evaluateAll((chips) => chips.map((chip) => {
        const { left, width, top, bottom } = chip.getBoundingClientRect();
        return [top + 2, bottom - 2].every((y) => chip.contains(document.elementFromPoint(left + width / 2, y)));
      }));
      assert.deepEqual(ways, [true, true, true], words);
    }
    await page.locator('.papers-count', { hasText: `${MANY.length} giấy tờ` }).waitFor();
    // Half a name at the lower edge, and no other is cut.
    const cut = await page.locator('.papers').evaluate((list) => {
      const { top, bottom } = list.getBoundingClientRect();
      return [...list.children].map((row) => row.getBoundingClientRect())
        .filter((row) => row.top < bottom - 2 && row.bottom > bottom + 2 || row.top < top - 2 && row.bottom > top + 2)
        .map((row) => (bottom - row.top) / row.height);
    });
    assert.equal(cut.length, 1, `${cut}`);
    assert.ok(cut[0] > 0.4 && cut[0] < 0.6, `${cut}`);
    await page.locator('.paper-pages .chip', { hasText: 'Trang 3' }).click();
    await page.getByAltText(`Ảnh trang 3 của ${MANY[0].name}`).waitFor();
  }, { viewport }));
}

test('verdict and the way to the letters stay in sight, however far down one reads', () => counter(async (page) => {
  await openCase(page, 'Trần Thị Lan');
  await page.locator('#desk-files').setInputFiles(PAPER);
  await page.locator('.papers li', { hasText: PAPER.name }).waitFor();
  await page.getByRole('button', { name: 'Kiểm tra (K)' }).click();
  await page.locator('.verdict').waitFor();
  await page.locator('.rows li').last().scrollIntoViewIfNeeded();
  const { y, height } = await page.locator('.verdict').boundingBox();
  assert.ok(y >= 0 && y + height < SIZES.wide.height, `${y}`);
  await page.locator('.verdict button', { hasText: 'Soạn phiếu' }).click();
  assert.ok(await page.evaluate(() => document.activeElement.matches('.letters .button')));
}));

test('the verdict lies over no half of a field while a letter is written', () => counter(async (page) => {
  // A bar of several lines: papers that are only shown were not seen.
  await page.route('**/check', async (route) => {
    const response = await route.fetch();
    const report = await response.json();
    const components = report.components.map((row) => ({ ...row, state: 'present_only', files: [] }));
    const findings = components.map(({ row }) => ({ ...report.findings[0], rule: 'not-shown', severity: 'info', row, file: null }));
    await route.fulfill({ response, json: { ...report, verdict: 'complete', components, findings } });
  });
  await openCase(page, 'Trần Thị Lan');
  await page.locator('#desk-files').setInputFiles(PAPER);
  await page.locator('.papers li', { hasText: PAPER.name }).waitFor();
  await page.getByRole('button', { name: 'Kiểm tra (K)' }).click();
  await page.locator('.verdict', { hasText: 'Còn phải xem tận mắt' }).waitFor();
  const halfHidden = () => page.locator('.letters').evaluate((letters) => {
    const { bottom } = document.querySelector('.verdict').getBoundingClientRect();
    return [...letters.querySelectorAll('h3, input, textarea, .button, .notice')]
      .filter((one) => { const { top, bottom: end } = one.getBoundingClientRect(); return top < bottom - 1 && end > bottom + 1; })
      .map((one) => one.textContent || one.tagName);
  });
  await page.locator('.verdict button', { hasText: 'Soạn phiếu' }).click();
  assert.deepEqual(await halfHidden(), []);
  await page.getByLabel('Lý do của cán bộ').fill('Bổ sung giấy tờ còn thiếu');
  await page.locator('.letters .button', { hasText: '02' }).click();
  await page.locator('.letter-preview iframe').waitFor();
  assert.deepEqual(await halfHidden(), []);
  assert.ok(await page.evaluate(() => document.activeElement.textContent === 'Mở để in'));
}, { viewport: LAPTOP }));

test('on a phone the button for the letters goes under the words of the verdict', () => counter(async (page) => {
  await openCase(page, 'Trần Thị Lan');
  await page.locator('#desk-files').setInputFiles(PAPER);
  await page.locator('.papers li', { hasText: PAPER.name }).waitFor();
  await page.getByRole('button', { name: 'Kiểm tra (K)' }).click();
  await page.locator('.verdict').waitFor();
  const [words, way] = await Promise.all(['h2', 'button:last-child'].map((part) => page.locator(`.verdict ${part}`).last().boundingBox()));
  assert.ok(way.y >= words.y + words.height, `${way.y} under ${words.y + words.height}`);
  assert.ok(words.width > SIZES.phone.width / 2, `${words.width}`);
}, { size: 'phone' }));

test('a file that serves for nothing is named at the desk, and opens', () => counter(async (page) => {
  const other = { name: 'meo.txt', mimeType: 'text/plain', buffer: Buffer.from('Con mèo trèo cây cau\nHỏi thăm chú chuột đi đâu vắng nhà\n') };
  await openCase(page, 'Vũ Thị Mận');
  await page.locator('#desk-files').setInputFiles([PAPER, other]);
  await page.locator('.papers li', { hasText: other.name }).waitFor();
  await page.locator('.papers li:not(.reading)').nth(1).waitFor();
  await page.getByRole('button', { name: 'Kiểm tra (K)' }).click();
  const section = page.locator('.desk-result section', { hasText: 'Tệp không dùng vào việc nào' });
  await section.getByRole('button', { name: other.name }).click();
  await page.locator('.viewer-title', { hasText: other.name }).waitFor();
  assert.equal(await section.getByRole('button').count(), 1, 'only what serves for nothing');
  await accessible(page, 'strays');
}));

test('whoever may not open a page is told why another one is shown', () => counter(async (page) => {
  await page.route('**/api/v1/counter/me', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...await response.json(), role: 'official' } });
  });
  await page.goto(`${BASE}/counter#/thong-ke`);
  await page.reload();
  await page.locator('.notice[role=alert]', { hasText: 'Trang “Thống kê” chỉ dành cho: Lãnh đạo, Quản trị' }).waitFor();
  await page.locator('h1', { hasText: 'Tiếp nhận hồ sơ' }).waitFor();
  await accessible(page, 'refused');
}));

test('what a paper that was read settles is not asked before the check', () => counter(async (page) => {
  await openCase(page, 'Vũ Thị Mận');
  const asked = page.locator('.desk-result .card > fieldset.question legend');
  await asked.first().waitFor();
  const before = await asked.allInnerTexts();
  assert.ok(before.some((ask) => ask.includes('Có Giấy chứng sinh không')), `${before}`);
  await page.locator('#desk-files').setInputFiles(PAPER);
  await page.locator('.papers li', { hasText: PAPER.name }).waitFor();
  await page.locator('.desk-result legend', { hasText: 'Có Giấy chứng sinh không' }).waitFor({ state: 'detached' });
  assert.ok((await asked.allInnerTexts()).length < before.length);
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

test('whom the kiosk hands over with a question only is led to what it may be about', () => counter(async (page) => {
  const response = await fetch(`${BASE}/api/v1/handoffs`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ question: 'đăng ký tạm trú' }),
  });
  const { code } = await response.json();
  await page.getByLabel('Mã hẹn').fill(code);
  await page.keyboard.press('Enter');
  await page.locator('.found button', { hasText: '1.004194' }).waitFor();
  assert.ok(await page.evaluate(() => document.activeElement.matches('.found button')), 'the first is one key away');
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
  kho: '.card', 'kho/1.001193': '.table-box', 'thong-ke': '.tiles', 'tai-khoan': 'table', 'mat-khau': 'form',
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

test('an official is told the law first, chooses among what fits, asks on and compares with any other procedure', () => counter(async (page) => {
  await page.goto(`${BASE}/counter#/hoi`);
  const ask = async (words) => {
    await page.getByLabel('Câu hỏi, tên, mã').fill(words);
    await page.keyboard.press('Enter');
  };
  await ask('lệ phí đăng ký tạm trú');
  await page.getByRole('heading', { name: '1.004194' }).waitFor();
  const groups = await page.locator('main .fold > summary').allInnerTexts();
  assert.match(groups[0], /Căn cứ pháp lý/);
  // Amounts in columns: how much, by which way, in which case.
  const fees = page.getByRole('region', { name: 'Phí, lệ phí' });
  await fees.locator('tr', { hasText: '7.000 đồng' }).locator('td', { hasText: 'Nộp qua mạng' }).waitFor();
  await accessible(page, 'looked up');
  // What is asked next is about the same procedure.
  await ask('mất bao lâu');
  await page.locator('.quote-cell', { hasText: '03 ngày làm việc' }).first().waitFor();
  await page.getByRole('button', { name: 'hỏi việc khác' }).click();
  // A question that fits several procedures is answered with a touch.
  await ask('xin bản sao giấy tờ');
  const chips = page.locator('main .chips .chip');
  await chips.first().waitFor();
  const [, code] = (await chips.first().innerText()).split(' · ');
  await chips.first().click();
  await page.getByRole('heading', { name: code }).waitFor();
  // A document that nobody cites: words for whoever stands at the counter.
  await page.getByRole('button', { name: 'hỏi việc khác' }).click();
  await ask('999/2031/NĐ-CP');
  await page.locator('.notice', { hasText: 'văn bản hoặc điều này' }).waitFor();
  assert.doesNotMatch(await page.locator('.notice').first().innerText(), /gặp cán bộ|Ông\/bà/);

  await page.goto(`${BASE}/counter#/hoi/1.004194`);
  await page.getByLabel('So sánh với').fill('khai sinh');
  await page.locator('.found button', { hasText: '1.001193' }).click();
  await page.locator('th', { hasText: 'Đăng ký khai sinh' }).waitFor();
  await page.locator('td .differs', { hasText: '7.000 đồng mỗi lần đăng ký (Nộp qua mạng; khi: Cá nhân, hộ gia đình)' }).waitFor();
  await accessible(page, 'compared');
}));

test('a centre writes its own fee into a procedure\'s file by a form', () => counter(async (page) => {
  await page.goto(`${BASE}/counter#/kho/1.004194`);
  await page.getByRole('region', { name: 'Thời hạn, phí, nơi nộp' }).locator('td', { hasText: '03 ngày làm việc' }).first().waitFor();
  await page.locator('summary', { hasText: 'Mức thu và thời hạn riêng' }).click();
  const fee = page.locator('.own-fact', { hasText: 'Nộp trực tiếp; khi: Cá nhân, hộ gia đình' });
  await fee.getByLabel('Mức thu (đồng)').fill('20.000');
  const time = page.locator('.own-fact', { hasText: 'Thời hạn giải quyết' });
  await time.getByLabel('Thời hạn').fill('2');
  await page.getByLabel('Theo văn bản nào').fill('Nghị quyết 12/2025/NQ-HĐND');
  await page.getByRole('button', { name: 'Ghi vào tệp và kiểm tra' }).click();
  await page.locator('.notice', { hasText: 'Tệp đúng dạng' }).waitFor();
  const file = await page.locator('textarea.toml').inputValue();
  assert.match(file, /amount = 20000\n.*text = "20\.000 đồng mỗi lần đăng ký"/s);
  assert.match(file, /amount = 2\n[^[]*text = "02 ngày làm việc"/);
  assert.match(file, /document = "Nghị quyết 12\/2025\/NQ-HĐND"/);
  // What people will read is shown before anybody approves it.
  await page.locator('td li', { hasText: '20.000 đồng mỗi lần đăng ký' }).waitFor();
  await page.locator('summary', { hasText: 'Sửa thẳng trong tệp' }).click();
  const tall = await page.locator('textarea.toml').evaluate((box) => box.clientHeight / innerHeight);
  assert.ok(tall > 0.5, `${tall} of the screen`);
  await accessible(page, 'own fees');
}));

test('a row of a list is mended by a form, and nothing counts before it is approved', () => counter(async (page) => {
  await page.goto(`${BASE}/counter#/kho/1.004194`);
  const list = page.getByRole('region', { name: 'Lời nguồn và bản biên dịch' });
  const row = list.locator('tr', { hasText: 'Tờ khai thay đổi thông tin cư trú' }).first();
  await row.locator('summary', { hasText: 'Sửa dòng này' }).click();
  await row.getByLabel('Loại bản').first().selectOption('certified_copy');
  await row.getByLabel('Số bản').first().fill('2');
  await row.getByLabel('Lời dặn thêm').fill('Ký trước mặt cán bộ.');
  await accessible(page, 'a row being mended');
  await row.getByRole('button', { name: 'Ghi dòng này vào tệp' }).click();
  await page.locator('.notice', { hasText: 'Đã ghi vào tệp' }).waitFor();
  assert.match(await page.locator('textarea.toml').inputValue(), /copy_type = "certified_copy"\nquantity = 2/);
  // What people will read is shown at once, and the keyboard stays where it was.
  await row.locator('p', { hasText: 'bản sao chứng thực, số lượng 02' }).waitFor();
  assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ''), /Sửa dòng này/);

  await row.locator('summary', { hasText: 'Sửa dòng này' }).click();
  await row.getByLabel('Ai cần').selectOption('by_all');
  await row.getByLabel('Giấy tờ', { exact: true }).first().fill('');
  await row.getByRole('button', { name: 'Ghi dòng này vào tệp' }).click();
  await row.locator('.notice', { hasText: 'ít nhất một giấy tờ có tên' }).waitFor();

  const { requirements } = await page.evaluate(async () => (await fetch('/api/v1/procedures/1.004194')).json());
  assert.doesNotMatch(JSON.stringify(requirements), /Ký trước mặt cán bộ/);
}));

test('figures are told by day, verdict, procedure, field and office, with numbers beside every bar', () => counter(async (page) => {
  await fetch(`${BASE}/api/v1/questions`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ question: 'đăng ký tạm trú mất bao lâu' }),
  });
  await page.goto(`${BASE}/counter#/thong-ke`);
  await page.locator('.chart text').first().waitFor();
  const numbers = await page.locator('.chart text').allTextContents();
  assert.ok(numbers.includes('0') && numbers.some((text) => /^\d\d\/\d\d$/.test(text)), `${numbers}`);
  await page.locator('.bars li', { hasText: '1.004194' }).waitFor();
  await page.getByRole('region', { name: 'Theo lĩnh vực' }).waitFor();
  await page.getByRole('region', { name: 'Theo đơn vị' }).waitFor();
  await page.locator('.tile', { hasText: 'ước tính' }).first().waitFor();
  // Days are written as they are here, whatever the browser's language.
  assert.match(await page.getByLabel('Đến ngày').inputValue(), /^\d\d\/\d\d\/\d{4}$/);
  await page.getByLabel('Từ ngày').fill('31/02/2026');
  await page.keyboard.press('Tab');
  assert.ok(await page.getByLabel('Từ ngày').evaluate((input) => !input.validity.valid), 'no such day');
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

for (const size of Object.keys(SIZES)) {
  test(`a case, its desk, a marked page and a letter fit and are kept as pictures (${size})`, () => counter(async (page) => {
    const keep = async (name) => {
      await settled(page);
      await accessible(page, name);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${name} is ${over} pixels too wide`);
      await picture(page, `counter-${name}-${size}`);
    };
    await openCase(page, 'Trần Thị Lan');
    await keep('desk-empty');
    await page.locator('#desk-files').setInputFiles([STRAY, PAPER]);
    await page.locator('.papers li', { hasText: PAPER.name }).waitFor();
    await page.getByRole('button', { name: 'Kiểm tra (K)' }).click();
    await page.locator('.verdict').waitFor();
    await keep('desk');
    await page.locator('.papers button', { hasText: STRAY.name }).first().click();
    await page.waitForFunction(() => document.querySelector('.page-picture')?.naturalWidth > 0);
    // The picture is what one came for: what was read of it stands below, a chip for each line.
    const [shown, read] = await Promise.all(['.page-picture', '.read-facts'].map((one) => page.locator(one).first().boundingBox()));
    assert.ok(shown.y < read.y, 'the picture comes first');
    const lines = await page.locator('.read-facts .chip').allInnerTexts();
    assert.equal(new Set(lines.map((line) => line.replace(/^[^:]*: /, ''))).size, lines.length, `${lines}`);
    await page.locator('.read-facts .chip', { hasText: '12/03/1990' }).click();
    await keep('desk-marked');
    await page.getByLabel('Lý do của cán bộ').fill('Bổ sung giấy tờ còn thiếu');
    await page.locator('.letters .button', { hasText: '02' }).click();
    await page.locator('.letter-preview iframe').waitFor();
    await keep('letter');
    await page.getByRole('link', { name: 'Lịch sử hồ sơ' }).click();
    await page.locator('.version').waitFor();
    await keep('case');
    await page.getByRole('button', { name: 'Đăng xuất' }).click();
    await page.locator('input[name=username]').waitFor();
    await keep('sign-in');
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
