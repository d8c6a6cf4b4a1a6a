// Every page for every role. Most roles read most pages as refusals or with parts left out, and many pages are on no journey: from the pages of the
// journeys every link is followed, as everybody, and what looks different anywhere is looked at.

import { axe } from './checks/axe.mjs';
import { markup } from './checks/markup.mjs';
import { narrow } from './checks/narrow.mjs';
import { check, must } from './report.mjs';
import { headers, readAs } from './service.mjs';

/** Everybody whom the demonstration lists at its door, by role; null reads signed out. */
export const ROLES = [
  null,
  'administrator',
  'analyst',
  'commissioner',
  'contract-officer',
  'director',
  'finance-officer',
  'independent-reviewing-officer',
  'inspector',
  'lead-member',
  'panel-member',
  'placement-officer',
  'provider-user',
  'quality-officer',
  'social-worker',
];

/** What an address may answer: shown, led on, led to the door, asked for a purpose or refused; never an error of ours. */
const ANSWERS = [200, 202, 303, 307, 308, 403, 404];

/** More kinds of address than the product has: links that lead on for ever. */
const ENDLESS = 1000;

const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 320, height: 640 };

/**
 * Reads `paths`, and of everything linked from there one of each kind of address, as each role. Two answers of the same elements, attributes and order
 * differ in wording only, on which no rule of axe depends: a page is looked at where its main part, or what stands around it, has a shape not yet seen.
 * `take` opens a page as whoever `readAs` named last.
 */
export async function everyRole(address, paths, take) {
  const shapes = new Set();
  let [read, looked] = [0, 0];
  for (const role of ROLES) {
    await readAs(address, role);
    const who = role ?? 'somebody signed out';
    await take(async (page) => {
      for await (const { path, answer, html } of everyPage(address, paths)) {
        read += 1;
        await check(`${path} answers ${who}`, () => must(ANSWERS.includes(answer.status), `status ${answer.status}`));
        const unseen = halves(html).map(shapeOf).filter((shape) => !shapes.has(shape));
        if (unseen.length === 0) continue;
        unseen.forEach((shape) => shapes.add(shape));
        looked += 1;
        await check(`${path} is valid HTML for ${who}`, () => markup(html, path));
        await page.setViewportSize(WIDE);
        await page.goto(path, { waitUntil: 'load' });
        await check(`${path} passes axe as ${who}`, () => axe(page));
        await page.setViewportSize(NARROW);
        await check(`${path} fits 320 pixels as ${who}`, () => narrow(page));
      }
    }, 'desktop');
  }
  console.log(`every role: ${read} answers read, ${looked} pages looked at`);
}

/** The pages at `paths` and, of those that they lead to, one of each kind. */
async function* everyPage(address, paths) {
  const found = [...paths];
  const kinds = new Set(found.map(kindOf));
  for (const path of found) {
    must(kinds.size < ENDLESS, `links lead on for ever, as to ${path}`);
    const answer = await fetch(address + path, { headers: headers(), redirect: 'manual' });
    const html = await answer.text();
    const saved = answer.headers.get('content-disposition')?.startsWith('attachment');
    if (saved || !answer.headers.get('content-type')?.startsWith('text/html')) continue;
    yield { path, answer, html };
    for (const [, href] of html.matchAll(/<a [^>]*href="(\/[^"#]*)/g)) {
      const next = href.replaceAll('&amp;', '&');
      if (kinds.has(kindOf(next))) continue;
      kinds.add(kindOf(next));
      found.push(next);
    }
  }
}

/** An address without what only says which child, home or rule it is about, and without what is asked of a page. */
function kindOf(path) {
  return path.split('?')[0].replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '{id}').replace(/\/[A-Z]*\d+(?=\/|$)/g, '/{number}');
}

/** The main part of a page, and what stands around it; nothing where somebody is led elsewhere. */
function halves(html) {
  const main = html.match(/<main[\s\S]*<\/main>/)?.[0];
  return main ? [main, html.replace(main, '')] : [];
}

/** The elements of a page with what decides how they look and are read out: of words whether there are any; addresses, values and drawn figures aside. */
function shapeOf(html) {
  const aside = / (href|value|content|src|action|d|points|x\d?|y\d?|width|height|data-[a-z-]+|datetime)="[^"]*"/gi;
  return html.replace(/>[^<]*/g, (words) => (words.trim().length > 1 ? '>-' : '>')).replace(aside, '');
}
