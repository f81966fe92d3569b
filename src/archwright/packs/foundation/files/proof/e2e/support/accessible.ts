import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Locator, type Page, type ViewportSize } from '@playwright/test';
import { expectTour } from './keyboard';
import { DESKTOP } from './looks';
import { expectReachable, overlayOn, type Overlay } from './overlays';

/** A phone as low as they are, or one with its keyboard half up. */
const SMALL = { width: 360, height: 640 };
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Whether something fades or moves that will come to its end, in the page or a part of it. */
function moves(page: Page, part: string): Promise<boolean> {
  return page.locator(part).evaluate((root) =>
    root
      .getAnimations({ subtree: true })
      .some(
        ({ playState, effect }) =>
          playState === 'running' && Number.isFinite(effect?.getComputedTiming().endTime),
      ),
  );
}

/** Waits until nothing moves any more: colours of what fades in are not those that people read. */
async function stillness(page: Page, part: string): Promise<void> {
  // what never comes to its end, for it is out of sight, is not waited for longer
  await expect.poll(() => moves(page, part), { timeout: 3000 }).toBe(false).catch(() => undefined);
}

/** Nothing of the page, or of a part of it, breaks a rule of WCAG 2.2 AA. */
async function expectNoViolation(page: Page, part = 'html'): Promise<void> {
  await stillness(page, part);
  // without frames of others it needs no second page to gather what it finds, and is done sooner
  const axe = new AxeBuilder({ page }).withTags(WCAG).include(part).setLegacyMode();
  const { violations, passes, incomplete } = await axe.analyze();
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

/** Shows the light or the dark theme, whatever was chosen; the choice stays. */
async function show(page: Page, dark: boolean): Promise<boolean> {
  return page.evaluate((wanted) => {
    const { classList } = document.documentElement;
    const before = classList.contains('dark');
    classList.toggle('dark', wanted);
    return before;
  }, dark);
}

/** Changes the window; a menu is opened afresh, where its button then is. */
async function resize(page: Page, { box, byArrows }: Overlay, size: ViewportSize): Promise<void> {
  if (!byArrows) {
    await page.setViewportSize(size);
  } else {
    await page.keyboard.press('Escape');
    await expect(box).toBeHidden();
    const button = page.locator('[aria-expanded="false"]:focus');
    await expect(button).toBeVisible();
    await page.setViewportSize(size);
    await button.scrollIntoViewIfNeeded();
    await page.keyboard.press('Enter');
  }
  await expect(box).toBeVisible();
}

/** What lies over a page is in order in both themes, on a desktop and on a small phone. */
async function expectOverlay(page: Page, overlay: Overlay): Promise<void> {
  test.setTimeout(test.info().timeout + 20_000); // each has its own time
  const before = page.viewportSize() ?? DESKTOP.size;
  const focus = await page.evaluateHandle(() => document.activeElement);
  const wasDark = await show(page, false);
  for (const size of [DESKTOP.size, SMALL]) {
    await resize(page, overlay, size);
    for (const dark of [false, true]) {
      await show(page, dark);
      await expectNoViolation(page, overlay.selector);
    }
    await expectReachable(overlay);
  }
  await expectTour(page, overlay);
  await show(page, wasDark);
  await resize(page, overlay, before);
  await focus.evaluate((element) => element instanceof HTMLElement && element.focus());
  await focus.dispose();
}

/**
 * The page as it is now has a main part with a heading, and breaks no rule of WCAG 2.2 AA. What is
 * open over it is looked at in every way, and left as it was.
 */
export async function expectAccessible(page: Page): Promise<void> {
  // by element: an open dialog hides the rest of the page from roles, and rightly so
  await expect(page.locator('main')).toBeVisible();
  await expect(page.locator('h1').first()).toBeVisible();
  const overlay = await overlayOn(page);
  if (overlay !== null) await expectOverlay(page, overlay);
  else await expectNoViolation(page);
}

/** As `expectAccessible`; then Escape closes what is open and leads back to what opened it. */
export async function expectDialog(page: Page, opener: Locator): Promise<void> {
  const overlay = await overlayOn(page);
  if (overlay === null) throw new Error('nothing is open over the page');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(overlay.box).toBeHidden();
  await expect(opener).toBeFocused();
}
