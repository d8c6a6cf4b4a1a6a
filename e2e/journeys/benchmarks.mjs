// A commissioner compares an authority with its neighbours, then with one of her own choosing.

import { must } from '../report.mjs';

export const pages = ['/benchmarks', '/benchmarks?area=Nottingham&measure=children-looked-after&from=2016&to=2020&neighbours=3'];

export async function steps(page) {
  await page.goto('/benchmarks');
  await page.getByLabel('Authority', { exact: true }).selectOption('Nottingham');
  await page.getByLabel('Measure', { exact: true }).selectOption('children-looked-after');
  await page.getByLabel('From', { exact: true }).selectOption('2016');
  await page.getByLabel('To', { exact: true }).selectOption('2020');
  await page.getByLabel('Those named below').check();
  await page.getByLabel('Named authorities').fill('Derby, Leicester');
  await page.getByRole('button', { name: 'Compare' }).click();
  const own = page.locator('#comparison').getByRole('row', { name: /^Nottingham/ });
  must(/594\s+622\s+616\s+628\s+656/.test(await own.innerText()), `Nottingham reads ${await own.innerText()}`);
  must((await page.locator('#members tbody tr').count()) === 2, 'the neighbours are not the two that were named');
}
