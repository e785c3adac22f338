// A citizen's whole visit: by touch, by keyboard alone, and what is left of it.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { BASE, ELSEWHERE, accessible, asOfficial, ask, print, settled, visit, withBrowser } from './support.js';

withBrowser();

const text = (page) => page.locator('body').innerText();

test('a citizen asks, is asked back, reads, answers for their own case and prints', () => visit('/', async (page) => {
  await ask(page, 'be moi sinh can lam nhung giay to gi');
  await page.locator('.answer.clarify .choice', { hasText: 'Chỉ cần giấy khai sinh' }).tap();
  await page.locator('.answer .group.paper').waitFor();
  assert.match(await text(page), /Tờ khai đăng ký khai sinh/);
  await page.getByRole('button', { name: 'Có', exact: true }).tap();
  await page.getByText('Cảm ơn ông/bà.').waitFor();
  await page.locator('.cite').first().tap();
  assert.ok(await page.locator('.source.lit').isVisible(), 'every fact opens its source');

  await page.getByRole('link', { name: 'Xem danh sách giấy tờ để in' }).tap();
  await page.locator('.checklist .question').waitFor();
  const before = await page.locator('.ticks li').count();
  // As most people would: the first answer, four times at the most.
  for (let asked = 0; asked < 4 && await page.locator('.checklist .question').count(); asked += 1) {
    const question = await page.locator('.checklist .question legend').innerText();
    await page.locator('.checklist .question .choice').first().tap();
    await page.waitForFunction((last) => document.querySelector('.checklist .question legend')?.textContent !== last, question);
  }
  assert.equal(await page.locator('.checklist .question').count(), 0, 'nothing is left to ask');
  assert.ok(await page.locator('.ticks li').count() < before, 'the list is shorter than for everybody');
  assert.match(await page.locator('.qr img').getAttribute('src'), /answers=/);

  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  const slip = await text(page);
  for (const words of ['Đăng ký khai sinh', 'Tờ khai đăng ký khai sinh', 'Lệ phí', 'cán bộ tiếp nhận là người quyết định']) {
    assert.ok(slip.includes(words), `the slip says ${words}`);
  }
  assert.ok(!slip.includes('Kiểm tra hồ sơ của tôi'), 'no buttons on paper');
  assert.match(slip, /In lúc \d\d\/\d\d\/\d{4}/, 'the slip has a date');
  assert.ok(await print(page, 'slip-80mm', { width: '80mm', height: '297mm' }) <= 3, 'a roll is short');
  assert.ok(await print(page, 'slip-a4', { format: 'A4' }) <= 2);
}, { base: ELSEWHERE }));

test('a code is shown where a phone can open it, and not where it cannot', async () => {
  const list = '/#/thu-tuc/1.001193';
  await visit(list, async (page) => {
    await page.locator('.ticks li').first().waitFor();
    assert.equal(await page.locator('.qr').count(), 0, 'nobody else can open 127.0.0.1');
  });
  await visit(list, async (page) => {
    await page.locator('.qr img').waitFor();
    await settled(page);
    assert.ok(await page.locator('.qr img').evaluate((img) => img.naturalWidth > 0));
  }, { base: ELSEWHERE });
});

test('from everywhere a touch leads back, and home are the tiles', () => visit('/', async (page) => {
  const tiles = page.locator('.tile', { hasText: 'Kết hôn' });
  const home = async (name) => {
    await tiles.waitFor();
    assert.equal(await page.locator('.result .answer').count(), 0, name);
    assert.equal(await page.locator('#question').inputValue(), '', name);
  };
  const WAYS_HOME = { 'the menu': 'nav [data-route=ask]', 'the sign': '.brand', 'the held chip': '.held-chip button' };
  for (const [name, way] of Object.entries(WAYS_HOME)) {
    await ask(page, 'đăng ký tạm trú');
    assert.ok(await tiles.isHidden());
    await page.locator(way).tap();
    await home(name);
  }
  await ask(page, 'đăng ký tạm trú');
  await page.locator('nav [data-route=browse]').tap();
  await page.locator('.fields .tile').first().waitFor();
  await page.locator('nav [data-route=ask]').tap();
  await home('after another page');

  await tiles.tap();
  await page.locator('.page.event .choice').first().tap();
  // Of the page that is to be shown: the one before is still there while it comes.
  const back = (shown) => page.locator(`.page.${shown} > .back-step`).tap();
  await back('procedure');
  await page.locator('.page.event h1', { hasText: 'Kết hôn' }).waitFor();
  await back('event');
  await home('the way back');
  await ask(page, 'đăng ký tạm trú');
  await page.locator('.answer a[href^="#/thu-tuc/"]').tap();
  await back('procedure');
  await page.locator('.result .answer').waitFor();
}));

test('of a procedure known by name only nothing is told but who handles it', () => visit('/', async (page) => {
  await ask(page, 'đổi giấy phép lái xe');
  const answer = page.locator('.answer', { hasText: 'đọc mã 3.000347' });
  await answer.waitFor();
  assert.match(await answer.locator('.group.place').innerText(), /Công an/);
  assert.equal(await answer.locator('.group').count(), 1, 'no papers, no fee, no time');
  assert.equal(await answer.locator('a[href^="#/ho-so/"]').count(), 0, 'there is nothing to check against');
  await answer.getByRole('button', { name: 'Gặp cán bộ' }).tap();
  await page.locator('dialog.meet .primary').waitFor();
}));

test('whoever is asked about something else no longer has the last procedure in hand', () => visit('/', async (page) => {
  await ask(page, 'đăng ký tạm trú');
  await page.locator('.held-chip').waitFor();
  await ask(page, 'làm lại thẻ căn cước');
  await page.locator('.answer.clarify').waitFor();
  assert.equal(await page.locator('.held-chip').count(), 0);
}));

test('what is shown is for one way of handing in, and says where it stands without leaving the page', () => visit('/', async (page, context) => {
  await ask(page, 'đăng ký kết hôn cần giấy tờ gì');
  const papers = page.locator('.group.paper');
  await papers.waitFor();
  assert.equal(await page.locator('.main-column .chip[aria-pressed=true]').innerText(), 'Nộp trực tiếp');
  assert.ok(!(await papers.innerText()).includes('nộp trực tuyến'));
  assert.equal(await papers.locator('.cite').first().innerText(), 'Nguồn');
  // A note about the whole paper stands below its alternatives.
  const remark = papers.locator('.remark', { hasText: 'Cả hai bên nam, nữ phải có mặt' });
  assert.equal(await remark.count(), 1);
  await page.locator('.chip', { hasText: 'Gửi bưu điện' }).tap();
  assert.match(await papers.innerText(), /gửi kèm hồ sơ/);

  await page.locator('.answer a[href^="#/thu-tuc/"]').tap();
  await page.locator('.ticks .cite').first().tap();
  const sheet = page.locator('dialog.source-sheet');
  await sheet.locator('img').waitFor();
  await settled(page);
  assert.match(await sheet.innerText(), /Cổng Dịch vụ công quốc gia[\s\S]*https:\/\/dichvucong\.gov\.vn/);
  assert.ok(await sheet.locator('img').evaluate((img) => img.naturalWidth > 0), 'a code leads there');
  assert.equal(await page.locator('a[target=_blank]').count(), 0);
  await sheet.getByRole('button', { name: 'Đóng' }).tap();
  for (const fact of await page.locator('.fact-cell').all()) assert.ok(await fact.locator('.cite').count(), await fact.innerText());
  assert.equal(context.pages().length, 1);
}));

test('how long, how much and where are told before the papers, each with its source', () => visit('/', async (page) => {
  await ask(page, 'làm sao để đăng ký tạm trú');
  const brief = page.locator('.answer .brief');
  await brief.waitFor();
  await page.waitForTimeout(300);
  const { y, height } = await brief.boundingBox();
  assert.ok(y >= 0 && y + height < 1920, `${y}`);
  assert.deepEqual(await brief.locator('dt').allInnerTexts(), ['Bao lâu', 'Lệ phí', 'Nộp ở đâu']);
  for (const row of await brief.locator('.brief-row').all()) assert.ok(await row.locator('.cite').count(), await row.innerText());
  assert.match(await page.locator('#announcer').innerText(), /^Đăng ký tạm trú\. Bao lâu\. 03 ngày làm việc/);
  // In which case which fee: one touch away, and everything is still there.
  await brief.locator('.brief-row', { hasText: 'Lệ phí' }).locator('.brief-more').tap();
  assert.equal(await page.evaluate(() => document.activeElement.closest('.group').className), 'group fee');
  assert.match(await page.locator('.group.fee').innerText(), /15\.000 đồng[\s\S]*Cá nhân, hộ gia đình/);
  // Another way of handing in is told anew.
  await page.locator('.chip', { hasText: 'Nộp qua mạng' }).tap();
  await brief.locator('dd', { hasText: '7.000 đồng' }).waitFor();
  const some = page.locator('.group.paper .fold');
  assert.match(await some.locator('summary').innerText(), /^Giấy tờ chỉ cần trong vài trường hợp \(\d+\)$/);
  assert.ok(await some.locator('li').first().isHidden());
  await some.locator('summary').tap();
  assert.ok(await some.locator('.cite').first().isVisible());
  // A form that the name of a paper tells is not told twice.
  assert.doesNotMatch(await page.locator('.group.paper').innerText(), /\(Mẫu CT01\) \(mẫu: CT01/);
  const names = await page.locator('.group .cite').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
  assert.ok(names.every((name) => name.startsWith('Nguồn của: ')) && new Set(names).size > names.length / 2, `${names}`);
  await accessible(page, 'how to');
}));

test('a question for papers alone is answered with papers alone', () => visit('/', async (page) => {
  await ask(page, 'đăng ký kết hôn cần giấy tờ gì');
  await page.locator('.group.paper').waitFor();
  assert.equal(await page.locator('.brief, .group .fold').count(), 0);
}));

test('a search within a field says so, and leads out of it', () => visit('/#/tim', async (page) => {
  const tile = page.locator('.fields .tile', { hasText: 'Hộ kinh doanh' }).first();
  await tile.waitFor();
  assert.match(await tile.innerText(), /Thành lập và hoạt động doanh nghiệp/, 'the official name stands beneath');
  await page.locator('.fields .tile', { hasText: 'Hộ tịch' }).first().tap();
  await page.locator('h2', { hasText: 'Đang tìm trong: Hộ tịch' }).waitFor();
  await page.locator('#find').fill('đăng ký tạm trú');
  await page.getByRole('button', { name: 'Tìm trong mọi lĩnh vực' }).tap();
  await page.locator('.choice', { hasText: '1.004194' }).waitFor();
  assert.equal(await page.locator('#find').inputValue(), 'đăng ký tạm trú');
  assert.equal(await page.locator('h2', { hasText: 'Đang tìm trong' }).count(), 0);
}));

test('who reads English is asked in English', () => visit('/', async (page) => {
  await page.locator('.tile').first().waitFor();
  await page.locator('#tool-language').tap();
  assert.match(await page.locator('label[for=question]').innerText(), /English/);
  const examples = await page.locator('.examples .chip').allInnerTexts();
  assert.ok(examples.includes('Register the birth of a child'), `${examples}`);
  const sent = page.waitForRequest('**/api/v1/questions');
  await page.locator('.examples .chip').first().tap();
  assert.equal((await sent).postDataJSON().question, 'Register the birth of a child');
}));

test('an answer that points at the others of its list is told with them on paper', () => visit(
  '/#/thu-tuc/1.001193/loai_tre:thuong',
  async (page) => {
    await page.locator('.case-done').waitFor();
    assert.doesNotMatch(await page.locator('.case-done').innerText(), /mang thai hộ/);
    await page.emulateMedia({ media: 'print' });
    assert.match(await page.locator('.case-done').innerText(), /các trường hợp dưới đây: .*mang thai hộ; /);
  },
));

test('one can start from a field of the counter', () => visit('/#/tim', async (page) => {
  await page.locator('.fields .tile').first().waitFor();
  const open = await page.locator('.fields .tile:visible').allInnerTexts();
  for (const field of ['Hộ tịch', 'Chứng thực', 'Đăng ký, quản lý cư trú', 'Bảo trợ xã hội', 'Nuôi con nuôi', 'Nghĩa vụ quân sự']) {
    assert.ok(open.some((tile) => tile.startsWith(field)), `${field}: ${open}`);
  }
  await page.locator('.fields .tile', { hasText: 'Chứng thực' }).first().tap();
  await page.locator('.choice', { hasText: 'Chứng thực bản sao từ bản chính' }).waitFor();
  await page.getByRole('button', { name: 'Chọn lĩnh vực khác' }).tap();
  await page.locator('.fields .tile').first().waitFor();
}));

test('a long official name comes after the one people say', () => visit('/#/thu-tuc/2.000815', async (page) => {
  await page.locator('.page.procedure h1', { hasText: 'Sao y bản chính' }).waitFor();
  assert.match(await page.locator('.official').innerText(), /^Chứng thực bản sao từ bản chính giấy tờ/);
}));

test('ten common needs are two touches away, with papers, fee and time', () => visit('/', async (page) => {
  const NEEDS = [
    ['Sinh con', 'Làm giấy khai sinh cho con'], ['Kết hôn', 'Đăng ký kết hôn'],
    ['Người thân qua đời', 'Đăng ký khai tử'], ['Chuyển chỗ ở, hộ khẩu', 'Đăng ký tạm trú'],
    ['Căn cước, giấy tờ cá nhân', 'Đổi thẻ căn cước'], ['Sao y, chứng thực', 'Sao y bản chính'],
    ['Xây, sửa nhà', 'Xin giấy phép xây nhà mới'], ['Đất đai, sổ đỏ', 'Tách thửa, hợp thửa đất'],
    ['Mở quán, kinh doanh', 'Đăng ký hộ kinh doanh'], ['Người già, khuyết tật, trợ cấp', 'Làm giấy xác nhận khuyết tật'],
  ];
  for (const [happening, need] of NEEDS) {
    await page.goto(`${BASE}/#/`);
    await page.locator('.tile', { hasText: happening }).first().tap();
    await page.locator('.page.event .choice', { hasText: need }).first().tap();
    await page.locator('.page.procedure:not([hidden]) .ticks li').first().waitFor({ state: 'attached' });
    const facts = await page.locator('.fact-cell').allInnerTexts();
    assert.equal(facts.length, 3, need);
    for (const fact of facts) assert.ok(fact.split('\n').length > 1, `${need}: ${fact}`);
  }
}));

test('everything can be done with the keyboard alone', () => visit('/', async (page) => {
  await page.locator('.tile').first().waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'question', 'one can type at once');
  await page.keyboard.type('dang ky tam tru');
  await page.keyboard.press('Enter');
  await page.locator('.answer .group').first().waitFor();
  await tabTo(page, 'a[href^="#/thu-tuc/"]');
  await page.keyboard.press('Enter');
  await page.locator('.checklist .question').waitFor();
  await tabTo(page, '.checklist .choice');
  await page.keyboard.press('Enter');
  await page.locator('.case-done').waitFor();
  await tabTo(page, '.ticks input');
  await page.keyboard.press('Space');
  assert.ok(await page.locator('.ticks input').first().isChecked());
  await tabTo(page, '#tool-contrast');
  await page.keyboard.press('Enter');
  assert.ok(await page.evaluate(() => document.documentElement.classList.contains('contrast')));
  await tabTo(page, '#finish');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.documentElement.className), '', 'the look was for this visit');
}, { touch: false }));

/** Presses Tab until the focus stands on something, and sees that it is always to be seen. */
async function tabTo(page, selector) {
  for (let pressed = 0; pressed < 150; pressed += 1) {
    await page.keyboard.press('Tab');
    const [there, outlined] = await page.evaluate((wanted) => {
      const now = document.activeElement;
      const shown = now.matches('.visually-hidden') ? now.nextElementSibling : now;
      const style = getComputedStyle(shown);
      return [now.matches(wanted), now === document.body || parseFloat(style.outlineWidth) >= 2];
    }, selector);
    assert.ok(outlined, await page.evaluate(() => document.activeElement.outerHTML.slice(0, 120)));
    if (there) return;
  }
  assert.fail(`${selector} is out of the keyboard's reach`);
}

test('a question is typed on the screen, with marks', () => visit('/', async (page) => {
  await page.locator('#question').tap();
  const keys = page.locator('.keys');
  await keys.waitFor();
  const key = (name) => keys.getByRole('button', { name, exact: true });
  await keys.getByRole('button', { name: 'Telex' }).tap();
  for (const letter of 'ddawng') await key(letter).tap();
  await key('Dấu cách').tap();
  for (const letter of 'kys') await key(letter).tap();
  assert.equal(await page.locator('#question').inputValue(), 'đăng ký');
  await keys.getByRole('button', { name: 'Phím có dấu' }).tap();
  await key('Dấu cách').tap();
  for (const letter of 'kêt') await key(letter).tap();
  await key('dấu sắc').tap();
  await key('Dấu cách').tap();
  for (const letter of 'hônn') await key(letter).tap();
  await key('Xóa chữ').tap();
  assert.equal(await page.locator('#question').inputValue(), 'đăng ký kết hôn');
  await key('Xong').tap();
  await page.locator('.result .answer').waitFor();
  assert.ok(await keys.isHidden());
  assert.match(await text(page), /Tờ khai/);
}));

test('the keys on the screen are within reach of another keyboard', () => visit('/', async (page) => {
  await tabTo(page, '.ask .keys-opener');
  await page.keyboard.press('Enter');
  await page.locator('.keys').waitFor();
  await tabTo(page, '.key');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), '1');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('#question').inputValue(), '2');
  await page.keyboard.press('Escape');
  assert.ok(await page.locator('.keys').isHidden());
  assert.equal(await page.evaluate(() => document.activeElement.id), 'question');
}, { touch: false }));

test('what was asked goes to the counter under a code, without numbers that name somebody', () => visit('/', async (page) => {
  await ask(page, 'chứng thực chữ ký cần gì, số của tôi 0912345678');
  await page.locator('.answer button', { hasText: 'Gặp cán bộ' }).tap();
  await page.locator('dialog.meet .primary').tap();
  const code = await page.locator('.meet-code').innerText();
  assert.match(code, /^\d{4} \d{4}$/);
  const opened = await (await asOfficial(`/api/v1/handoffs/${encodeURIComponent(code)}`)).json();
  assert.ok(opened.question.startsWith('chứng thực chữ ký'));
  assert.ok(!opened.question.includes('0912345678'));
  await page.locator('dialog.meet .quiet').tap();
  await page.getByText('Đã hủy mã').waitFor();
  assert.equal((await asOfficial(`/api/v1/handoffs/${encodeURIComponent(code)}`)).status, 404);
}));

test('a phone opens the list of the case that was chosen, and keeps it', () => visit(
  '/?own#/thu-tuc/1.001193/hinh_thuc_nop:truc_tiep,la:gi',
  async (page) => {
    await page.locator('.case-done').waitFor();
    assert.match(await page.locator('.case-done').innerText(), /Trực tiếp/);
    assert.ok(!(await text(page)).includes('la:gi'));
  },
  { size: 'phone' },
));

test('after the wipe nothing of the visit is left', () => visit('/', async (page, context) => {
  let dossier = null;
  // The server remembers a visit by the name that a client gives it: this page gives none.
  page.on('request', (request) => {
    if (request.url().endsWith('/api/v1/questions')) assert.equal(request.postDataJSON().session, undefined);
  });
  page.on('response', async (response) => {
    if (response.request().method() === 'POST' && response.url().endsWith('/api/v1/dossiers')) dossier = (await response.json()).id;
  });
  await page.locator('#tool-language').tap();
  await page.locator('#tool-large').tap();
  await ask(page, 'chứng thực bản sao cho cháu tôi');
  await page.goto(`${BASE}/#/thu-tuc/1.001193`);
  await page.locator('.checklist .choice').first().tap();
  await page.locator('.case-done').waitFor();
  await page.goto(`${BASE}/#/ho-so/1.001193`);
  await page.locator('#papers').setInputFiles([
    { name: 'giay-rieng.png', mimeType: 'image/png', buffer: PAPER },
    { name: 'giay-rieng.txt', mimeType: 'text/plain', buffer: Buffer.from(`GIẤY CHỨNG SINH\nHọ và tên mẹ: ${PRIVATE}\n`) },
  ]);
  await page.locator('.file-failed, .file-read').nth(1).waitFor();
  assert.ok(holding(PRIVATE).length === 0, 'a paper of a citizen is on the disk');
  assert.ok(dossier, 'a dossier was opened');

  await page.goto(`${BASE}/#/thu-tuc/1.001193`);
  await page.locator('.ticks .cite').first().tap();
  await page.locator('dialog.source-sheet').waitFor();
  // The sheet lies over the button; nobody answers, and the page wipes itself.
  await page.locator('#finish').evaluate((button) => button.click());
  await page.waitForFunction(() => document.documentElement.lang === 'vi');
  await settled(page);
  assert.equal(context.pages().length, 1, 'no other page is open');
  assert.equal(await page.locator('dialog[open]').count(), 0);
  const left = await page.evaluate(() => ({
    html: document.documentElement.outerHTML,
    typed: [...document.querySelectorAll('input, textarea')].map(({ value, checked }) => (checked ? 'checked' : value)).join(''),
    stored: localStorage.length + sessionStorage.length,
    cookies: document.cookie,
    address: location.href,
    look: document.documentElement.className,
  }));
  for (const words of ['giay-rieng', 'cho cháu tôi', PRIVATE, 'Đăng ký khai sinh']) assert.ok(!left.html.includes(words), words);
  assert.deepEqual(
    [left.typed, left.stored, left.cookies, left.look, left.address],
    ['', 0, '', '', `${BASE}/#/`],
  );
  assert.equal((await context.cookies()).length, 0);
  assert.deepEqual(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)), []);
  assert.deepEqual(await page.evaluate(() => caches.keys()), []);
  await page.waitForTimeout(300);
  assert.equal((await fetch(`${BASE}/api/v1/dossiers/${dossier}/report`)).status, 404, 'the server has forgotten it');
  assert.deepEqual([...holding(PRIVATE), ...holding('cho cháu tôi')], [], 'files that the server left');
  assert.ok(holding('quan.tri').length > 0, 'this test looks where the server writes');

  await page.goto(`${BASE}/#/thu-tuc/1.001193`);
  await page.locator('.checklist .question').waitFor();
  assert.equal(await page.locator('.case-done').count(), 0, 'the next visitor starts afresh');
}));

test('a paper that was brought and is open is for an official to look at, not for the visitor to find out', () => visit('/#/ho-so/1.001193', async (page) => {
  // As the server tells it of a paper that may be the one that is due.
  await page.route('**/check', async (route) => {
    const response = await route.fetch();
    const report = await response.json();
    const row = { ...report.components[0], state: 'pending', reason: 'Có giấy tờ có thể là loại này, cần người xem lại.' };
    const file = { name: 'to-khai.txt', pages: [1], document_type: 'Tờ khai' };
    const components = [
      { ...row, row: 0, id: 'a', files: [file] }, { ...row, row: 1, id: 'b', files: [] },
      { ...row, row: 2, id: 'c', files: [file], only_shown: true },
    ];
    await route.fulfill({ response, json: { ...report, verdict: 'needs_human', components } });
  });
  await page.locator('#papers').setInputFiles({ name: 'to-khai.txt', mimeType: 'text/plain', buffer: Buffer.from('TỜ KHAI ĐĂNG KÝ KHAI SINH\n') });
  await page.locator('.file-read').waitFor();
  await page.getByRole('button', { name: 'Kiểm tra hồ sơ' }).click();
  await page.locator('.report .components').first().waitFor();
  assert.deepEqual(await page.locator('.component .tag').allInnerTexts(), [
    'Cần cán bộ xem giấy này', 'Chưa rõ có phải nộp không', 'Chưa rõ có phải mang theo để xuất trình không',
  ]);
}));

const PRIVATE = 'Phùng Thị Kín Đáo';

/** Files of the server under test, those for keeping and those for reading, that hold some words. */
function holding(words) {
  const wanted = Buffer.from(words);
  return [process.env.MOTCUA_DATA, process.env.MOTCUA_TEMP].flatMap((root) =>
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => { try { return readFileSync(path).includes(wanted); } catch { return false; } }));
}

/** One white pixel. */
const PAPER = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');

test('a visitor who has left is asked after, and then wiped', () => visit('/', async (page) => {
  await page.locator('.tile').first().waitFor();
  await page.evaluate(() => Object.assign(document.documentElement.dataset, { idleSeconds: '1', countdownSeconds: '2' }));
  await page.locator('#question').fill('bí mật của tôi');
  await page.locator('#idle[open]').waitFor();
  await page.locator('#idle-stay').tap();
  assert.equal(await page.locator('#question').inputValue(), 'bí mật của tôi');
  await page.locator('#idle[open]').waitFor();
  await page.waitForFunction(() => !document.querySelector('#idle[open]') && document.getElementById('question').value === '');
}));

/** A browser with a voice; the one that tests run in has none. */
const withVoice = () => {
  const spoken = [];
  const synthesis = Object.assign(new EventTarget(), {
    getVoices: () => [{ lang: 'vi-VN', localService: true }],
    speak: ({ text: words }) => spoken.push(words),
    cancel: () => spoken.push(null),
  });
  class Utterance extends EventTarget { constructor(words) { super(); this.text = words; } }
  Object.defineProperties(globalThis, {
    spoken: { value: spoken }, speechSynthesis: { value: synthesis }, SpeechSynthesisUtterance: { value: Utterance },
  });
};

test('a voice of the browser reads the answer, and is silent after the wipe', () => visit('/', async (page) => {
  await ask(page, 'chứng thực bản sao từ bản chính bao nhiêu tiền');
  await page.locator('.answer .group').first().waitFor();
  await page.locator('#tool-voice').tap();
  const spoken = await page.evaluate(() => globalThis.spoken);
  assert.ok(spoken.some((words) => words?.includes('2.000 đồng')), `${spoken}`);
  assert.equal(await page.locator('#tool-voice').getAttribute('aria-pressed'), 'true');
  await page.locator('#finish').tap();
  assert.equal(await page.evaluate(() => globalThis.spoken.at(-1)), null, 'cancelled last');
  assert.equal(await page.locator('#tool-voice').getAttribute('aria-pressed'), 'false');
}, { before: withVoice }));

test('without a Vietnamese voice nothing offers to speak', () => visit('/', async (page) => {
  await page.locator('.tile').first().waitFor();
  assert.ok(await page.locator('#tool-voice').isHidden());
}));

test('a lost connection is told, and found again', () => visit('/#/viec/ket-hon', async (page, context) => {
  await page.locator('.choice').first().waitFor();
  await context.setOffline(true);
  await page.locator('.choice').first().tap();
  await page.locator('.notice.bad[role=alert]', { hasText: 'Thử lại' }).waitFor();
  assert.ok(await page.locator('#offline').isVisible());
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Thử lại' }).tap();
  await page.locator('.page.procedure h1').waitFor();
  await page.locator('#offline').waitFor({ state: 'hidden' });
}, { quiet: false }));

test('English is everywhere but in the data, and what is Vietnamese is marked so', () => visit('/#/thu-tuc/1.001193', async (page) => {
  await page.locator('.checklist .question').waitFor();
  await page.locator('#tool-language').tap();
  assert.ok(await page.locator('#told-language').isVisible());
  assert.equal(await page.locator('.page-head .gloss').innerText(), 'Register the birth');
  assert.equal(await page.locator('.checklist .question legend').innerText(), 'Which of these describes the child?');
  await page.locator('.checklist .choice').first().tap();
  assert.match(await page.locator('.case-done').innerText(), /None of the cases below/);
  const unmarked = await page.evaluate(() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const inside = node.parentElement;
      const shown = inside.checkVisibility() && inside.closest('[lang]').lang === 'en';
      if (shown && /[ăâđêôơưạảấầẩậắằẳặẹẻẽếềểệỉịọỏốồổộớờởợụủứừửựỳỵỷỹ]/i.test(node.textContent)) found.push(node.textContent.trim());
    }
    return found;
  });
  // Names of authorities and documents inside English sentences.
  const allowed = /^(Code|Published by|Data:|Một Cửa)|·|\(/;
  assert.deepEqual(unmarked.filter((words) => !allowed.test(words)), []);
}));
