import { expect, expectAccessible, t, test } from './fixtures';
import { expectKeyboard } from './support/keyboard';
import { DESKTOP, PHONE, looksOf, screenshot, settled } from './support/looks';
import { pages } from './support/pages';
import { addressOf, visitorsOf } from './support/visits';

for (const appPage of pages) {
  for (const visitor of visitorsOf(appPage)) {
    test(`${appPage.path} is in order for ${visitor.name}`, async ({ people }) => {
      test.slow(); // each look is one of up to four
      test.info().annotations.push({ type: 'route', description: appPage.path });
      test.info().annotations.push({ type: 'visitor', description: visitor.name });
      const who = visitor.joins ? await people.newcomer() : visitor.handle;
      const address = await addressOf(appPage, await people.client(who));
      test.skip(address === null, 'there is no sample row for this page');
      const page = await people.open(who);
      await page.addInitScript(() => localStorage.setItem('theme', 'system'));
      for (const device of [DESKTOP, PHONE]) {
        await page.setViewportSize(device.size);
        await page.goto(address ?? '/');
        await settled(page);
        await expect(page.locator('h1').first()).not.toHaveText(t('app.notFoundTitle'));
        for (const theme of looksOf(device, visitor)) {
          await page.emulateMedia({ colorScheme: theme });
          await screenshot(page, theme, device);
          await expectAccessible(page);
        }
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(width, 'nothing is wider than the screen').toBeLessThanOrEqual(device.size.width);
        if (device === DESKTOP) await expectKeyboard(page);
      }
    });
  }
}
