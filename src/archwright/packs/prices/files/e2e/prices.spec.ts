import { expect, expectAccessible, t, test } from './fixtures';
import { publishProduct } from './support/products';
import { openStore } from './support/stores';

test('a new price is what shoppers see, and the one before it if the seller says so', async ({
  people,
}) => {
  const seller = await people.newcomer();
  const store = await openStore(people, seller);
  const title = `Pen of ${seller.handle}`;
  const { id } = await publishProduct(people, seller, store.id, { title, amount: 2000 });
  const visitor = await people.open(null);
  await visitor.goto(`/p/${id}`);
  await expect(visitor.getByText('€20.00')).toBeVisible();

  const { page } = seller;
  await page.goto(`/sell/${store.id}/products/${id}`);
  const name = t('prices.onlyVariant');
  await page.getByLabel(t('prices.amountOf', { name, currency: 'EUR' })).fill('15');
  await page.getByLabel(t('prices.beforeOf', { name, currency: 'EUR' })).fill('20');
  const save = page.getByRole('button', { name: t('prices.saveOf', { name }) });
  await save.press('Enter');
  await expect(save).toBeDisabled();
  await expectAccessible(page);

  await expect(async () => {
    await visitor.reload();
    await expect(visitor.getByText('€15.00')).toBeVisible({ timeout: 2000 });
  }).toPass();
  await expect(visitor.getByText('€20.00')).toBeVisible();
});

test('a visitor chooses the currency, and sees prices in it', async ({ page }) => {
  await page.goto('/search?q=drift+wireless');
  const card = page.getByRole('article').filter({ hasText: 'Drift wireless headphones' });
  await expect(card.getByText(/€/)).toBeVisible();
  await page.getByRole('button', { name: t('prices.currencyNow', { currency: 'EUR' }) }).press('Enter');
  await expect(page.getByRole('menu')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('menuitemradio', { name: /USD/ }).press('Enter');
  await expect(card.getByText(/\$/)).toBeVisible();
});

test('nobody but the store’s own people writes or reads its price lists', async ({ people }) => {
  const seller = await people.newcomer();
  const other = await people.newcomer();
  const store = await openStore(people, seller);
  const { id, variantId } = await publishProduct(people, seller, store.id, { title: 'Kept' });
  const owner = await people.client(seller);
  const { data: list } = await owner
    .from('price_lists')
    .select('id')
    .eq('store_id', store.id)
    .single()
    .throwOnError();

  await other.page.goto(`/sell/${store.id}/products/${id}`);
  await expect(other.page.getByText(t('app.notFoundTitle'))).toBeVisible();
  const client = await people.client(other);
  const price = { p_list: list.id, p_variant: variantId, p_amount: 1 };
  expect((await client.rpc('set_price', price)).error?.code).toBe('42501');
  expect((await client.from('prices').select('id')).data).toEqual([]);
  expect((await client.from('price_lists').select('id')).data).toEqual([]);
  const direct = await owner.from('prices').update({ amount: 1 }).eq('variant_id', variantId);
  expect(direct.error?.code).toBe('42501');
});
