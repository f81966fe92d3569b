import { expect, test, type Page, type ViewportSize } from '@playwright/test';
import { t } from './texts';
import type { Visitor } from './visits';

export type Theme = 'light' | 'dark';

interface Device {
  name: 'desktop' | 'phone';
  size: ViewportSize;
  /** The theme in which a page is looked at where one is enough. */
  only: Theme;
}

export const DESKTOP: Device = { name: 'desktop', size: { width: 1280, height: 800 }, only: 'light' };
export const PHONE: Device = { name: 'phone', size: { width: 360, height: 740 }, only: 'dark' };

/** The themes in which a visitor looks at a page on a device. */
export function looksOf(device: Device, visitor: Visitor): readonly Theme[] {
  return visitor.first ? ['light', 'dark'] : [device.only];
}

/** How much of what one sees is only a place for what comes; what one scrolls to may come then. */
async function loadingOnScreen(page: Page): Promise<number> {
  const boxes = await page
    .getByRole('status', { name: t('app.loading') })
    .evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().toJSON()));
  const size = page.viewportSize() ?? DESKTOP.size;
  return boxes.filter(
    ({ top, bottom, left, right }: DOMRect) =>
      bottom > 0 && top < size.height && right > 0 && left < size.width,
  ).length;
}

/** Waits until a page has what it shows: no skeletons, and nothing more on its way. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator('h1').first()).toBeVisible();
  await expect.poll(() => loadingOnScreen(page), 'what still loads').toBe(0);
  // a clip may keep on loading; what it shows is there by then
  await page.waitForLoadState('networkidle', { timeout: 5000 }).catch(() => undefined);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

/** Keeps what a page looks like, for the gallery of the evidence. */
export async function screenshot(page: Page, theme: Theme, device: Device): Promise<void> {
  await page.evaluate(() => window.scrollTo(0, 0)); // axe leaves a page where it looked last
  const body = await page.screenshot({ animations: 'disabled' });
  const name = `screen ${theme} ${device.name}`;
  await test.info().attach(name, { body, contentType: 'image/png' });
}
