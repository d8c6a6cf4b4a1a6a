// Every component, from the gallery of crate `web`; not part of the product, so it is run only when asked for.

export const pages = ['/gallery', '/gallery/list', '/gallery/components'];
export const onRequest = true;
// The gallery has no rooms, so the navigation leads nowhere there.
export const linksLeadElsewhere = true;

export async function steps(page) {
  await page.goto('/gallery/list');
  await page.getByRole('button', { name: 'Show these children' }).click();
  await page.waitForURL(/on-day=31/);
}
