import { allow, expect, expectAccessible, t, test } from './fixtures';
import { openStore } from './support/stores';

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

test('a seller makes a product with options, a picture and publishes it', async ({ people }) => {
  const seller = await people.newcomer();
  const store = await openStore(people, seller);
  const { page } = seller;
  const title = `Bowl of ${seller.handle}`;
  await page.goto(`/sell/${store.id}/products`);
  await page.getByRole('link', { name: t('catalog.newProduct') }).press('Enter');
  await page.getByLabel(t('catalog.title'), { exact: true }).fill(title);
  await page
    .getByLabel(t('catalog.categoryLevel', { level: 1 }))
    .selectOption({ label: 'Kitchen' });
  await page
    .getByLabel(t('catalog.categoryLevel', { level: 2 }))
    .selectOption({ label: 'Cookware' });
  await page.getByRole('button', { name: t('catalog.create') }).press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: title })).toBeVisible();

  allow(page, /400/);
  await page.getByRole('button', { name: t('catalog.publish') }).press('Enter');
  await expect(page.getByText(t('catalog.withoutVariant'))).toBeVisible();
  await page.getByLabel(t('catalog.optionName'), { exact: true }).fill('Size');
  await page.getByLabel(t('catalog.optionValues')).fill('Small, Large');
  await page.getByRole('button', { name: t('catalog.addOption') }).press('Enter');
  const variants = page.getByRole('list', { name: t('catalog.variants') });
  await expect(variants.getByRole('listitem')).toHaveCount(2);
  await expectAccessible(page);
  await page.getByLabel(t('catalog.addPicture')).setInputFiles({
    name: 'bowl.png',
    mimeType: 'image/png',
    buffer: Buffer.from(PIXEL, 'base64'),
  });
  await expect(page.getByRole('list', { name: t('catalog.pictures') })).toBeVisible();
  /*% if has('prices') %*/
  for (const name of ['Small', 'Large']) {
    const amount = t('prices.amountOf', { name, currency: 'EUR' });
    await page.getByLabel(amount, { exact: true }).fill('12.50');
    const save = page.getByRole('button', { name: t('prices.saveOf', { name }) });
    await save.press('Enter');
    await expect(save).toBeDisabled();
    await expect(page.getByLabel(amount, { exact: true })).toHaveValue('12.50');
  }
  /*% endif %*/
  await page.getByRole('button', { name: t('catalog.publish') }).press('Enter');
  await expect(page.getByText(t('catalog.published'))).toBeVisible();

  const visitor = await people.open(null);
  await visitor.goto(`/stores/${store.slug}`);
  await visitor.getByRole('link', { name: title }).click();
  await expect(visitor.getByRole('heading', { level: 1 })).toHaveText(title);
  await expect(visitor.getByRole('radio', { name: 'Small' })).toBeChecked();
});

test('support of a store looks at the products and changes none', async ({ people }) => {
  const seller = await people.newcomer();
  const helper = await people.newcomer();
  const store = await openStore(people, seller);
  const owner = await people.client(seller);
  await owner
    .rpc('add_store_member', { p_store: store.id, p_handle: helper.handle, p_role: 'support' })
    .throwOnError();
  const { data: top } = await owner.from('categories').select('id').limit(1).single().throwOnError();
  const draft = { store_id: store.id, category_id: top.id, title: 'A draft' };
  const { data: product } = await owner
    .from('products')
    .insert(draft)
    .select('id')
    .single()
    .throwOnError();

  await helper.page.goto(`/sell/${store.id}/products`);
  await expect(helper.page.getByRole('link', { name: /A draft/ })).toBeVisible();
  await expect(helper.page.getByRole('link', { name: t('catalog.newProduct') })).toBeHidden();
  await helper.page.goto(`/sell/${store.id}/products/${product.id}`);
  await expect(helper.page.getByText(t('app.notFoundTitle'))).toBeVisible();

  const client = await people.client(helper);
  expect((await client.from('products').insert(draft)).error?.code).toBe('42501');
  const { data } = await client
    .from('products')
    .update({ title: 'Mine' })
    .eq('id', product.id)
    .select('id');
  expect(data).toEqual([]);
  const publish = { p_product: product.id, p_status: 'active' as const };
  expect((await client.rpc('set_product_status', publish)).error?.code).toBe('42501');
  const visitor = await people.client(null);
  expect((await visitor.from('products').select('id').eq('id', product.id)).data).toEqual([]);
});
