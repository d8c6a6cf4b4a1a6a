// A director reads the statement and takes it away.

import { must } from '../report.mjs';

export const pages = ['/statement', '/statement?section=needs', '/statement?area=Nottingham&section=needs'];

export async function steps(page) {
  await page.goto('/statement');
  await page.getByLabel('Statement of').selectOption('Rutland');
  await page.getByRole('button', { name: 'Show' }).click();
  must((await page.getByRole('heading', { level: 1 }).innerText()) === 'Sufficiency statement of Rutland', 'the statement is not of Rutland');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Word' }).click()]);
  must(/^rutland-.*\.docx$/.test(file.suggestedFilename()), `the file is called ${file.suggestedFilename()}`);
}
