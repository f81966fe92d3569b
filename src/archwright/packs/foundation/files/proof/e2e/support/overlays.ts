import { expect, type Locator, type Page } from '@playwright/test';
import { t } from './texts';

/** What lies over the page and takes the keyboard: a dialog or sheet, a menu, a list of choices. */
export interface Overlay {
  box: Locator;
  selector: string;
  /** A menu or a list of choices: arrows lead through it, and it belongs to a button. */
  byArrows: boolean;
}

const OPEN = ['dialog', 'alertdialog', 'menu', 'listbox']
  .map((role) => `[role="${role}"][data-state="open"]`)
  .join(', ');

/** The topmost of what is open now. */
export async function overlayOn(page: Page): Promise<Overlay | null> {
  const all = page.locator(OPEN);
  if ((await all.count()) === 0) return null;
  const { id, role } = await all
    .last()
    .evaluate((element) => ({ id: element.id, role: element.getAttribute('role') }));
  const selector = `[id="${id}"]`;
  const box = page.locator(selector);
  await expect(box.getByRole('status', { name: t('app.loading') })).toHaveCount(0);
  await expect(box).toHaveAccessibleName(/\S/);
  return { box, selector, byArrows: role === 'menu' || role === 'listbox' };
}

/** What of an overlay is out of reach: wider than its place, or never where it can be pressed. */
function outOfReach(root: Element): string[] {
  const { clientWidth, clientHeight, scrollWidth } = document.documentElement;
  const wide = Array.from([root, ...root.querySelectorAll('*')]).filter(
    (e) => getComputedStyle(e).overflowX === 'auto' && e.scrollWidth > e.clientWidth + 1,
  );
  const away = Array.from(root.querySelectorAll('a[href], button, input, textarea, [role]'))
    .filter((e) => e.checkVisibility() && e.closest('[aria-hidden="true"]') === null)
    .filter((e) => {
      e.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
      const { left, right, top, bottom } = e.getBoundingClientRect();
      if (left < 0 || top < 0 || right > clientWidth + 1 || bottom > clientHeight + 1) return true;
      const front = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      return front === null || !root.contains(front);
    });
  document.activeElement?.scrollIntoView({ block: 'nearest', behavior: 'instant' }); // as it was
  const told = [
    ...wide.map((e) => `wider than its place: ${e.outerHTML.slice(0, 160)}`),
    ...away.map((e) => `cannot be reached: ${e.outerHTML.slice(0, 160)}`),
  ];
  return scrollWidth > clientWidth ? ['the page is wider than the screen', ...told] : told;
}

/** Nothing is wider than the screen, and each control can be brought to where it can be pressed. */
export async function expectReachable({ box }: Overlay): Promise<void> {
  expect(await box.evaluate(outOfReach), 'what is out of reach').toEqual([]);
}
