// The rules of axe for WCAG 2.2 A and AA, and its best practice.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { must } from '../report.mjs';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

/** Fails on any violation, naming the rule and the elements. Evaluated from outside, so the page's own policy stays in force. */
export async function axe(page) {
  await page.evaluate(source);
  const result = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: 'tag', values } }), tags);
  must(result.passes.length > 10, `axe ran only ${result.passes.length} rules`);
  const lines = result.violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html}\n${node.failureSummary}`));
  must(lines.length === 0, lines.join('\n'));
}
