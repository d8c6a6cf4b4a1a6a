// A planner asks about some of the children on another date.

import { must } from '../report.mjs';

export const pages = ['/children', '/children?on=2025-03-31&age_band=10_15&sex=female', '/children/profile', '/children/flows'];

export async function steps(page) {
  await page.goto('/children');
  await page.getByLabel('Day', { exact: true }).fill('30');
  await page.getByLabel('Month', { exact: true }).fill('9');
  await page.getByLabel('Year', { exact: true }).fill('2025');
  await page.locator('summary', { hasText: 'Age group' }).click();
  await page.getByLabel('10 to 15 years').check();
  await page.getByRole('button', { name: 'Show these children' }).click();
  await page.waitForURL(/\/children\?.*on=2025-09-30/);
  must(page.url().includes('age_band=10_15'), `the address does not keep the choice: ${page.url()}`);
  must(/^\d+ of \d+ children in our care on 30 September 2025$/.test(await page.getByRole('heading', { level: 1 }).innerText()), 'the heading does not say how many of how many');

  await page.getByRole('link', { name: 'Who they are' }).click();
  must(page.url().includes('age_band=10_15'), 'the choice is lost on the way to the profile');
  await page.getByRole('link', { name: 'Remove this filter: 10 to 15 years' }).click();
  must(!page.url().includes('age_band'), 'the filter cannot be removed');

  await page.goto('/children?on=2050-01-01');
  must(await page.getByText('that is what the returns cover').first().isVisible(), 'children are counted on a date that no return covers');
  await page.setViewportSize({ width: 320, height: 640 });
  await page.reload();
  must(await page.getByLabel('Day', { exact: true }).isVisible(), 'on a narrow screen the boxes with the mistake are folded away');
  await page.setViewportSize({ width: 1280, height: 900 });

  await page.goto('/children');
  await page.getByLabel('Month', { exact: true }).fill('13');
  await page.getByRole('button', { name: 'Show these children' }).click();
  must(await page.getByText('There is a problem').isVisible(), 'a date that does not exist is not answered with what is wrong');
  must((await page.getByLabel('Month', { exact: true }).inputValue()) === '13', 'what was typed is not kept');
}
