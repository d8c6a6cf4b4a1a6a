// Money: what the nights cost with contracts held, and when money spent on a scenario comes back.

import { must } from '../report.mjs';
import { answered } from './gap.mjs';

const SAVE = '/forecast/money/save?scenario=spent-on&once=120000&a_month=8000&months=24';

export const pages = ['/forecast/money', '/forecast/money/save', SAVE, '/files/held?back=/forecast/money'];

/** The scenario that the money is spent on. */
export async function ready(page) {
  await page.goto('/forecast/scenarios/kept/spent-on');
  if (await page.getByRole('button', { name: 'Remove it' }).count()) await page.getByRole('button', { name: 'Remove it' }).click();
  await page.goto('/forecast/scenarios/write');
  await page.getByLabel('Name of the scenario').fill('Spent on');
  await page.getByLabel('What shall be different?').selectOption('step-down');
  await page.getByRole('button', { name: 'Add this lever' }).click();
  await page.waitForLoadState('load');
  await page.getByLabel('How many').fill('2');
  const first = page.getByRole('group', { name: 'First day' });
  for (const [field, text] of [['Day', '1'], ['Month', '7'], ['Year', '2026']]) await first.getByLabel(field).fill(text);
  await page.getByRole('button', { name: 'Save this scenario' }).click();
  await answered(page, '/forecast/money');
  await answered(page, SAVE);
}

export async function steps(page) {
  await page.goto('/forecast/money');
  await page.getByRole('link', { name: 'Spend to save', exact: true }).click();
  await page.getByLabel('Spent at once').fill('a lot');
  await page.getByRole('button', { name: 'Show when it comes back' }).click();
  must((await page.locator('.govuk-error-summary li').count()) === 2, 'a missing scenario and a wrong amount are not both named');
  must((await page.getByLabel('Spent at once').inputValue()) === 'a lot', 'what was typed is lost');

  await page.getByLabel('Scenario').selectOption('spent-on');
  await page.getByLabel('Spent at once').fill('120,000');
  await page.getByLabel('Spent every month').fill('8000');
  await page.getByRole('button', { name: 'Show when it comes back' }).click();
  await answered(page, page.url());
  must((await page.locator('h1').innerText()).includes('The money is'), 'the heading does not say when it comes back');
  must((await page.locator('main').innerText()).includes('Saved less spent by then'), 'what is saved is not said');

  await page.goto('/files/held?back=/forecast/money');
  const held = 'type,placements,weekly_price,price_date,until,uplift_date,uplift_percent,source\nAgency fostering,5,900,2026-04-01,2027-09-30,,,a contract made up\n';
  await page.getByLabel('Choose the file of contracts held').setInputFiles({ name: 'contracts.csv', mimeType: 'text/csv', buffer: Buffer.from(held) });
  await page.getByRole('button', { name: 'Use this file' }).click();
  await answered(page, '/forecast/money');
  must((await page.locator('#held').innerText()).includes('30 September 2027'), 'contracts held are not shown');
}
