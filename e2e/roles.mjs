// Every page for every role: most roles read most pages as refusals or with parts left out, and these too must pass axe.

import { axe } from './checks/axe.mjs';
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
  'quality-officer',
  'social-worker',
];

/** What a page may answer: shown, led to the door, asked for a purpose or refused; never an error of ours. */
const ANSWERS = [200, 303, 403, 404];

/**
 * Reads each of `paths` as each role. Two answers of the same elements, attributes and order differ in wording only, on which no rule of axe depends. So a
 * page is looked at where its main part, or what stands around it, has a shape not yet seen. `take` opens a page as whoever `readAs` named last.
 */
export async function everyRole(address, paths, take) {
  const seen = new Set();
  let [read, looked] = [0, 0];
  for (const role of ROLES) {
    await readAs(address, role);
    const unseen = [];
    for (const path of paths) {
      const answer = await fetch(address + path, { headers: headers(), redirect: 'manual' });
      const html = await answer.text();
      read += 1;
      const who = role ?? 'signed out';
      await check(`${path} answers ${who}`, () => must(ANSWERS.includes(answer.status), `status ${answer.status}`));
      if (answer.status === 303) continue;
      const shapes = halves(html).map(shapeOf);
      if (shapes.some((shape) => !seen.has(shape))) unseen.push(path);
      shapes.forEach((shape) => seen.add(shape));
    }
    looked += unseen.length;
    await take(async (page) => {
      for (const path of unseen) {
        await page.goto(path, { waitUntil: 'load' });
        await check(`${path} passes axe as ${role ?? 'somebody signed out'}`, () => axe(page));
      }
    }, 'desktop');
  }
  console.log(`every role: ${read} answers read, ${looked} pages looked at`);
}

/** The main part of a page, and what stands around it. */
function halves(html) {
  const main = html.match(/<main[\s\S]*<\/main>/)?.[0] ?? '';
  return [main, html.replace(main, '')];
}

/** The elements of a page with what decides how they look and are read out: of words whether there are any; addresses, values and drawn figures aside. */
function shapeOf(html) {
  const aside = / (href|value|content|src|action|d|points|x\d?|y\d?|width|height|data-[a-z-]+|datetime)="[^"]*"/gi;
  return html.replace(/>[^<]*/g, (words) => (words.trim().length > 1 ? '>-' : '>')).replace(aside, '');
}
