// Contracts: add one with its lot, members and prices, ask what a place costs on a night, take a list, and see what ends soon.

import { must } from '../report.mjs';

/** Looks after contracts. */
export const as = 'contract-officer';

export const pages = ['/contracts', '/contracts?phase=running&sort=end', '/contracts/new', '/contracts/ending', '/contracts/ending?months=36'];

async function date(page, legend, [day, month, year]) {
  const group = page.getByRole('group', { name: legend, exact: true });
  await group.getByLabel('Day').fill(day);
  await group.getByLabel('Month').fill(month);
  await group.getByLabel('Year').fill(year);
}

const main = (page) => page.locator('main').innerText();

export async function steps(page) {
  const reference = `FW-${Date.now()}`;
  const year = new Date().getFullYear();
  await page.goto('/contracts/new');
  await page.getByLabel('Reference').fill(reference);
  await page.getByLabel('Title').fill('Invented framework');
  await page.getByLabel('What it is').selectOption('framework');
  await page.getByLabel('Law that it was bought under').selectOption('pa-2023');
  await date(page, 'Begins', ['1', '4', '2026']);
  await date(page, 'Ends', ['1', '4', '2025']);
  await page.getByRole('button', { name: 'Add this contract' }).click();
  must((await page.locator('.govuk-error-summary').innerText()).includes('It ends at least a day after it begins'), 'an end before the beginning is not refused');
  must((await page.getByLabel('Reference').inputValue()) === reference, 'what was typed is lost');
  await date(page, 'Ends', ['1', '4', String(year + 4)]);
  await page.getByRole('button', { name: 'Add this contract' }).click();
  must((await page.locator('h1').innerText()) === 'Invented framework', 'the contract has no page');
  const address = page.url();

  await page.getByRole('link', { name: 'Add: lot' }).click();
  await page.getByLabel('Number or name').fill('Lot 1');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name: 'Add: member', exact: true }).click();
  await page.getByLabel('Provider').selectOption({ index: 1 });
  await page.getByLabel('Lot', { exact: true }).selectOption({ label: 'Lot 1' });
  // What is planned outside a window is refused; what has happened so would be recorded, and listed as a breach.
  await date(page, 'Joined on', ['2', '4', String(year + 1)]);
  await page.getByRole('button', { name: 'Save' }).click();
  must((await page.locator('.govuk-error-summary').innerText()).includes('while a window is open'), 'a member is planned with no window open');
  await date(page, 'Joined on', ['1', '4', '2026']);
  await page.getByRole('button', { name: 'Save' }).click();
  must((await main(page)).includes('is a member'), 'the member is not on the page');

  await page.getByRole('link', { name: 'Add: price' }).click();
  await page.getByLabel('Lot', { exact: true }).selectOption({ label: 'Lot 1' });
  await date(page, 'First night', ['1', '4', '2026']);
  await page.getByLabel('A week of the core service').fill('about 4,000');
  await page.getByRole('button', { name: 'Save' }).click();
  must((await page.locator('.govuk-error-summary').innerText()).includes('Enter pounds'), 'a guess at a price is not refused');
  await page.getByLabel('A week of the core service').fill('4,711.00');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByLabel('Night of').fill('2026-05-01');
  await page.getByLabel('Lot', { exact: true }).selectOption({ label: 'Lot 1' });
  await page.getByRole('button', { name: 'Say what it costs' }).click();
  must((await main(page)).includes('£4,711.00 a week, which is £673.00 for one night: the line for this lot'), 'the price of a night is not said with its reason');

  await page.goto(address);
  await page.getByRole('link', { name: 'Take a list of prices' }).click();
  const text = 'lot,provider,urn,tier,from,to,weekly_price,core_hours,hourly_price,source\nLot 9,,,,2026-04-01,,1,,,\nLot 1,,,enhanced,2026-04-01,,much,,,\n';
  const file = (content) => ({ name: 'prices.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
  await page.getByLabel('Choose the file').setInputFiles(file(text));
  await page.getByRole('button', { name: 'Take this list' }).click();
  const summary = await page.locator('.govuk-error-summary').innerText();
  must(summary.includes('Lot 9') && summary.includes('much'), `not everything that stands against the list is said: ${summary}`);
  await page.getByLabel('Choose the file').setInputFiles(file(text.replace('Lot 9', 'Lot 1').replace(',,,2026', ',,therapeutic,2026').replace('much', '5200')));
  await page.getByRole('button', { name: 'Take this list' }).click();
  must((await main(page)).includes('£5,200.00'), 'the list was not taken');
  await page.goto('/contracts/ending?months=48');
  must((await main(page)).includes(reference), 'its end is not among what ends');
}
