// Placewell itself: started for the tests, or already there.

import { spawn } from 'node:child_process';

const PATIENCE = 120_000;

/** Starts `command` (words separated by spaces) and waits for the address that it prints. */
export async function start(command) {
  const [program, ...words] = command.split(' ');
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'], cwd: new URL('..', import.meta.url) });
  let said = '';
  const address = new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no address from "${command}" in ${PATIENCE / 1000} s. It said:\n${said}`)), PATIENCE);
    const listen = (chunk) => {
      said += chunk;
      const found = said.match(/https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d+/);
      if (found) {
        clearTimeout(late);
        resolve(found[0]);
      }
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('error', (error) => reject(new Error(`"${command}" did not start: ${error.message}`)));
    child.on('exit', (code) => reject(new Error(`"${command}" ended with ${code}. It said:\n${said}`)));
  });
  return { address: await address, stop: () => child.kill() };
}

/** The password of everybody in the demonstration, whom its sign-in page lists. */
const PASSWORD = 'made-up children only';

/** Who reads the pages: the cookie of their session, or nothing where nobody signs in. */
export const reader = { cookie: '' };

/** Signs in as somebody of the demonstration, so that every check after it reads as they do. A service without a record asks nobody. */
export async function readAs(address, role) {
  reader.cookie = '';
  if (!role) return;
  const form = new URLSearchParams({ email: `${role}@example.gov.uk`, password: PASSWORD });
  const answer = await fetch(`${address}/sign-in`, { method: 'POST', body: form, redirect: 'manual' });
  if (answer.status === 404) return;
  if (answer.status !== 303) throw new Error(`${role} cannot sign in: ${answer.status}`);
  reader.cookie = answer.headers.get('set-cookie').split(';')[0];
}

/** The headers of a request of theirs. */
export function headers(more = {}) {
  return reader.cookie ? { ...more, cookie: reader.cookie } : more;
}

/** The same for a browser. */
export function cookies(address) {
  if (!reader.cookie) return [];
  const [name, value] = reader.cookie.split('=');
  return [{ name, value, url: address }];
}
