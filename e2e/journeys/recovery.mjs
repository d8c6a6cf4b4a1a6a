// Somebody takes up an invitation, forgets the password, asks for a link by mail and chooses another.

import { axe } from '../checks/axe.mjs';
import { freePort, letterTo, mailServer, mailTable, own } from '../own_service.mjs';
import { must } from '../report.mjs';

/** Nobody is signed in when it begins. */
export const as = null;

export const pages = ['/sign-in/forgotten'];

export async function steps(page, view) {
  const mail = await mailServer();
  const site = await own(await freePort(), mailTable(mail));
  try {
    // Axe is a script: a browser without scripts runs none of it.
    const looked = async () => {
      if (view !== 'unscripted') await axe(page);
    };
    const choose = async (password) => {
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByLabel('The same password again').fill(password);
      await page.getByRole('button', { name: 'Choose this password' }).click();
      must(page.url() === `${site.address}/work`, `choosing a password leads to one's work, not to ${page.url()}`);
    };
    await page.goto(site.address + site.link);
    await choose('three random words');
    await page.goto(`${site.address}/account`);
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();

    await page.getByRole('link', { name: 'I forgot my password' }).click();
    await page.getByRole('button', { name: 'Send me a link' }).click();
    must(await page.getByRole('link', { name: /Enter an email address/ }).isVisible(), 'an address is wanted');
    await looked();
    const ask = async (email) => {
      await page.goto(`${site.address}/sign-in/forgotten`);
      await page.getByLabel('Email address').fill(email);
      await page.getByRole('button', { name: 'Send me a link' }).click();
      return page.locator('main').innerText();
    };
    const unknown = await ask('nobody@example.gov.uk');
    const known = await ask('ada@example.gov.uk');
    must(known === unknown, 'nobody learns who works here');
    await looked();
    // Her day and what is due come by mail too.
    const letter = await letterTo(mail, 'ada@example.gov.uk', '/link/');
    must(mail.letters.filter((one) => one.includes('/link/')).length === 1, 'one letter with a link, to whom it is for');
    const link = letter.match(/http:\/\/127\.0\.0\.1:\d+\/link\/[0-9a-f]{64}/)[0];
    await page.goto(link);
    await choose('four more random words');
    await page.goto(link);
    must(await page.getByText('This link was used already').isVisible(), 'it works once');
  } finally {
    site.stop();
    mail.stop();
  }
}
