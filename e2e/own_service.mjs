// A Placewell of a journey's own: an empty record, a mail server that keeps what it takes, and a provider of single sign-on where one is wanted.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const AUTHORITY = 'Nottingham';

/** The program that the whole run is given. */
function program() {
  const { values } = parseArgs({ options: { command: { type: 'string', default: 'target/release/placewell demo' } }, strict: false });
  return values.command.split(' ')[0];
}

const cwd = new URL('..', import.meta.url);

/** A mail server that takes everything; `letters` is what it took. */
export async function mailServer() {
  const letters = [];
  const server = createServer((socket) => {
    let data = null;
    let rest = '';
    socket.write('220 mail.test\r\n');
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      rest += chunk;
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (data !== null) {
          if (line === '.') {
            letters.push(data.join('\n').replaceAll('=\n', '').replaceAll('=3D', '='));
            data = null;
            socket.write('250 taken\r\n');
          } else data.push(line);
        } else if (/^DATA/i.test(line)) {
          data = [];
          socket.write('354 go on\r\n');
        } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
        else socket.write('250 well\r\n');
      }
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: server.address().port, letters, stop: () => server.close() };
}

/** Waits for a letter to somebody that holds these words, which goes out within seconds. */
export async function letterTo(mail, to, words) {
  for (let tries = 0; tries < 300; tries += 1) {
    const found = mail.letters.findLast((letter) => letter.includes(`To: ${to}`) && letter.includes(words));
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no letter to ${to} came in half a minute`);
}

/** A free port of this machine, for an address that must be known before anybody listens there. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts it at a port with these tables in its configuration; gives its address, and the path of the link of its first administrator. */
export async function own(port, tables) {
  const home = mkdtempSync(join(tmpdir(), 'placewell-journey-'));
  const run = (...words) => execFileSync(program(), ['--home', home, ...words], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  run('migrate');
  const said = run('user', 'add', 'Ada Byron', 'ada@example.gov.uk', '--role', 'administrator', '--authority', AUTHORITY);
  const record = `database = "sqlite://${home}/record.db"\nseal_key = "${home}/seal.key"\nsecond_factor = "offered"\n`;
  writeFileSync(join(home, 'placewell.toml'), `listen = "127.0.0.1:${port}"\nauthority = "${AUTHORITY}"\n[record]\n${record}${tables}`);
  const child = spawn(program(), ['--home', home, 'serve', '--config', join(home, 'placewell.toml')], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  await new Promise((resolve, reject) => {
    let words = '';
    const listen = (chunk) => {
      words += chunk;
      if (words.includes('is open at')) resolve();
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('exit', (code) => reject(new Error(`serve ended with ${code}: ${words}`)));
  });
  const stop = () => {
    child.removeAllListeners('exit');
    child.kill();
    rmSync(home, { recursive: true, force: true });
  };
  return { address: `http://127.0.0.1:${port}`, link: said.match(/\/link\/[0-9a-f]{64}/)[0], stop };
}

/** The table of the configuration that sends mail there. */
export const mailTable = (mail) =>
  `[mail]\nhost = "127.0.0.1"\nport = ${mail.port}\nsecurity = "none"\nfrom = "Placewell <placewell@example.gov.uk>"\n`;
