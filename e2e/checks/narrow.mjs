// 320 pixels wide, which is also 1280 pixels at 400%.

import { must } from '../report.mjs';

/** The page does not move sideways; what is wider stands in a frame that does. */
export async function narrow(page) {
  const wide = await page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= limit) return null;
    const framed = (element) => element.parentElement?.closest('.pw-scroll, .govuk-visually-hidden, svg');
    const over = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > limit + 1 && !framed(element));
    return `${document.documentElement.scrollWidth} pixels wide:\n${over.slice(0, 5).map((element) => element.outerHTML.slice(0, 160)).join('\n')}`;
  });
  must(!wide, wide);
  // A table may scroll inside its frame; what it is called must be read without.
  const cut = await page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    const shown = [...document.querySelectorAll('.pw-scroll caption:not(.govuk-visually-hidden)')].filter((caption) => caption.checkVisibility());
    return shown.filter((caption) => caption.getBoundingClientRect().right > limit + 1).map((caption) => caption.textContent);
  });
  must(cut.length === 0, `captions are cut off:\n${cut.join('\n')}`);
}
