// Scenarios: write one with mistakes, mend them, save it, compare it, take its file away and in again, and remove it.

import { must } from '../report.mjs';
import { answered } from './gap.mjs';

const COMPARED = '/forecast/compare?with=seen-by-the-browser&target=900';

export const pages = [
  '/forecast/scenarios',
  '/forecast/scenarios/write',
  '/forecast/scenarios/write?of=seen-by-the-browser',
  '/forecast/scenarios/kept/seen-by-the-browser',
  '/forecast/compare',
  COMPARED,
  '/forecast/money',
];

const pause = (page) => page.waitForLoadState('load');

async function write(page, name) {
  await page.goto('/forecast/scenarios/write');
  await page.getByLabel('Name of the scenario').fill(name);
  await page.getByLabel('What shall be different?').selectOption('step-down');
  await page.getByRole('button', { name: 'Add this lever' }).click();
  await pause(page);
  await page.getByLabel('How many').fill('2');
  const first = page.getByRole('group', { name: 'First day' });
  await first.getByLabel('Day').fill('1');
  await first.getByLabel('Month').fill('7');
  await first.getByLabel('Year').fill('2026');
}

/** The scenario that the pages are about, compared and costed. */
export async function ready(page) {
  await page.goto('/forecast/scenarios/kept/seen-by-the-browser');
  if (await page.getByRole('button', { name: 'Remove it' }).count()) await page.getByRole('button', { name: 'Remove it' }).click();
  await write(page, 'Seen by the browser');
  await page.getByRole('button', { name: 'Save this scenario' }).click();
  await answered(page, COMPARED);
  await answered(page, '/forecast/money');
}

export async function steps(page) {
  const name = `Carers ${Date.now()}`;
  await write(page, name);

  await page.getByRole('group', { name: 'First day' }).getByLabel('Year').fill('2020');
  await page.getByLabel('How many').fill('two');
  await page.getByRole('button', { name: 'Save this scenario' }).click();
  must((await page.locator('.govuk-error-summary').innerText()).includes('Enter children a month'), 'a word for a number is not refused');
  must((await page.getByLabel('How many').inputValue()) === 'two', 'what was typed is lost');

  await page.getByLabel('How many').fill('2');
  await page.getByRole('button', { name: 'Check what it means' }).click();
  must((await page.locator('.govuk-error-summary').innerText()).includes('is already known'), 'a day before the origin is not refused');

  await page.getByRole('group', { name: 'First day' }).getByLabel('Year').fill('2026');
  await page.getByLabel('What else shall be different?').selectOption('step-down');
  await page.getByRole('button', { name: 'Add this lever' }).click();
  await pause(page);
  await page.getByLabel('How many').nth(1).fill('3');
  const second = page.getByRole('group', { name: 'First day' }).nth(1);
  await second.getByLabel('Day').fill('1');
  await second.getByLabel('Month').fill('9');
  await second.getByLabel('Year').fill('2026');
  await page.getByRole('button', { name: 'Save this scenario' }).click();
  must((await page.locator('.govuk-error-summary').innerText()).includes('say different things of the same'), 'two levers that contradict each other are let be');

  await page.getByRole('button', { name: 'Remove lever 2' }).click();
  await pause(page);
  must((await page.getByLabel('How many').count()) === 1 && (await page.getByLabel('How many').inputValue()) === '2', 'the first lever is not as it was');
  await page.getByRole('button', { name: 'Save this scenario' }).click();
  must((await page.locator('main').innerText()).includes('Nothing has changed since it was saved'), 'it does not say that nothing changed');
  must((await page.locator('main').innerText()).includes('2 children a month step down to families'), 'it does not say what it means');

  const address = page.url();
  const file = await page.request.get(`${address}/scenario.toml`);
  const toml = await file.text();
  must(toml.includes('kind = "step-down"'), 'the file has no lever');

  await page.goto(`/forecast/compare?with=${address.split('/').pop()}&group=External+children%27s+home`);
  await answered(page, page.url());
  must((await page.locator('h1').innerText()).includes('fewer children in external children'), 'the comparison has no finding');
  must((await page.locator('main').innerText()).includes('In pounds'), 'the comparison has no pounds');

  await page.goto(address);
  await page.getByRole('button', { name: 'Remove it' }).click();
  must((await page.locator('main').innerText()).includes('Write a scenario'), 'removing does not lead back');
  must(!(await page.locator('main').innerText()).includes(name), 'it is still there');

  await page.getByLabel('Choose the file of a scenario').setInputFiles({ name: 'again.toml', mimeType: 'application/toml', buffer: Buffer.from(toml) });
  await page.getByRole('button', { name: 'Take it in' }).click();
  must((await page.locator('h1').innerText()) === name, 'the file was not taken in');
  await page.getByRole('button', { name: 'Remove it' }).click();

  await page.getByLabel('Choose the file of a scenario').setInputFiles({ name: 'wrong.toml', mimeType: 'application/toml', buffer: Buffer.from('[[lever]]\nkind = "magic"\n') });
  await page.getByRole('button', { name: 'Take it in' }).click();
  must((await page.locator('.govuk-error-summary').innerText()).includes('there is no kind “magic”'), 'a wrong file is not refused');
}
