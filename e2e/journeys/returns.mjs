// A data officer sees what was found in the returns and mends a child's record.

import { must } from '../report.mjs';

export const pages = ['/returns', '/returns/findings', '/returns/findings?severity=error', '/returns/changes', '/returns/rules', '/returns/rules/501', '/returns/children/1'];

export async function steps(page) {
  await page.goto('/returns');
  await page.getByRole('link', { name: 'Findings', exact: true }).click();
  await page.getByLabel('Severity').selectOption('error');
  await page.getByRole('button', { name: 'Show these findings' }).click();
  await page.waitForURL(/severity=error/);
  const child = page.locator('tbody a[href^="/returns/children/"]').first();
  const name = (await child.innerText()).trim();
  await child.click();
  must(!page.url().includes(name), 'the address names the child');
  must((await page.getByRole('heading', { level: 1 }).innerText()).startsWith(`Child ${name}: `), 'the page is about another child');
  await page.goto('/returns/rules');
  await page.getByRole('link', { name: '501', exact: true }).click();
  must(await page.getByText('How to mend it').isVisible(), 'the rule does not say how to mend it');
}
