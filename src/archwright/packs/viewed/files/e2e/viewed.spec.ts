import { expect, expectAccessible, expectDialog, t, test } from './fixtures';
import { offerViewed } from './support/viewed-products';

test('a person finds again what they looked at, clears it and switches it off', async ({ people }) => {
  const { id, title } = await offerViewed(people);
  const { page } = await people.newcomer();
  await page.goto('/viewed');
  await expect(page.getByText(t('viewed.emptyTitle'))).toBeVisible();
  await page.goto(`/p/${id}`);
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
  await page.goto('/');
  const shelf = page.getByRole('region', { name: t('viewed.title') });
  await expect(shelf.getByRole('link', { name: title })).toBeVisible();
  await shelf.getByRole('link', { name: t('viewed.all') }).press('Enter');
  await expect(page.getByRole('link', { name: title })).toBeVisible();
  await expectAccessible(page);
  const clear = page.getByRole('button', { name: t('viewed.clear') });
  await clear.press('Enter');
  await expectDialog(page, clear);
  await page.getByRole('button', { name: t('viewed.remove', { title }) }).press('Enter');
  await expect(page.getByText(t('viewed.emptyTitle'))).toBeVisible();

  const keep = page.getByRole('switch', { name: t('viewed.keep') });
  const saved = page.waitForResponse(/keep_product_views/);
  await keep.press('Space');
  await saved;
  await page.goto(`/p/${id}`);
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
  await page.goto('/viewed');
  await expect(keep).not.toBeChecked();
  await expect(page.getByText(t('viewed.emptyTitle'))).toBeVisible();
});

test('nobody learns what somebody else looked at', async ({ people }) => {
  const { id } = await offerViewed(people);
  const ann = await people.newcomer();
  const own = await people.client(ann);
  await own.rpc('record_product_view', { p_product_id: id }).throwOnError();
  for (const who of [await people.newcomer(), 'mara']) {
    const client = await people.client(who);
    const views = () => client.from('product_views');
    expect((await views().select().eq('member_id', ann.id)).data).toEqual([]);
    expect((await views().delete().eq('member_id', ann.id).select()).data).toEqual([]);
  }
  const visitor = await people.open(null);
  await visitor.goto('/viewed');
  await expect(visitor).toHaveURL(/\/sign-in\?next=/);
  const guest = await people.client(null);
  expect((await guest.rpc('record_product_view', { p_product_id: id })).error?.code).toBe('42501');
  const found = await own.from('product_views').select('product_id').throwOnError();
  expect(found.data).toEqual([{ product_id: id }]);
});
