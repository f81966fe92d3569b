import type { Page } from '@playwright/test';
import { expect, expectAccessible, t, test } from './fixtures';
import { offer, openStall } from './support/stall';

const row = (page: Page, title: string) =>
  page
    .getByRole('list', { name: t('carts.list'), exact: true })
    .getByRole('listitem')
    .filter({ hasText: title });
const more = (page: Page, title: string) =>
  page.getByRole('button', { name: t('carts.more', { title }), exact: true });

/** What the button "Add to cart" leaves in a guest's browser. */
async function keepAsGuest(page: Page, variantId: string, quantity: number) {
  const lines = [{ variantId, quantity, seenAmount: null }];
  await page.evaluate((kept) => {
    localStorage.setItem('carts.guest_cart', JSON.stringify({ state: { lines: kept }, version: 1 }));
  }, lines);
  await page.reload();
}

test('a guest chooses things, signs in, and finds them in the cart', async ({ people }) => {
  const stall = await openStall(people);
  const cup = await offer(people, stall, { title: 'Blue cup', amount: 900, stock: 50 });
  const bowl = await offer(people, stall, { title: 'Salad bowl', amount: 2500, stock: 3 });
  const buyer = await people.newcomer();
  const client = await people.client(buyer);
  await client.rpc('set_cart_line', { p_variant: bowl.variantId, p_quantity: 1 }).throwOnError();

  const page = await people.open(null);
  await page.goto('/cart');
  await expect(page.getByText(t('carts.emptyTitle'))).toBeVisible();
  await keepAsGuest(page, cup.variantId, 1);
  await expect(row(page, 'Blue cup')).toContainText('€9.00');
  await more(page, 'Blue cup').press('Enter');
  await expect(row(page, 'Blue cup')).toContainText('€18.00');
  await expect(page.getByRole('link', { name: t('carts.open', { count: 2 }) })).toBeVisible();
  await expectAccessible(page);
  await cup.reprice(950);
  await page.reload();
  const change = { amount: '€9.50', before: '€9.00' };
  await expect(row(page, 'Blue cup')).toContainText(t('carts.wentUp', change));

  await page.getByRole('main').getByRole('link', { name: t('app.signIn') }).press('Enter');
  await page.getByLabel(t('auth.email'), { exact: true }).fill(buyer.email);
  await page.getByLabel(t('auth.password'), { exact: true }).fill(buyer.password);
  await page.getByRole('button', { name: t('auth.signIn'), exact: true }).press('Enter');
  await expect(page).toHaveURL('/cart');
  await expect(row(page, 'Blue cup')).toContainText('€19.00');
  await expect(row(page, 'Salad bowl')).toContainText(t('carts.onlyLeft', { count: 3 }));
  await expect(page.getByRole('link', { name: t('carts.open', { count: 3 }) })).toBeVisible();
  await page.reload();
  await expect(row(page, 'Blue cup')).toContainText('€19.00');
  const kept = await page.evaluate(() => localStorage.getItem('carts.guest_cart'));
  expect(JSON.parse(kept ?? '')).toMatchObject({ state: { lines: [] } });
});

test('a guest puts what a page shows into the cart, no more than there are', async ({ people }) => {
  const stall = await openStall(people);
  const cup = await offer(people, stall, { title: 'Last cups', amount: 900, stock: 2 });
  const page = await people.open(null);
  await page.goto(`/p/${cup.productId}`);
  await expect(page.getByText(t('inventory.onlyLeft', { count: 2 }))).toBeVisible();
  const add = page.getByRole('button', { name: t('carts.add'), exact: true });
  await add.press('Enter');
  await expect(page.getByText(t('carts.inCart', { count: 1 }))).toBeVisible();
  await add.press('Enter');
  await expect(page.getByRole('link', { name: t('carts.open', { count: 2 }) })).toBeVisible();
  await expect(add).toBeDisabled();
  await expectAccessible(page);
});

test('a member sees what has changed since, and takes things out', async ({ people }) => {
  const stall = await openStall(people);
  const cup = await offer(people, stall, { title: 'Green cup', amount: 900, stock: 2 });
  const { page, ...buyer } = await people.newcomer();
  const client = await people.client(buyer);
  await client.rpc('set_cart_line', { p_variant: cup.variantId, p_quantity: 2 }).throwOnError();
  await cup.reprice(700);
  await page.goto('/cart');
  const cheaper = t('carts.wentDown', { amount: '€7.00', before: '€9.00' });
  await expect(row(page, 'Green cup')).toContainText(cheaper);
  await expect(row(page, 'Green cup')).toContainText(t('carts.onlyLeft', { count: 2 }));
  await expect(more(page, 'Green cup')).toBeDisabled();
  await expectAccessible(page);
  await page.getByRole('button', { name: t('carts.accept') }).press('Enter');
  await expect(row(page, 'Green cup')).not.toContainText(cheaper);
  await page.reload();
  await expect(row(page, 'Green cup')).toContainText('€14.00');
  await expect(row(page, 'Green cup')).not.toContainText(cheaper);

  const seller = await people.client(stall.owner);
  const draft = { p_product: cup.productId, p_status: 'archived' as const };
  await seller.rpc('set_product_status', draft).throwOnError();
  await page.reload();
  await expect(row(page, t('carts.gone'))).toBeVisible();
  const title = t('carts.goneName');
  await page.getByRole('button', { name: t('carts.remove', { title }) }).press('Enter');
  await expect(page.getByText(t('carts.emptyTitle'))).toBeVisible();
  await expect.poll(async () => (await client.rpc('my_cart')).data).toEqual([]);
});

test('nobody looks into the cart of somebody else, or writes one by hand', async ({ people }) => {
  const stall = await openStall(people);
  const cup = await offer(people, stall, { title: 'Red cup', amount: 900, stock: 9 });
  const buyer = await people.newcomer();
  const own = await people.client(buyer);
  await own.rpc('set_cart_line', { p_variant: cup.variantId, p_quantity: 1 }).throwOnError();
  const { data: cart } = await own.from('carts').select('id').single().throwOnError();

  for (const who of [stall.owner, 'mara']) {
    const client = await people.client(who);
    expect((await client.from('carts').select().eq('id', cart.id)).data).toEqual([]);
    expect((await client.from('cart_lines').select().eq('cart_id', cart.id)).data).toEqual([]);
    const line = { cart_id: cart.id, variant_id: cup.variantId, quantity: 9 };
    expect((await client.from('cart_lines').insert(line)).error?.code).toBe('42501');
  }
  const free = own.from('cart_lines').update({ seen_amount: 1 }).eq('cart_id', cart.id);
  expect((await free).error?.code).toBe('42501');
  const many = await own.rpc('set_cart_line', { p_variant: cup.variantId, p_quantity: 100 });
  expect(many.error?.code).toBe('23514');
  const guest = await people.client(null);
  expect((await guest.rpc('my_cart')).error?.code).toBe('42501');
  expect((await guest.rpc('merge_cart', { p_lines: [] })).error?.code).toBe('42501');
});
