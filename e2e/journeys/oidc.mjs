// Somebody comes in by the organisation's own sign-in: a real provider, run here.

import Provider from 'oidc-provider';
import { freePort, own } from '../own_service.mjs';
import { must } from '../report.mjs';

/** Nobody is signed in when it begins. */
export const as = null;

/** The pages belong to a Placewell of its own. */
export const pages = [];

/** A provider that takes every login for that of the address typed. */
async function provider(redirect) {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const made = new Provider(issuer, {
    clients: [{ client_id: 'placewell', client_secret: 'only for this journey', redirect_uris: [redirect], grant_types: ['authorization_code'] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    cookies: { keys: ['only for this journey'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: `${id}@example.gov.uk`, email_verified: true }) }),
  });
  const server = made.listen(port, '127.0.0.1');
  return { issuer, stop: () => server.close() };
}

export async function steps(page) {
  const port = await freePort();
  const signOn = await provider(`http://127.0.0.1:${port}/sign-in/provider/back`);
  const secret = new URL(`./.secret-${port}`, import.meta.url);
  const { rmSync, writeFileSync } = await import('node:fs');
  writeFileSync(secret, 'only for this journey\n');
  const table = `[sign_on]\nname = "Example account"\nissuer = "${signOn.issuer}"\nclient_id = "placewell"\nclient_secret_file = "${secret.pathname}"\n`;
  const site = await own(port, table);
  const come = async (name) => {
    await page.goto(`${site.address}/account`);
    await page.getByRole('link', { name: 'Sign in with your Example account' }).or(page.getByRole('button', { name: 'Sign in with your Example account' })).click();
    await past(name);
  };
  const past = async (name) => {
    if (page.url().startsWith(signOn.issuer)) {
      const login = page.locator('input[name=login]');
      if (await login.count()) {
        await login.fill(name);
        await page.locator('input[name=password]').fill('any');
        await page.locator('button[type=submit]').click();
      }
      if (page.url().startsWith(signOn.issuer)) await page.locator('button[type=submit]').click();
    }
  };
  try {
    await come('ada');
    must(await page.getByText('opens nobody').isVisible(), 'an address alone opens nothing, also where the provider has verified it');
    await page.goto(`${site.address}${site.link}`);
    await page.getByRole('button', { name: 'Use your Example account' }).click();
    await page.getByRole('link', { name: 'Go on to your Example account' }).or(page.getByRole('button', { name: 'Go on to your Example account' })).click();
    await past('ada');
    must(page.url() === `${site.address}/work`, `the invitation is taken up, and leads to one's work, not to ${page.url()}`);
    await page.goto(`${site.address}/account`);
    must(await page.getByText('ada@example.gov.uk').first().isVisible(), 'as whom the provider knows');
    must(await page.getByText('Your Example account opens Placewell for you').isVisible(), 'and the account says so');
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await come('ada');
    must(page.url() === `${site.address}/account`, `and again, by the same subject, back to what was asked for, not to ${page.url()}`);
    await page.context().clearCookies();
    await come('stranger');
    must(await page.getByText('opens nobody').isVisible(), 'a stranger whom the provider knows stays out');
  } finally {
    site.stop();
    signOn.stop();
    rmSync(secret, { force: true });
  }
}
