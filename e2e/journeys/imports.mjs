// What comes from elsewhere: returns are compared with the record, a case system's exports are looked at by a mapping that is kept.

import { must } from '../report.mjs';

/** Keeps the record up with returns and exports. */
export const as = 'placement-officer';

export const pages = ['/cases/returns', '/cases/exports'];

const main = (page) => page.locator('main').innerText();

export async function steps(page) {
  await page.goto('/cases');
  await page.getByRole('button', { name: 'Take the returns' }).or(page.getByRole('link', { name: 'Take the returns' })).click();
  await page.getByRole('button', { name: 'Compare them with the record' }).click();
  must((await main(page)).includes('Compared, and nothing written.'), 'returns are compared without a change');

  await page.goto('/cases/exports');
  const mapping = await (await page.request.get('/cases/exports/mapping')).body();
  await page.getByLabel(/^Choose a mapping|^Choose another mapping/).setInputFiles({ name: 'mapping.toml', mimeType: 'application/toml', buffer: mapping });
  await page.getByRole('button', { name: 'Keep this mapping' }).click();
  must((await main(page)).includes('The mapping is kept.'), 'the example of a mapping can be kept');
  const send = async (rows) => {
    const heads = 'Person ID,Period ID,Started,Ended,Reason ended\n';
    await page.getByLabel('Choose one or more exports').setInputFiles({ name: 'care_periods.csv', mimeType: 'text/csv', buffer: Buffer.from(heads + rows) });
    await page.getByRole('button', { name: 'Send these exports' }).click();
  };
  await send('EX-1001,5001,12/01/2026,,\n');
  must((await main(page)).includes('There is a problem'), 'a child whom nobody knows is a fault of the file');
  await send('');
  must((await main(page)).includes('nothing was written'), 'a file without rows can be taken');
}
