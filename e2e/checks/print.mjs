// The page on paper.

import { must } from '../report.mjs';

/** Controls are gone and the content is there; the PDF is kept to be looked at. */
export async function print(page, file) {
  await page.emulateMedia({ media: 'print' });
  const left = await page.evaluate(() => {
    const controls = '.govuk-service-navigation__wrapper, .govuk-pagination, .pw-filter, .pw-subnav, .pw-actions';
    const shown = [...document.querySelectorAll(controls)].filter((element) => element.checkVisibility());
    return { controls: shown.length, heading: document.querySelector('h1').checkVisibility() };
  });
  must(left.controls === 0, `${left.controls} controls are printed`);
  must(left.heading, 'the heading is not printed');
  await page.pdf({ path: file, format: 'A4', tagged: true, printBackground: false });
  await page.emulateMedia({ media: null });
}
