// Placewell in a browser. See README.md for how to call it.

import { mkdirSync, readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { open, VIEWS } from './browser.mjs';
import { axe } from './checks/axe.mjs';
import { keyboard } from './checks/keyboard.mjs';
import { links } from './checks/links.mjs';
import { markup } from './checks/markup.mjs';
import { narrow } from './checks/narrow.mjs';
import { print } from './checks/print.mjs';
import { speed } from './checks/speed.mjs';
import { weight } from './checks/weight.mjs';
import { check, close, must } from './report.mjs';
import { everyRole } from './roles.mjs';
import { cookies, headers, readAs, start } from './service.mjs';

const { values: options } = parseArgs({
  options: {
    'base-url': { type: 'string' },
    command: { type: 'string', default: 'target/release/placewell demo --port 0' },
    browser: { type: 'string' },
    journey: { type: 'string', multiple: true, default: [] },
  },
});

const service = options['base-url'] ? { address: options['base-url'], stop() {} } : await start(options.command);
const browser = await open(options.browser);
const read = new Set();
try {
  for (const [name, journey] of await journeys(options.journey)) {
    // An analyst may read every page over the returns; a journey about signing in begins signed out.
    await readAs(service.address, 'as' in journey ? journey.as : 'analyst');
    // Work that takes longer than a page may is done before its pages are judged.
    if (journey.ready) await take(journey.ready, 'desktop');
    // Pages whose addresses nobody knows before the demonstration is made.
    const found = [];
    if (journey.find) await take(async (page) => found.push(...(await journey.find(page))), 'desktop');
    for (const path of [...journey.pages, ...found]) {
      read.add(path);
      await checkPage(path, journey);
    }
    for (const view of ['desktop', 'unscripted']) await check(`journey ${name}, ${view}`, () => take((page) => journey.steps(page, view), view));
  }
  if (options.journey.length === 0) await everyRole(service.address, read, take);
} finally {
  await browser.close();
  service.stop();
}
process.exitCode = close();

/** The journeys asked for, or all that are part of the product. */
async function journeys(names) {
  const files = readdirSync(new URL('journeys', import.meta.url)).filter((file) => file.endsWith('.mjs')).sort();
  const all = await Promise.all(files.map(async (file) => [file.replace('.mjs', ''), await import(`./journeys/${file}`)]));
  const chosen = all.filter(([name, journey]) => (names.length > 0 ? names.includes(name) : !journey.onRequest));
  if (chosen.length === 0) throw new Error(`No journey is called ${names.join(', ')}. There are: ${all.map(([name]) => name).join(', ')}.`);
  return chosen;
}

async function take(steps, view) {
  const context = await browser.newContext({ ...VIEWS[view], baseURL: service.address });
  try {
    await context.addCookies(cookies(service.address));
    await steps(await context.newPage());
  } finally {
    await context.close();
  }
}

/** Everything that must hold on one page. */
async function checkPage(path, journey) {
  const answer = await fetch(service.address + path, { headers: headers() });
  const html = await answer.text();
  await check(`${path} answers`, () => must(answer.status === 200, `status ${answer.status}`));
  await check(`${path} is valid HTML`, () => markup(html, path));
  if (!journey.linksLeadElsewhere) await check(`${path} has no dead link`, () => links(service.address, html));
  await check(`${path} is light`, async () => {
    const { page, total } = await weight(service.address, path, html);
    console.log(`${path}: ${(page / 1024).toFixed(1)} KiB of HTML, ${(total / 1024).toFixed(1)} KiB compressed at a first visit`);
  });
  await check(`${path} is fast`, async () => {
    const { median, p99 } = await speed(service.address + path);
    console.log(`${path}: median ${median.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`);
  });
  await look(path, 'desktop', async (page) => {
    await check(`${path} passes axe`, () => axe(page));
    await check(`${path} works by keyboard`, () => keyboard(page));
    await check(`${path} prints`, () => print(page, picture(path, 'print', 'pdf')));
  });
  await look(path, 'dark', (page) => check(`${path} passes axe in the dark`, () => axe(page)));
  await look(path, 'narrow', async (page) => {
    await check(`${path} fits 320 pixels`, () => narrow(page));
    await check(`${path} passes axe at 320 pixels`, () => axe(page));
  });
  await look(path, 'contrast', () => {});
  await look(path, 'unscripted', (page) =>
    check(`${path} says the same without scripts`, async () => {
      const words = (text) => text.replace(/\s+/g, ' ').trim();
      const said = words(await page.locator('main').innerText());
      must(said.length > 0 && said === words(await scriptedText(path)), 'the text differs from the page with scripts');
    }),
  );
}

async function scriptedText(path) {
  let text = '';
  await take(async (page) => {
    await page.goto(path);
    text = await page.locator('main').innerText();
  }, 'desktop');
  return text;
}

/** Opens a page in one view, fails on anything that the browser complains of, takes its picture, and hands it on. */
async function look(path, view, then) {
  await take(async (page) => {
    const complaints = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('requestfailed', (request) => complaints.push(`${request.url()} did not load`));
    await page.goto(path, { waitUntil: 'load' });
    await page.screenshot({ path: picture(path, view, 'png'), fullPage: true });
    await then(page);
    await check(`${path}, ${view}: the browser has no complaint`, () => must(complaints.length === 0, complaints.join('\n')));
  }, view);
}

function picture(path, view, ending) {
  const folder = new URL(`pictures/${view}/`, import.meta.url);
  mkdirSync(folder, { recursive: true });
  const name = path.replace(/^\//, '').replace(/[^a-z0-9]+/gi, '-') || 'overview';
  return new URL(`${name}.${ending}`, folder).pathname;
}
