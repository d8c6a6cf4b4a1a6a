// Register a home: its provider, the home with what its registration allows, a variation, a document that runs out; with what was typed wrongly given back.

import { must } from '../report.mjs';

/** Keeps providers and homes. */
export const as = 'contract-officer';

export const pages = ['/homes', '/homes/new', '/homes/register', '/providers', '/providers/new', '/documents', '/documents/all', '/owners', '/owners/new', '/foster-homes'];

async function date(page, legend, [day, month, year]) {
  const group = page.getByRole('group', { name: legend });
  await group.getByLabel('Day').fill(day);
  await group.getByLabel('Month').fill(month);
  await group.getByLabel('Year').fill(year);
}

const main = (page) => page.locator('main').innerText();

export async function steps(page) {
  const stamp = String(Date.now());
  const provider = `Invented Care ${stamp}`;
  const home = `Invented House ${stamp}`;
  await page.goto('/providers/new');
  await page.getByLabel('Name', { exact: true }).fill(provider);
  await page.getByLabel('Company number').fill('123');
  await page.getByLabel('Sector').selectOption('private');
  await page.getByRole('button', { name: 'Add this provider' }).click();
  must((await page.locator('.govuk-error-summary').innerText()).includes('A company number has'), 'a company number of three figures is not refused');
  must((await page.getByLabel('Name', { exact: true }).inputValue()) === provider, 'what was typed is lost');
  await page.getByLabel('Company number').fill('');
  await page.getByRole('button', { name: 'Add this provider' }).click();
  must((await page.locator('h1').innerText()) === provider, 'the provider has no page');

  await page.goto('/homes/new');
  await page.getByLabel('Name', { exact: true }).fill(home);
  await page.getByLabel('Provider').selectOption({ label: provider });
  await page.getByLabel('What it is').selectOption('childrens-home');
  await page.getByLabel('Ofsted').fill('12');
  await page.getByLabel('Registered places').fill('3');
  await page.getByLabel('Youngest age').fill('17');
  await page.getByLabel('Oldest age').fill('8');
  await page.getByLabel('Whom it takes').selectOption('anybody');
  await date(page, 'Open, or on the register, since', ['31', '2', '2026']);
  await page.getByRole('button', { name: 'Add this home' }).click();
  const summary = await page.locator('.govuk-error-summary').innerText();
  must(summary.includes('since: enter a date that exists') && summary.includes('five to eight figures'), `not every mistake is said: ${summary}`);
  await page.locator('.govuk-error-summary a').first().click();
  must((await page.getByLabel('Registered places').inputValue()) === '3', 'what was typed is lost');
  await page.getByLabel('Ofsted').fill('');
  await page.getByLabel('Youngest age').fill('8');
  await page.getByLabel('Oldest age').fill('17');
  await date(page, 'Open, or on the register, since', ['1', '2', '2024']);
  await page.getByRole('button', { name: 'Add this home' }).click();
  must((await page.locator('h1').innerText()) === home, 'the home has no page');
  must((await main(page)).includes('available 3'), 'its three beds are not available');

  await page.getByRole('link', { name: 'Add a variation' }).click();
  await date(page, 'From', ['1', '3', '2025']);
  await page.getByLabel('Registered places').fill('4');
  await page.getByRole('button', { name: 'Save' }).click();
  must((await main(page)).includes('available 4'), 'the variation does not count');
  await page.getByRole('link', { name: '1 March 2025' }).click();
  await page.getByRole('button', { name: 'Take it back' }).click();
  must((await page.locator('.govuk-error-message').innerText()).includes('Say why it is taken back'), 'taking back wants no reason');
  await page.getByLabel('Why it is taken back').fill('The certificate says three');
  await page.getByRole('button', { name: 'Take it back' }).click();
  must((await main(page)).includes('available 3'), 'what was taken back counts');

  await page.goto('/providers');
  await page.getByLabel('Name or owner').fill(provider);
  await page.getByRole('button', { name: 'Show these providers' }).click();
  await page.getByRole('link', { name: provider, exact: true }).click();
  await page.getByRole('link', { name: 'Add: document' }).click();
  await page.getByLabel('What it is').selectOption('insurance');
  await page.getByLabel('Name or number').fill('Policy 12');
  await page.getByLabel('Which home it is about').selectOption({ label: home });
  await date(page, 'Holds from', ['1', '1', '2025']);
  await date(page, 'Runs out on', ['1', '1', '2026']);
  await page.getByRole('button', { name: 'Save' }).click();
  must((await main(page)).includes('Policy 12'), 'the document is not on the page of its provider');
  await page.goto('/documents');
  must((await main(page)).includes('Policy 12') && (await main(page)).includes('Has run out'), 'a document that has run out is not listed');
}
