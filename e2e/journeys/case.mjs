// A placement officer corrects the date of a placement, sees the record as it was before, and reads who has looked.

import { must } from '../report.mjs';

export const as = 'placement-officer';

export const pages = ['/cases', '/cases?age=10-15&sort=born', '/cases/find'];

/** The pages of the first case of the list, and a form. */
export async function find(page) {
  await page.goto('/cases');
  const path = await page.locator('table tbody th a').first().getAttribute('href');
  return [path, `${path}/needs`, `${path}/health`, `${path}/planning`, `${path}/decisions`, `${path}/names`, `${path}/placements/new`, `${path}/needs/new`, `${path}/health/new`, `${path}/emergencies/new`];
}

export async function steps(page) {
  await page.goto('/cases');
  must(/^\d[\d,]* children of ours$/.test(await page.getByRole('heading', { level: 1 }).innerText()), 'the heading does not say how many');
  await page.getByLabel('Age today').selectOption('10-15');
  await page.getByRole('button', { name: 'Show these children' }).click();
  await page.waitForURL(/age=10-15/);
  const child = page.locator('table tbody th a').first();
  const reference = await child.innerText();
  must(!(await child.getAttribute('href')).includes(reference), 'an address names a child');
  await child.click();
  must((await page.getByRole('heading', { level: 1 }).innerText()) === `Child ${reference}`, 'the case does not say whose it is');

  // A mistake: everything typed is kept, and the summary leads to the field.
  const placements = page.locator('.pw-section', { has: page.locator('#placements') });
  await placements.getByRole('link', { name: /^Correct/ }).first().click();
  const start = page.getByRole('group', { name: 'First day' });
  const before = await start.getByLabel('Day', { exact: true }).inputValue();
  const month = await start.getByLabel('Month', { exact: true }).inputValue();
  await start.getByLabel('Month', { exact: true }).fill('13');
  await page.getByLabel('Why it is corrected').fill('the carer says it was another day');
  await page.getByRole('button', { name: 'Save the correction' }).click();
  must(await page.getByText('There is a problem').isVisible(), 'a date that does not exist is taken');
  must((await page.getByLabel('Why it is corrected').inputValue()) === 'the carer says it was another day', 'the reason is lost');
  await page.getByRole('link', { name: 'Enter a date that exists, like 31 3 2026' }).click();
  await start.getByLabel('Month', { exact: true }).fill(month);
  // One day on keeps clear of the placement before; the 28th exists in every month, and so does the day before it.
  await start.getByLabel('Day', { exact: true }).fill(Number(before) < 28 ? String(Number(before) + 1) : before);
  await page.getByRole('button', { name: 'Save the correction' }).click();
  await page.waitForURL(/\/cases\/[0-9a-f-]{36}#placements$/);
  must(await page.getByText('the carer says it was another day').first().isVisible(), 'the change is not in the timeline');
  await placements.getByRole('link', { name: /^History/ }).first().click();
  must((await page.locator('tbody tr').count()) >= 2, 'the version before is lost');

  // The record as it was in March: the demonstration's returns came in on the 31st.
  await page.goBack();
  const asKnown = async (day, month, year) => {
    const when = page.getByRole('region', { name: 'See the record as it was' });
    await when.getByLabel('Day', { exact: true }).fill(day);
    await when.getByLabel('Month', { exact: true }).fill(month);
    await when.getByLabel('Year', { exact: true }).fill(year);
    await when.getByRole('button').click();
  };
  await asKnown('31', '3', '2026');
  await page.waitForURL(/as-known=2026-03-31/);
  must(await page.getByText('You are looking at the past').isVisible(), 'the past looks like the present');
  must((await page.getByText('the carer says it was another day').count()) === 0, 'the past knows what was corrected later');
  must((await page.getByRole('link', { name: /^Correct/ }).count()) === 0, 'the past can be corrected');
  await page.goBack();
  await asKnown('30', '3', '2026');
  must(await page.getByRole('link', { name: 'first recorded on 31 March 2026' }).isVisible(), 'a record that did not exist shows something');
  await page.goBack();

  await page.getByRole('link', { name: 'Names and addresses' }).click();
  must(await page.getByText('sealed in the database').isVisible(), 'the vault does not say what it is');
  await page.getByRole('link', { name: 'Who looked and who wrote' }).click();
  must(await page.getByText('Names and addresses read').first().isVisible(), 'opening the vault is not in the log');
}
