// Block beds: an empty form, an example, wrong prices, and the homes of the plan of 2014.

import { must } from '../report.mjs';
import { answered } from './gap.mjs';

const BLOCK = '/blocks?terms=block&from_beds=50&to_beds=90&price=4600&void=4100&spot=5400&fit=80';
const OWN = '/blocks?terms=own&from_beds=16&to_beds=28&fixed=63232&spot=2711&fit=100';

export const pages = ['/blocks', BLOCK, OWN];

export async function ready(page) {
  await answered(page, BLOCK);
  await answered(page, OWN);
}

export async function steps(page) {
  await page.goto('/blocks');
  await page.getByRole('link', { name: /^An example of homes of one's own/ }).click();
  await answered(page, OWN);
  const said = await page.locator('main').innerText();
  must(said.includes('pays from 23.3 occupied beds on, so from 24 against £2,711'), 'the break-even of the plan of 2014 is not 23.3');
  must(said.includes('one costs £2,634.67 a week'), '24 beds do not cost £2,634.67');

  const wrong = await page.goto('/blocks?terms=block&from_beds=9&to_beds=10000&price=-4&spot=&fit=120');
  must(wrong.status() === 422, 'wrong prices are not refused');
  must((await page.locator('.govuk-error-summary li').count()) === 4, 'not every wrong field is named');
  must((await page.locator('#price').inputValue()) === '-4', 'what was typed is lost');

  const csv = await page.request.get(BLOCK.replace('/blocks', '/blocks.csv'));
  must((await csv.text()).startsWith('beds,expected_pence'), 'no CSV');
}
