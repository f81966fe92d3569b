import { expect, type Page } from '@playwright/test';

interface Stop {
  name: string;
  inMain: boolean;
  seen: boolean;
}

const MOST = 60;

/** What has the focus now, and whether one can see that it has; null at the end of the page. */
function focused(page: Page): Promise<Stop | null> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const styles = [element, element.parentElement ?? element].map((e) => getComputedStyle(e));
    const seen = styles.some(
      ({ outlineStyle, outlineWidth, boxShadow }) =>
        (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none',
    );
    const text = element.getAttribute('aria-label') ?? element.textContent;
    const name = `${element.tagName.toLowerCase()} ${text.trim().slice(0, 40)}`;
    return { name, inMain: element.closest('main') !== null, seen };
  });
}

/** Tab leads through the page: to its controls, from one to the next, and one sees where one is. */
export async function expectKeyboard(page: Page): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const stops: Stop[] = [];
  for (let step = 0; step < MOST; step += 1) {
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    if (stop === null) break;
    stops.push(stop);
    if (stop.inMain && stops.filter(({ inMain }) => inMain).length > 15) break;
  }
  const hidden = stops.filter(({ seen }) => !seen).map(({ name }) => name);
  if (hidden.length > 0) throw new Error(['the focus cannot be seen on:', ...hidden].join('\n- '));
  const controls = page.locator('main').locator('a[href], button:enabled, input, textarea');
  const there = await controls.filter({ visible: true }).count();
  if (there > 0) expect(stops.some(({ inMain }) => inMain), 'Tab reaches the page').toBe(true);
}
