// What waits for somebody is where they begin, and says what to do next.

import { must } from '../report.mjs';

/** Every child of the example has a social worker, whose the clocks are. */
export const as = 'social-worker';

export const pages = ['/work', '/notifications'];

export async function steps(page) {
  await page.goto('/work');
  must(await page.getByRole('heading', { name: /^Overdue/ }).isVisible(), 'overdue comes first');
  must(await page.getByRole('heading', { name: 'Not known' }).isVisible(), 'what the record cannot tell is said');
  must((await page.locator('main').innerText()).match(/Personal education plan, [\d,]+ children: nobody has written down here yet whether it was done/), 'with how many children');
  must((await page.getByRole('link', { name: 'Your work' }).count()) > 0, 'the page has its place in the navigation');
  await page.getByRole('link', { name: 'What you were told' }).click();
  must(page.url().endsWith('/notifications'), 'the line leads there');
  await page.getByLabel('Once a day, all together').check();
  await page.getByRole('button', { name: 'Keep this choice' }).click();
  must(await page.getByLabel('Once a day, all together').isChecked(), 'the choice is kept');
  await page.getByLabel('Each time, at once').check();
  await page.getByRole('button', { name: 'Keep this choice' }).click();
  must(await page.getByLabel('Each time, at once').isChecked(), 'and changed again');
}
