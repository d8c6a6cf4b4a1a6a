// Somebody signs in, is led back to what they asked for, sees what is theirs, and signs out.

import { must } from '../report.mjs';

/** Nobody is signed in when it begins. */
export const as = null;

export const pages = ['/sign-in'];

export async function steps(page) {
  await page.goto('/benchmarks');
  must(page.url().includes('/sign-in?then='), 'nobody reads a page without signing in');
  await page.getByLabel('Email address').fill('lead-member@example.gov.uk');
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  must(await page.getByRole('link', { name: 'The email address or the password is wrong' }).isVisible(), 'the summary says what is wrong');
  must((await page.getByLabel('Email address').inputValue()) === 'lead-member@example.gov.uk', 'what was typed is kept');
  must((await page.getByLabel('Password').inputValue()) === '', 'a password is never given back');
  await page.getByLabel('Password').fill('made-up children only');
  await page.getByRole('button', { name: 'Sign in' }).click();
  must(page.url().endsWith('/benchmarks'), 'signing in leads back');
  must((await page.getByRole('link', { name: 'Returns' }).count()) === 0, 'rooms that are closed are not offered');
  await page.goto('/returns');
  must(await page.getByText('This is not open to you').isVisible(), 'and do not open by their address');
  await page.goto('/account');
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.goto('/benchmarks');
  must(page.url().includes('/sign-in'), 'signing out ends the session');
}
