import type { Page } from '@playwright/test';
import { expect, expectAccessible, expectDialog, t, test } from './fixtures';
import { DESKTOP, PHONE } from './support/looks';

async function chooseTheme(page: Page, name: string) {
  await page.getByRole('button', { name: t('app.theme'), exact: true }).press('Enter');
  await page.getByRole('menuitemradio', { name }).press('Enter');
  await expect(page.getByRole('menu')).toBeHidden();
}

function isDark(page: Page) {
  return page.evaluate(() => document.documentElement.classList.contains('dark'));
}

test('an address that leads nowhere says so, and leads home', async ({ page }) => {
  await page.goto('/no/such/page');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('app.notFoundTitle'));
  await expect(page).toHaveTitle(new RegExp(t('app.notFoundTitle')));
  await expect(page.getByRole('button', { name: t('app.theme'), exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: t('app.backHome') }).press('Enter');
  await expect(page).not.toHaveURL('/no/such/page');
});

test('the first press of Tab offers the way past the navigation', async ({ page }) => {
  await page.goto('/no/such/page');
  await expect(page.getByRole('link', { name: t('app.backHome') })).toBeVisible();
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: t('app.skipToContent') });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await skip.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: t('app.backHome') })).toBeFocused();
});

for (const { name, size } of [DESKTOP, PHONE]) {
  test(`the navigation leads to each page and says where one is: ${name}`, async ({ page }) => {
    await page.setViewportSize(size);
    await page.goto('/no/such/page');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const links = page.getByRole('navigation', { name: t('app.navigation') }).getByRole('link');
    for (const link of await links.all()) {
      const address = (await link.getAttribute('href')) ?? '';
      await link.press('Enter');
      await expect(page).toHaveURL(address);
      await expect(link).toHaveAttribute('aria-current', 'page');
      await expect(page.getByRole('main')).toBeFocused();
      await expect(page).toHaveTitle(new RegExp(`. · ${t('app.name')}$`));
    }
  });
}

test('a theme is chosen, is there again after a reload, or follows the device', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/no/such/page');
  await chooseTheme(page, t('app.themeDark'));
  expect(await isDark(page)).toBe(true);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await isDark(page)).toBe(true);
  await page.getByRole('button', { name: t('app.theme'), exact: true }).press('Enter');
  const chosen = page.getByRole('menuitemradio', { name: t('app.themeDark'), checked: true });
  await expect(chosen).toBeVisible();
  await expectDialog(page, page.getByRole('button', { name: t('app.theme'), exact: true }));
  await chooseTheme(page, t('app.themeSystem'));
  expect(await isDark(page)).toBe(false);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(() => isDark(page)).toBe(true);
  await chooseTheme(page, t('app.themeLight'));
  expect(await isDark(page)).toBe(false);
});
