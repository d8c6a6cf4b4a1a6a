// How long a reader waits for the server: one at a time, over one connection, after a first visit.

import { Agent, get } from 'node:http';
import { must } from '../report.mjs';
import { headers } from '../service.mjs';

const REQUESTS = 200;
const MEDIAN = 20;
const P99 = 100;

/** Fails over a median of 20 ms or a 99th percentile of 100 ms. Returns both, in milliseconds. */
export async function speed(url) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times = [];
  await once(url, agent);
  for (let count = 0; count < REQUESTS; count += 1) {
    const start = performance.now();
    await once(url, agent);
    times.push(performance.now() - start);
  }
  agent.destroy();
  times.sort((a, b) => a - b);
  const [median, p99] = [times[REQUESTS / 2], times[Math.ceil(REQUESTS * 0.99) - 1]];
  must(median <= MEDIAN && p99 <= P99, `median ${median.toFixed(1)} ms (${MEDIAN} allowed), p99 ${p99.toFixed(1)} ms (${P99} allowed)`);
  return { median, p99 };
}

function once(url, agent) {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers: headers({ 'accept-encoding': 'gzip' }) }, (response) => {
      response.resume();
      response.on('end', resolve);
    }).on('error', reject);
  });
}
