// Need ahead: ask, leave the work to itself, come back, ask for a chance, and see how wrong it would have been.

import { must } from '../report.mjs';

export const pages = ['/forecast', '/forecast?group=Residential&more_than=100', '/forecast/record'];

const ANSWER = 'h1:has-text("most likely near")';

/** The same address shows the answer when there is one; asked again as a reader without scripts would. */
async function answered(page, path, selector) {
  for (let asked = 0; asked < 240; asked += 1) {
    await page.goto(path);
    if (await page.locator(selector).count()) return;
    await page.waitForTimeout(500);
  }
  throw new Error(`${path} still has no answer.`);
}

/** The futures of both pages and the examination, begun and waited for. */
export async function ready(page) {
  await answered(page, '/forecast', ANSWER);
  await answered(page, '/forecast/record', 'h1:has-text("A year ahead")');
}

export async function steps(page) {
  await page.goto('/');
  await page.getByRole('link', { name: 'Forecast', exact: true }).click();
  await answered(page, '/forecast', ANSWER);
  must((await page.locator('table').count()) > 0, 'no table of numbers ahead');

  await page.goto('/forecast?group=Fostering&more_than=300');
  must((await page.locator('body').innerText()).includes('The chance of more than 300 is'), 'no chance of more than so many');

  await page.goto('/forecast/record');
  must((await page.locator('body').innerText()).includes('Child by child (ours)'), 'no record of past forecasts');

  const wrong = await page.goto('/forecast?months=1000');
  must(wrong.status() === 400, 'a thousand months are not refused');
  must((await page.locator('main').innerText()).includes('from 1 to 60 months'), 'the refusal does not say what is possible');
}
