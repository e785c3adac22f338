// How long hands are on a whole dossier, from its files to a letter that is ready to be signed: counted, not guessed.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { counter, picture, withBrowser } from './support.js';

withBrowser();

const text = (name, words) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(words) });
const FILES = [
  text('to-khai.txt', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỜ KHAI ĐĂNG KÝ KHAI SINH\nKính gửi: Ủy ban nhân dân xã Hùng Việt\n'
    + 'Họ, chữ đệm, tên người yêu cầu: Vũ Thị Mận\nHọ, chữ đệm, tên người được khai sinh: Vũ Minh An\n'),
  text('giay-chung-sinh.txt', 'GIẤY CHỨNG SINH\nHọ và tên mẹ: Vũ Thị Mận\nĐã sinh con vào lúc: 8 giờ 15 ngày 14 tháng 10 năm 2026\n'),
  text('giay-xe.txt', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nGIẤY CHỨNG NHẬN ĐĂNG KÝ XE\nHọ và tên: Trần Thị Lan\n'),
];

/**
 * What each deed takes somebody who knows the page, in seconds (Card, Moran and Newell's keystroke-level model: a
 * key of an average typist, a pointed click with the hand's way to it, a decision).
 */
const SECONDS = { key: 0.28, click: 1.5, decision: 1.35 };
const MOST_SECONDS = 60;

/** Counts what hands do in a page, whatever becomes of it. */
const countDeeds = (page) => page.evaluate(() => {
  globalThis.deeds = { key: 0, click: 0 };
  addEventListener('keydown', (event) => { if (event.isTrusted) globalThis.deeds.key += 1; }, true);
  addEventListener('pointerdown', (event) => { if (event.isTrusted) globalThis.deeds.click += 1; }, true);
});

/** Adds it up, tells it, and holds it to a minute; picking the files in the system's own window is two clicks more. */
async function told(page, how, decisions, since) {
  const deeds = await page.evaluate(() => globalThis.deeds);
  const click = deeds.click + 2;
  const seconds = deeds.key * SECONDS.key + click * SECONDS.click + decisions * SECONDS.decision;
  const machine = (Date.now() - since) / 1000;
  console.log(`hands on a dossier, ${how}: ${deeds.key} keys, ${click} clicks, ${decisions} decisions: ${seconds.toFixed(1)} s; `
    + `the machine's part ${machine.toFixed(1)} s`);
  assert.ok(seconds < MOST_SECONDS, `${seconds}`);
}

const papers = (page) => page.locator('.papers li', { hasText: FILES.at(-1).name });
const openQuestions = (page) => page.locator('.desk-result .card > fieldset.question');
const undecided = (page) => page.locator('.finding:not([data-decided])');

/** Answers what is asked about the case; returns how many decisions that took. */
async function answerAll(page, answer) {
  let decisions = 0;
  while (await openQuestions(page).count()) {
    const asked = await openQuestions(page).first().locator('legend').innerText();
    await answer();
    decisions += 1;
    await page.waitForFunction((last) =>
      document.querySelector('.desk-result .card > fieldset.question legend')?.textContent !== last, asked);
  }
  return decisions;
}

/** Decides what was found; returns how many decisions that took. */
async function decideAll(page, decide) {
  let decisions = 0;
  await page.locator('.verdict').waitFor();
  assert.equal(await openQuestions(page).count(), 0, 'one check is enough');
  while (await undecided(page).count()) {
    const left = await undecided(page).count();
    await decide();
    decisions += 1;
    await page.waitForFunction((before) => document.querySelectorAll('.finding:not([data-decided])').length < before, left);
  }
  return decisions;
}

test('a dossier takes less than a minute of hands, by mouse', () => counter(async (page) => {
  await countDeeds(page);
  const since = Date.now();
  await page.locator('input[type=search]').click();
  await page.keyboard.type('khai sinh');
  await page.locator('.found button', { hasText: '1.001193' }).click();
  await page.getByLabel('Người nộp').pressSequentially('Vũ Thị Mận');
  await page.getByRole('button', { name: 'Mở hồ sơ' }).click();
  await page.locator('#desk-files').setInputFiles(FILES);
  let decisions = await answerAll(page, () => openQuestions(page).first().locator('.chip').first().click());
  await papers(page).waitFor();
  await page.getByRole('button', { name: 'Kiểm tra (K)' }).click();
  decisions += await decideAll(page, () => undecided(page).first().getByRole('button', { name: 'Đồng ý (Y)' }).click());
  await page.locator('.letters .button.primary').click();
  await page.locator('.letter-preview iframe').waitFor();
  await page.locator('.letter-preview a', { hasText: 'Mở để in' }).waitFor();
  await told(page, 'by mouse', decisions + 2, since);
  await picture(page, 'counter-minute');
}));

test('a dossier takes less than a minute of hands, by keyboard alone', () => counter(async (page) => {
  page.on('filechooser', (chooser) => chooser.setFiles(FILES));
  await countDeeds(page);
  const since = Date.now();
  await page.keyboard.type('khai sinh');
  await page.locator('.found button', { hasText: '1.001193' }).waitFor();
  await page.keyboard.press('ArrowDown');
  while (!await page.evaluate(() => document.activeElement.textContent.includes('1.001193'))) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Vũ Thị Mận');
  await page.keyboard.press('Enter');
  await page.locator('.desk').waitFor();
  await page.keyboard.press('f');
  let decisions = await answerAll(page, () => page.keyboard.press('Enter'));
  await papers(page).waitFor();
  await page.keyboard.press('k');
  decisions += await decideAll(page, async () => {
    if (!await page.evaluate(() => document.activeElement.matches('.finding'))) await page.keyboard.press('j');
    await page.keyboard.press('y');
  });
  await page.keyboard.press('p');
  await page.locator('.letter-preview iframe').waitFor();
  assert.ok(await page.evaluate(() => document.activeElement.textContent === 'Mở để in'), 'the letter is one key away');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('.letter-preview .notice', { hasText: 'Hồ sơ:' }).waitFor();
  assert.equal((await page.evaluate(() => globalThis.deeds)).click, 0, 'no mouse');
  await told(page, 'by keyboard', decisions + 2, since);
}, { touch: false }));
