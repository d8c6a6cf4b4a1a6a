// A commissioner looks at who runs the homes in an area.

import { must } from '../report.mjs';

export const pages = ['/market', '/market?area=Nottingham'];

export async function steps(page) {
  await page.goto('/market');
  await page.getByLabel('Authority', { exact: true }).selectOption('Nottingham');
  await page.getByRole('button', { name: 'Show this market' }).click();
  must((await page.getByRole('heading', { level: 1 }).innerText()).startsWith('Nottingham: '), 'the heading is not about Nottingham');
  must((await page.locator('#owners tbody tr').count()) > 3, 'the owners are not listed');
}
