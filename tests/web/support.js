// A browser, a visitor's page in it, and what every test holds of every page.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before } from 'node:test';

import { chromium } from 'playwright-core';

/** The server under test: `tests/suite/web.rs` starts it and names it. */
export const BASE = process.env.MOTCUA_URL;
/** The same server under a name that is not "this machine", as phones and other machines reach it. */
export const ELSEWHERE = BASE?.replace('127.0.0.1', 'motcua.test');
/** Where screenshots go, to be looked at. */
const REVIEW = process.env.MOTCUA_REVIEW ?? 'review';
const CHROMIUM = process.env.MOTCUA_CHROMIUM ?? '/usr/bin/chromium';

export const SIZES = {
  kiosk: { width: 1080, height: 1920 },
  wide: { width: 1920, height: 1080 },
  phone: { width: 390, height: 844 },
};

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let browser = null;

/** Starts Debian's Chromium once for a file of tests. */
export function withBrowser() {
  before(async () => {
    assert.ok(BASE, 'MOTCUA_URL names the server under test');
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--host-resolver-rules=MAP motcua.test 127.0.0.1'] });
  });
  after(() => browser?.close());
}

/**
 * A visit: a page of its own, closed at the end. Fails when the page asks for anything from
 * elsewhere or when a script of it fails. `before` runs in the page before its own scripts do.
 */
export async function visit(path, steps, { base = BASE, size = 'kiosk', touch = size !== 'wide', quiet = true, before, ...options } = {}) {
  const context = await browser.newContext({
    viewport: SIZES[size], hasTouch: touch, locale: 'vi-VN', reducedMotion: 'reduce', ...options,
  });
  const page = await context.newPage();
  if (before) await page.addInitScript(before);
  const faults = [];
  page.on('request', (request) => {
    // What the browser makes of its own parts, such as its viewer of PDF files, leaves no machine.
    if (/^(https?|wss?):/.test(request.url()) && !request.url().startsWith(base)) faults.push(`asks ${request.url()}`);
  });
  page.on('pageerror', (error) => faults.push(`fails: ${error.message}`));
  page.on('console', (message) => { if (quiet && message.type() === 'error') faults.push(`says: ${message.text()}`); });
  // Other tests run beside these, on as few as two cores.
  page.setDefaultTimeout(40_000);
  try {
    await page.goto(base + path);
    await steps(page, context);
    assert.deepEqual(faults, []);
  } finally {
    await context.close();
  }
}

/** axe finds nothing to complain of in the page as it is. */
export async function accessible(page, state) {
  // The policy of the page lets no foreign script in, so axe comes through the debugger.
  if (!await page.evaluate(() => 'axe' in globalThis)) await page.evaluate(AXE);
  const { violations } = await page.evaluate((rules) => globalThis.axe.run(document, { runOnly: rules }), RULES);
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  assert.deepEqual(told, [], state);
}

/** Keeps a picture of the page for people to look at. */
export async function picture(page, name, { fullPage = true } = {}) {
  mkdirSync(REVIEW, { recursive: true });
  await page.screenshot({ path: join(REVIEW, `${name}.png`), fullPage });
}

/** Prints the page on paper of a width and keeps it for people to look at; returns how many sheets it takes. */
export async function print(page, name, paper) {
  mkdirSync(REVIEW, { recursive: true });
  const pdf = await page.pdf({ path: join(REVIEW, `${name}.pdf`), ...paper });
  return pdf.toString('latin1').match(/\/Type \/Page\b/g).length;
}

/** Asks the server as an official who is signed in. */
export async function asOfficial(path) {
  const signedIn = await fetch(`${BASE}/api/v1/counter/sign-in`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ login: process.env.MOTCUA_OFFICIAL, password: process.env.MOTCUA_PASSWORD }),
  });
  const [cookie] = signedIn.headers.get('set-cookie').split(';');
  return fetch(BASE + path, { headers: { cookie } });
}

/** An official's visit, signed in. Before somebody signs in, the browser notes that nobody is. */
export const counter = (steps, options = {}) => visit('/counter', async (page) => {
  await page.locator('input[name=username]').fill(process.env.MOTCUA_OFFICIAL);
  await page.locator('input[name=password]').fill(process.env.MOTCUA_PASSWORD);
  await page.keyboard.press('Enter');
  await page.locator('.found').waitFor({ state: 'attached' });
  await steps(page);
}, { size: 'wide', quiet: false, ...options });

/** Types a question and waits for what comes of it. */
export async function ask(page, words) {
  await page.locator('#question').fill(words);
  await page.locator('.ask-row button').click();
  await page.locator('.result .answer').waitFor();
}

/** Waits until nothing on the page is being fetched any more, and its letters are there. */
export const settled = (page) => page.waitForFunction(() =>
  !document.querySelector('main > :not([hidden]) .waiting') && document.fonts.status === 'loaded'
  && [...document.images].every(({ complete }) => complete));
