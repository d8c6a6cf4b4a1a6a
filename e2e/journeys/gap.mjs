// The gap: leave the work to itself, choose lines, go down to the homes behind one, and give a file of homes that is none.

import { must } from '../report.mjs';

const LINE = '/gap/line?home=Supported+accommodation&ages=16+and+17&need=standard&notice=planned&area=inside';

export const pages = ['/gap', '/gap?home=Foster+home&area=anywhere', LINE, '/files/supply?back=/gap'];

/** The same address shows the answer when there is one; asked again as a reader without scripts would. */
export async function answered(page, path) {
  for (let asked = 0; asked < 240; asked += 1) {
    await page.goto(path);
    if (!(await page.locator('[data-pw-waiting]').count())) return;
    await page.waitForTimeout(500);
  }
  throw new Error(`${path} still has no answer.`);
}

export async function ready(page) {
  await answered(page, '/gap');
}

export async function steps(page) {
  await page.goto('/forecast');
  await page.getByRole('link', { name: 'Gap', exact: true }).click();
  await answered(page, '/gap');
  must((await page.locator('h1').innerText()).includes(' on '), 'the heading names no date');
  must((await page.locator('main').innerText()).includes('Siblings together'), 'no line for siblings');

  await page.getByLabel('Kind of home', { exact: true }).selectOption('Foster home');
  await page.getByRole('button', { name: 'Show the gap' }).click();
  must((await page.getByRole('link', { name: 'Remove this filter: Kind of home: Foster home' }).count()) === 1, 'the filter is not named');
  must((await page.getByRole('link', { name: /^Supported accommodation/ }).count()) === 0, 'the filter leaves other homes in');

  await page.goto(LINE);
  must((await page.locator('main').innerText()).includes('How supply was made up'), 'the line does not say how supply was made up');
  must((await page.locator('#homes tbody tr').count()) > 0, 'no home stands behind the line');

  await page.goto('/files/supply?back=/gap');
  await page.getByLabel('Choose the file of homes').setInputFiles({ name: 'homes.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2\n') });
  await page.getByRole('button', { name: 'Use this file' }).click();
  must((await page.locator('.govuk-error-summary').innerText()).includes('It must be CSV with the columns setting,type'), 'a wrong file is not refused');
  must((await page.locator('main').innerText()).includes('supply.csv'), 'the file in use was lost');

  const csv = await page.request.get('/gap.csv');
  must((await csv.text()).startsWith('home,ages,need_band'), 'no CSV');
  const json = await page.request.get('/api/v1/gap');
  must((await json.json()).lines.length > 0, 'no JSON');

  const wrong = await page.goto('/gap?share=half');
  must(wrong.status() === 400, 'a share that is none is not refused');
}
