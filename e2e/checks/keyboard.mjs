// The page with the Tab key alone.

import { must } from '../report.mjs';

/** Everything that can be used is reached, in order, and seen to be reached; the first stop leads past the navigation. */
export async function keyboard(page) {
  const wanted = await page.evaluate(() => {
    const usable = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
    const shown = (element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
    const elements = [...document.querySelectorAll(usable)].filter((element) => shown(element) && !element.disabled);
    // Of a group of radios the Tab key stops at one; the arrows reach the others.
    const first = (element) => element.type !== 'radio' || element.checked || !elements.some((other) => other.type === 'radio' && other.name === element.name && (other.checked || elements.indexOf(other) < elements.indexOf(element)));
    return elements.filter(first).length;
  });
  await page.evaluate(() => {
    document.activeElement?.blur();
    window.scrollTo(0, 0);
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
  });
  const stops = [];
  for (let count = 0; count < wanted + 5; count += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(describeStop);
    if (!stop || (stops.length > 0 && stop.place === stops[0].place)) break;
    stops.push(stop);
  }
  must(stops[0]?.html.includes('govuk-skip-link'), `the first stop is not the skip link but ${stops[0]?.html}`);
  const unseen = stops.filter((stop) => !stop.marked || !stop.inView);
  must(unseen.length === 0, `focus cannot be seen on:\n${unseen.map((stop) => stop.html).join('\n')}`);
  must(new Set(stops.map((stop) => stop.place)).size === wanted, `${wanted} elements can be used, ${stops.length} are reached by the Tab key`);

  await page.evaluate(() => document.querySelector('.govuk-skip-link').focus());
  await page.keyboard.press('Enter');
  must(await page.evaluate(() => document.activeElement.id === 'main'), 'the skip link does not lead to the content');
}

/** Runs in the page: the element that has the focus, whether a mark shows it, and whether it is on the screen. */
function describeStop() {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  // Radios and check boxes are drawn by their label.
  const drawn = element.matches('.govuk-radios__input, .govuk-checkboxes__input') ? element.nextElementSibling : element;
  const styles = [getComputedStyle(drawn), getComputedStyle(drawn, '::before')];
  const marked = styles.some((style) => (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none');
  const box = element.getBoundingClientRect();
  const inView = box.bottom > 0 && box.top < window.innerHeight && box.right > 0 && box.left < window.innerWidth;
  return { place: [...document.querySelectorAll('*')].indexOf(element), html: element.outerHTML.slice(0, 160), marked, inView };
}
