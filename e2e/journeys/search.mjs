// One box finds what its reader may see; a child's name is looked for apart and never stands in an address.

import { must } from '../report.mjs';

/** Finds children, homes, providers and contracts, and opens names. */
export const as = 'placement-officer';

export const pages = ['/search', '/search/names', '/search?q=house', '/privacy'];

export async function steps(page) {
  await page.goto('/cases');
  const first = page.locator('main table tbody th a').first();
  const reference = (await first.innerText()).trim();
  const box = page.getByRole('searchbox', { name: 'Search the record' });
  await box.fill(reference);
  await box.press('Enter');
  must(page.url().endsWith('/search'), `what was typed stands in no address, not in ${page.url()}`);
  const child = page.getByRole('link', { name: reference, exact: true });
  must(await child.isVisible(), 'the child is found by reference');
  must((await page.locator('main').innerText()).includes('People who may sign in'), 'what the role does not open is said to be not searched');
  await child.click();
  must(/\/cases\/[0-9a-f-]{36}$/.test(page.url()), 'the hit leads to the case');

  await page.getByRole('searchbox', { name: 'Search the record' }).fill('house');
  await page.getByRole('search', { name: 'Search the record' }).getByRole('button', { name: 'Search' }).click();
  must(await page.getByRole('heading', { name: /^Search: [\d,]+ found$/ }).isVisible(), 'how many were found is the heading');

  await page.getByLabel('What you look for').fill('x');
  await page.getByRole('search', { name: 'Search again' }).getByRole('button', { name: 'Search' }).click();
  must(await page.getByRole('alert').getByRole('link', { name: 'Type at least two letters or figures' }).isVisible(), 'one letter is too little, and it says so');
  must((await page.getByLabel('What you look for').inputValue()) === 'x', 'what was typed is kept');

  await page.getByRole('link', { name: /Search by a child/ }).click();
  await page.getByLabel(/The child.s name/).fill('Nobody Invented Atall');
  await page.getByRole('button', { name: 'Search the vault' }).click();
  must(page.url().endsWith('/search/names'), 'a name stands in no address');
  must((await page.locator('main').innerText()).includes('No child whose name you may open'), 'nobody is called so');

  await page.getByRole('link', { name: 'Privacy', exact: true }).click();
  must(await page.getByRole('heading', { name: 'Your rights' }).isVisible(), 'the notice is one link from every page');
}
