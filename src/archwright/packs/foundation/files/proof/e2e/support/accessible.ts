import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Whether something fades or moves that will come to its end. */
function moves(page: Page): Promise<boolean> {
  return page.evaluate(() =>
    document
      .getAnimations()
      .some(
        ({ playState, effect }) =>
          playState === 'running' && Number.isFinite(effect?.getComputedTiming().endTime),
      ),
  );
}

/** Waits until nothing moves any more: colours of what fades in are not those that people read. */
async function stillness(page: Page): Promise<void> {
  // what never comes to its end, for it is out of sight, is not waited for longer
  await expect.poll(() => moves(page), { timeout: 3000 }).toBe(false).catch(() => undefined);
}

/** The page as it is now has a main part with a heading, and breaks no rule of WCAG 2.2 AA. */
export async function expectAccessible(page: Page): Promise<void> {
  // by element: an open dialog hides the rest of the page from roles, and rightly so
  await expect(page.locator('main')).toBeVisible();
  await expect(page.locator('h1').first()).toBeVisible();
  await stillness(page);
  const { violations, passes, incomplete } = await new AxeBuilder({ page })
    .withTags(WCAG)
    .analyze();
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, html, ...checks }) => {
      const why = [...checks.any, ...checks.all].map(({ message }) => message).join(' ');
      return `${id}: ${help} (${why}) at ${target.join(' ')}: ${html.slice(0, 200)}`;
    }),
  );
  const told = { url: page.url(), found, passes: passes.length, incomplete: incomplete.length };
  await test.info().attach('axe', { body: JSON.stringify(told), contentType: 'application/json' });
  if (found.length > 0) throw new Error(['axe finds:', ...found].join('\n- '));
}
