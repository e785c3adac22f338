// What a page weighs, how soon it is there, and that nothing moves under a reader's eyes.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { BASE, SIZES, ask, settled, visit, withBrowser } from './support.js';

withBrowser();

const MOST_BYTES = 280_000;
const FIRST_PAINT_MS = 300;
/** Of a shift score that counts as good up to 0.1. */
const MOST_SHIFT = 0.02;

test('the whole page weighs less than 280 KB', () => visit('/', async (page) => {
  await page.locator('.tile').first().waitFor();
  await settled(page);
  const parts = await page.evaluate(() => [
    ...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource'),
  ].map(({ name, decodedBodySize }) => [new URL(name).pathname, decodedBodySize]));
  const total = parts.reduce((sum, [, bytes]) => sum + bytes, 0);
  console.log(`the page weighs ${Math.round(total / 1024)} KB in ${parts.length} parts`);
  assert.ok(total < MOST_BYTES, JSON.stringify(parts));
}));

test('the first paint is there within 300 milliseconds', async () => {
  const paints = [];
  // Other tests run beside this one: the best of some rounds is what the page itself takes.
  while (paints.length < 10 && !(paints.length >= 3 && Math.min(...paints) < FIRST_PAINT_MS)) {
    await visit('/', async (page) => {
      await page.locator('.tile').first().waitFor();
      paints.push(await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime));
    });
  }
  console.log(`first contentful paint: ${paints.map(Math.round).join(', ')} ms`);
  assert.ok(Math.min(...paints) < FIRST_PAINT_MS, `${paints}`);
});

/** Adds up all layout shifts that no touch or key has caused. */
const watchShifts = () => {
  globalThis.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shifted += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
};

for (const size of Object.keys(SIZES)) {
  test(`nothing moves while the tiles of the first page come (${size})`, () => visit('about:blank', async (page) => {
    await page.route('**/api/v1/life-events', async (route) => {
      await new Promise((next) => { setTimeout(next, 500); });
      await route.continue();
    });
    await page.goto(`${BASE}/`);
    await page.locator('.tile').first().waitFor();
    await settled(page);
    await page.waitForTimeout(300);
    const shifted = await page.evaluate(() => globalThis.shifted);
    assert.ok(shifted < MOST_SHIFT, `${shifted}`);
  }, { size, base: '', before: watchShifts }));
}

for (const size of Object.keys(SIZES)) {
  test(`nothing moves while an answer streams (${size})`, () => visit('/', async (page) => {
    await page.locator('.tile').first().waitFor();
    await slowly(page);
    await ask(page, 'đăng ký kết hôn cần giấy tờ gì');
    // What comes after the facts, sentence by sentence, must not move them.
    await page.waitForTimeout(600);
    await page.evaluate(watchShifts);
    await page.evaluate(() => { globalThis.shifted = 0; });
    await page.locator('.summary li').nth(2).waitFor();
    await page.waitForTimeout(400);
    const shifted = await page.evaluate(() => globalThis.shifted);
    assert.ok(shifted < MOST_SHIFT, `${shifted}`);
  }, { size }));
}

/**
 * The answer of the server, with three of its sentences repeated one after the other as a model
 * would write them. There is no model where these tests run, and how it is shown is what counts.
 */
async function slowly(page) {
  await page.evaluate(() => {
    const real = globalThis.fetch;
    globalThis.fetch = async (url, options) => {
      const response = await real(url, options);
      if (url !== '/api/v1/questions') return response;
      const text = await response.text();
      const done = text.slice(text.lastIndexOf('event: done'));
      const sentences = JSON.parse(done.match(/data: (.*)/)[1]).answer.sentences.slice(0, 3);
      const stream = new ReadableStream({
        async start(controller) {
          const send = (piece) => controller.enqueue(new TextEncoder().encode(piece));
          send(text.slice(0, text.lastIndexOf('event: done')));
          for (const sentence of sentences) {
            await new Promise((next) => { setTimeout(next, 900); });
            send(`event: sentence\ndata: ${JSON.stringify(sentence)}\n\n`);
          }
          send(done);
          controller.close();
        },
      });
      return new Response(stream, { headers: response.headers });
    };
  });
}
