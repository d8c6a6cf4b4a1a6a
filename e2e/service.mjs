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
