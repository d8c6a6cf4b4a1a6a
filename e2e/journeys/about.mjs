// A reader asks what the service is, from any page's footer.

import { must } from '../report.mjs';

export const pages = ['/about-the-data', '/accessibility', '/notices'];

export async function steps(page) {
  await page.goto('/accessibility');
  await page.getByRole('link', { name: 'About the data' }).click();
  must((await page.getByRole('heading', { level: 1 }).innerText()) === 'About the data', 'the footer does not lead to "About the data"');
  await page.getByRole('link', { name: 'Licences and notices' }).click();
  await page.getByText('Licence of GOV.UK Frontend').click();
  must(await page.getByText('Permission is hereby granted').isVisible(), 'the licence does not open');
}
