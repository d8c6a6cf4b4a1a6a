// Every link on a page leads somewhere.

import { must } from '../report.mjs';
import { headers } from '../service.mjs';

const known = new Map();

/** Follows each link within this host once in a run. */
export async function links(base, html) {
  const found = [...html.matchAll(/<a [^>]*href="([^"]*)"/g)].map((match) => match[1].replaceAll('&amp;', '&'));
  const dead = [];
  for (const href of new Set(found)) {
    if (href.startsWith('#')) {
      if (!html.includes(`id="${href.slice(1)}"`)) dead.push(`${href} names no element of the page`);
    } else if (href.startsWith('/')) {
      const address = href.split('#')[0];
      if (!known.has(address)) known.set(address, (await fetch(base + address, { headers: headers() })).status);
      if (known.get(address) !== 200) dead.push(`${href} answers ${known.get(address)}`);
    }
  }
  must(dead.length === 0, dead.join('\n'));
}
