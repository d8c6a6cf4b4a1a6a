// A director opens Placewell, sees what stands out, and asks why.

import { must } from '../report.mjs';

export const pages = ['/', '/why/M05'];

export async function steps(page) {
  await page.goto('/');
  must(/\d+ children in our care/.test(await page.getByRole('heading', { level: 1 }).innerText()), 'the heading does not state the finding');
  await page.getByRole('link', { name: /^Why is More than 20 miles from home/ }).click();
  must(await page.getByText('Snapshot').isVisible(), 'the reason has no snapshot');
  must((await page.getByRole('table').first().locator('tbody tr').count()) > 0, 'no rows stand behind the figure');
}
