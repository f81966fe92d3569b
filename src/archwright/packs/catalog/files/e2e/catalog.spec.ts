import { expect, expectAccessible, expectDialog, t, test } from './fixtures';

test('a visitor walks down the categories, and narrows what is there', async ({ page }) => {
  await page.goto('/');
  const categories = page.getByRole('navigation', { name: t('catalog.categories') });
  await categories.getByRole('link', { name: 'Audio' }).press('Enter');
  await categories.getByRole('link', { name: 'Headphones' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Headphones' })).toBeVisible();
  const trail = page.getByRole('navigation', { name: t('catalog.trail') });
  await expect(trail.getByRole('link', { name: 'Audio' })).toBeVisible();
  const results = page.getByRole('list', { name: t('catalog.results') });
  await expect(results.getByRole('link', { name: /Kompakt in-ear/ })).toBeVisible();
  await expectAccessible(page);

  const filters = page.getByRole('complementary', { name: t('catalog.filters') });
  const wireless = filters.getByRole('checkbox', { name: /Wireless/ });
  await wireless.press('Space');
  await expect(wireless).toBeChecked();
  await expect(results.getByRole('link', { name: /Kompakt in-ear/ })).toBeHidden();
  await expect(results.getByRole('link', { name: /Pebble earbuds/ })).toBeVisible();
  // what is counted beside a filter is what is listed
  const count = await results.getByRole('listitem').count();
  const counted = new RegExp(`^Wireless\\s*${count}$`);
  await expect(filters.getByRole('checkbox', { name: counted })).toBeVisible();
  await page.reload();
  await expect(wireless).toBeChecked();
  await filters.getByRole('button', { name: t('catalog.clearFilters') }).press('Enter');
  await expect(results.getByRole('link', { name: /Kompakt in-ear/ })).toBeVisible();
});

test('filters come up from below on a phone', async ({ people }) => {
  const page = await people.open(null, { viewport: { width: 360, height: 740 } });
  await page.goto('/c/headphones');
  const opener = page.getByRole('button', { name: t('catalog.filters') });
  await opener.press('Enter');
  await expect(page.getByRole('dialog').getByRole('checkbox').first()).toBeVisible();
  await expectDialog(page, opener);
});

test('a visitor finds a product by words, also misspelt, and chooses among its variants', async ({
  page,
}) => {
  await page.goto('/search');
  const words = page.getByLabel(t('catalog.searchLabel'));
  await words.fill('notebok');
  await words.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    t('catalog.resultsFor', { query: 'notebok' }),
  );
  await page.getByRole('link', { name: /Softcover notebook A5/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Softcover notebook A5');
  await expectAccessible(page);
  await page.getByRole('radio', { name: 'Navy' }).check({ force: true });
  // navy paper is not made blank
  await expect(page.getByRole('radio', { name: 'Blank' })).toBeDisabled();
  await expect(page.getByRole('radio', { name: 'Lined' })).toBeEnabled();

  await words.waitFor({ state: 'detached' });
  await page.goto('/search?q=zzzzzz');
  await expect(page.getByText(t('catalog.nothingFound'))).toBeVisible();
});

test('the products of a suspended store are nowhere to be found', async ({ page, people }) => {
  await page.goto('/search?q=mega+bass');
  await expect(page.getByText(t('catalog.nothingFound'))).toBeVisible();
  const visitor = await people.client(null);
  const { data } = await visitor.from('products').select('id').eq('title', 'Mega bass speaker');
  expect(data).toEqual([]);
});
