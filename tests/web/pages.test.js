// Every page and state, in both languages and every look: axe has nothing to say, and a picture is kept.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { BASE, SIZES, accessible, ask, picture, settled, visit, withBrowser } from './support.js';

withBrowser();

/**
 * How each page or state is reached from the one before; an address that differs in its last part
 * only keeps language and look.
 */
const STATES = {
  home: ['/#/', (page) => page.locator('.tile').first().waitFor()],
  keyboard: ['/#/', async (page) => { await page.locator('.ask .keys-opener').click(); await page.locator('.keys').waitFor(); }],
  clarify: ['/#/tim', async (page) => {
    await page.goto(`${BASE}/#/`);
    await ask(page, 'bé mới sinh cần làm những giấy tờ gì');
    await page.locator('.answer.clarify').waitFor();
  }],
  'not-covered': ['/#/', async (page) => { await ask(page, 'hôm nay trời có mưa không'); await page.locator('.answer.not_covered', { hasText: 'không biết thời tiết' }).waitFor(); }],
  answer: ['/#/', async (page) => { await ask(page, 'đăng ký kết hôn cần giấy tờ gì'); await page.locator('.answer .group').first().waitFor(); }],
  'name-only': ['/#/tim', async (page) => {
    await page.goto(`${BASE}/#/`);
    await ask(page, 'đổi giấy phép lái xe');
    await page.locator('.answer .notice', { hasText: '3.000347' }).waitFor();
  }],
  event: ['/#/viec/sinh-con', (page) => page.locator('.page.event .choice').first().waitFor()],
  'event-unknown': ['/#/viec/khong-co', (page) => page.locator('.page.event h1').waitFor()],
  procedure: ['/#/thu-tuc/1.001193', (page) => page.locator('.checklist .question').waitFor()],
  answered: ['/#/thu-tuc/1.001193', async (page) => {
    await page.locator('.checklist .question .choice').first().click();
    await page.locator('.case-done').waitFor();
  }],
  meet: ['/#/thu-tuc/1.001193', async (page) => {
    await page.locator('.page.procedure .actions button', { hasText: /Gặp cán bộ|See an official/ }).click();
    await page.locator('dialog.meet .primary').click();
    await page.locator('.meet-code').waitFor();
  }],
  'procedure-missing': ['/#/thu-tuc/9.999999', (page) => page.locator('.page.procedure .notice.bad').waitFor()],
  source: ['/#/thu-tuc/1.001193', async (page) => {
    await page.locator('.ticks .cite').first().click();
    await page.locator('dialog.source-sheet img').waitFor();
  }],
  'long-name': ['/#/thu-tuc/2.000815', (page) => page.locator('.page.procedure .official').waitFor()],
  browse: ['/#/tim', (page) => page.locator('.fields .tile').first().waitFor()],
  field: ['/#/tim', async (page) => {
    await page.locator('.fields .tile', { hasText: 'Hộ tịch' }).first().click();
    await page.locator('.page.browse .choice').first().waitFor();
  }],
  check: ['/#/ho-so/1.001193', (page) => page.locator('.drop').waitFor()],
  report: ['/#/ho-so/1.001193', async (page) => {
    await page.locator('#papers').setInputFiles([FORM, NO_PAPER]);
    await page.locator('.file-read').waitFor();
    await page.locator('.file-failed').waitFor();
    await page.locator('.page.check .actions .primary.big').click();
    await page.locator('.report .verdict').waitFor();
  }],
};
/** States that nothing on the page leads to: nobody is there any more, nor is the server. */
const UNASKED = {
  idle: async (page) => {
    await page.evaluate(() => Object.assign(document.documentElement.dataset, { idleSeconds: '1', countdownSeconds: '60' }));
    await page.locator('#question').fill('đăng ký tạm trú');
    await page.locator('#idle[open]').waitFor();
  },
  offline: async (page, context) => {
    await context.setOffline(true);
    await page.locator('#question').fill('đăng ký tạm trú');
    await page.locator('.ask-row button').click();
    await page.locator('#offline').waitFor();
  },
};
for (const [state, reach] of Object.entries(UNASKED)) {
  for (const size of Object.keys(SIZES)) {
    test(`${state} is accessible (${size})`, () => visit('/', async (page, context) => {
      await page.locator('.tile').first().waitFor();
      await reach(page, context);
      await accessible(page, `${state} ${size}`);
      await picture(page, `${size}-${state}`, { fullPage: false });
    }, { size, quiet: false }));
  }
}

const FORM = {
  name: 'to-khai.txt', mimeType: 'text/plain',
  buffer: Buffer.from('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỜ KHAI ĐĂNG KÝ KHAI SINH\nKính gửi: Ủy ban nhân dân xã'),
};
/** Bytes of no kind that is read. */
const NO_PAPER = { name: 'nhac.mp3', mimeType: 'audio/mpeg', buffer: Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, 0, 0]) };

const NO_KEYBOARD_ON = 'phone';

const LOOKS = {
  vi: async () => {},
  en: async (page) => { await page.locator('#tool-language').click(); },
  contrast: async (page) => { await page.locator('#tool-contrast').click(); await page.locator('#tool-large').click(); },
};

/** Goes through all states; what the server refuses on purpose makes the browser say so. */
const everywhere = (steps, choose, options) => visit('/', async (page) => {
  await choose(page);
  for (const [state, [path, reach]] of Object.entries(STATES)) {
    if (state === 'keyboard' && options.size === NO_KEYBOARD_ON) continue;
    await page.goto(BASE + path);
    await reach(page);
    await settled(page);
    await steps(page, state);
  }
}, { ...options, quiet: false });

for (const [look, choose] of Object.entries(LOOKS)) {
  test(`every page and state is accessible (${look})`, () => everywhere(async (page, state) => {
    await accessible(page, `${state} ${look}`);
    assert.deepEqual(await page.evaluate(tooSmall), [], state);
    await picture(page, `kiosk-${state}-${look}`);
  }, choose, {}));
}

/** Whatever is touched and is less than 44 pixels high or wide. */
const tooSmall = () => [...document.querySelectorAll('button, a[href], select, summary, label:has(input[type=checkbox])')]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('.visually-hidden, .skip'))
  .map((one) => ({ what: one.outerHTML.slice(0, 90), box: one.getBoundingClientRect() }))
  .filter(({ box }) => box.height < 44 || box.width < 44)
  .map(({ what, box }) => `${Math.round(box.width)}x${Math.round(box.height)} ${what}`);

const tooWide = () => document.documentElement.scrollWidth - innerWidth;

for (const size of Object.keys(SIZES).filter((name) => name !== 'kiosk')) {
  test(`every page and state fits a ${size} screen`, () => everywhere(async (page, state) => {
    assert.ok(await page.evaluate(tooWide) <= 0, state);
    await picture(page, `${size}-${state}`);
  }, LOOKS.vi, { size }));
}

test('large type fits a phone', () => everywhere(async (page, state) => {
  assert.ok(await page.evaluate(tooWide) <= 0, state);
}, LOOKS.contrast, { size: 'phone' }));
