// How much a reader loads.

import { must } from '../report.mjs';
import { headers } from '../service.mjs';

const PAGE = 150 * 1024;
const FIRST_LOAD = 150 * 1024;

/** Fails over 150 KiB of HTML, or 150 KiB compressed for everything that a first visit loads. Returns both, in bytes. */
export async function weight(base, path, html) {
  const page = Buffer.byteLength(html);
  must(page <= PAGE, `${page} bytes of HTML, ${PAGE} are allowed`);
  const linked = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((match) => match[1]);
  const sizes = await Promise.all([path, ...new Set(linked)].map((address) => packed(base + address)));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  must(total <= FIRST_LOAD, `${total} bytes compressed at the first visit, ${FIRST_LOAD} are allowed`);
  return { page, total };
}

/** Bytes on the wire: read without the client's own unpacking. */
async function packed(url) {
  const { get } = await import('node:http');
  return new Promise((resolve, reject) => {
    get(url, { headers: headers({ 'accept-encoding': 'gzip' }) }, (response) => {
      let size = 0;
      response.on('data', (chunk) => (size += chunk.length));
      response.on('end', () => resolve(size));
    }).on('error', reject);
  });
}
