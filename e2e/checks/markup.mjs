// HTML as the standard has it, and as every page of the house has it.

import { FileSystemConfigLoader, HtmlValidate } from 'html-validate';
import { must } from '../report.mjs';

const validator = new HtmlValidate(
  new FileSystemConfigLoader({
    root: true,
    extends: ['html-validate:recommended', 'html-validate:document'],
    rules: {
      // GOV.UK Frontend writes these on purpose, for older screen readers; our components follow it to the letter.
      'no-redundant-role': 'off',
      'prefer-native-element': ['error', { exclude: ['button', 'region'] }],
      // Check boxes of one name are one question with several answers.
      'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit'] }],
      // What a page loads comes from the same host as the page.
      'require-sri': ['error', { target: 'crossorigin' }],
      // Ours to choose, not the standard's.
      'long-title': 'off',
      'tel-non-breaking': 'off',
      'no-trailing-whitespace': 'off',
      doctype: 'off',
      'doctype-style': 'off',
      'void-style': 'off',
      'attr-quotes': 'off',
    },
  }),
);

/** Validates the document as the server sent it. */
export async function markup(html, path) {
  const report = await validator.validateString(html, path);
  const messages = report.results.flatMap((result) => result.messages.map((found) => `${found.line}:${found.column} ${found.ruleId}: ${found.message}`));
  must(report.valid, messages.slice(0, 20).join('\n'));
  for (const once of ['<h1', '<main', '<title>', 'lang="en-GB"']) {
    must(html.split(once).length === 2, `${once} stands ${html.split(once).length - 1} times`);
  }
}
