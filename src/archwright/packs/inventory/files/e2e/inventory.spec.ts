import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { allow, expect, expectAccessible, expectDialog, t, test } from './fixtures';
import { addProduct, openStockroom } from './support/stockroom';

const change = (page: Page, name: string) =>
  page.getByRole('button', { name: t('inventory.changeOf', { name }), exact: true });
const level = (page: Page, place: string, count: number) =>
  page.getByRole('listitem').getByText(t('inventory.level', { place, count }), { exact: true });

async function choose(page: Page, field: string, choice: string) {
  await page.getByRole('combobox', { name: field, exact: true }).press('Enter');
  await page.getByRole('option', { name: choice, exact: true }).press('Enter');
}

async function save(page: Page) {
  await page.getByRole('button', { name: t('inventory.save'), exact: true }).press('Enter');
}

test('a store’s people receive, correct and move what they sell', async ({ people }) => {
  const room = await openStockroom(people);
  const { variantId } = await addProduct(people, room, 'Tea cup');
  const { page } = room.owner;
  allow(page, /status of 400.*adjust_stock/);
  await page.goto(`/sell/${room.storeId}/stock`);
  await expect(page.getByText(t('inventory.never'))).toBeVisible();
  await page.getByRole('tab', { name: t('inventory.places'), exact: true }).press('Enter');
  await page.getByLabel(t('inventory.newPlace'), { exact: true }).fill('Cellar');
  await page.getByRole('button', { name: t('inventory.addPlace') }).press('Enter');
  await expect(page.getByRole('switch', { name: 'Cellar' })).toBeChecked();
  await expectAccessible(page);

  await page.getByRole('tab', { name: t('inventory.title'), exact: true }).press('Enter');
  await change(page, 'Tea cup').press('Enter');
  await expectDialog(page, change(page, 'Tea cup'));
  await change(page, 'Tea cup').press('Enter');
  await save(page);
  await expect(page.getByRole('dialog').getByText(t('inventory.quantityForm'))).toBeVisible();
  const quantity = page.getByLabel(t('inventory.quantity'), { exact: true });
  await choose(page, t('inventory.place'), 'Main');
  await quantity.fill('12');
  await save(page);
  await expect(level(page, 'Main', 12)).toBeVisible();

  await change(page, 'Tea cup').press('Enter');
  await choose(page, t('inventory.kind'), t('inventory.change.adjustment'));
  await choose(page, t('inventory.place'), 'Main');
  await quantity.fill('-20');
  await page.getByLabel(t('inventory.reason'), { exact: true }).fill('Fell off the shelf');
  await save(page);
  await expect(page.getByRole('alert')).toHaveText(t('inventory.notSoMany'));
  await quantity.fill('-2');
  await save(page);
  await expect(level(page, 'Main', 10)).toBeVisible();

  await change(page, 'Tea cup').press('Enter');
  await choose(page, t('inventory.kind'), t('inventory.change.transfer'));
  await choose(page, t('inventory.from'), 'Main');
  await choose(page, t('inventory.to'), 'Cellar');
  await quantity.fill('4');
  await save(page);
  await expect(level(page, 'Cellar', 4)).toBeVisible();
  await expect(level(page, 'Main', 6)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('tab', { name: t('inventory.movements'), exact: true }).press('Enter');
  const ledger = page.getByRole('list', { name: t('inventory.movements'), exact: true });
  await expect(ledger.getByRole('listitem')).toHaveCount(4);
  await expect(ledger).toContainText('Fell off the shelf');
  await expectAccessible(page);

  await page.getByRole('tab', { name: t('inventory.places'), exact: true }).press('Enter');
  const cellar = page.getByRole('switch', { name: 'Cellar' });
  await cellar.press('Space');
  await expect(cellar).not.toBeChecked();
  const client = await people.client(room.owner);
  const shown = async () =>
    (await client.rpc('variant_availability', { p_variants: [variantId] })).data;
  await expect.poll(shown).toMatchObject([{ in_stock: true, left_count: 6 }]);
});

test('nobody else sees a store’s stock, and nobody writes it by hand', async ({ people }) => {
  const room = await openStockroom(people);
  const { variantId } = await addProduct(people, room, 'Tea pot');
  const owner = await people.client(room.owner);
  const receipt = {
    p_location: room.placeId,
    p_variant: variantId,
    p_quantity: 5,
    p_kind: 'receipt' as const,
    p_reason: '',
    p_key: randomUUID(),
  };
  await owner.rpc('adjust_stock', receipt).throwOnError();
  await owner.rpc('adjust_stock', receipt).throwOnError();
  const levels = await owner.from('stock_levels').select('on_hand').eq('variant_id', variantId);
  expect(levels.data).toEqual([{ on_hand: 5 }]);

  const stranger = await people.newcomer();
  await stranger.page.goto(`/sell/${room.storeId}/stock`);
  await expect(stranger.page.getByText(t('app.notFoundTitle'))).toBeVisible();
  const theirs = await people.client(stranger);
  expect((await theirs.from('stock_levels').select().eq('store_id', room.storeId)).data).toEqual([]);
  expect((await theirs.from('stock_movements').select()).data).toEqual([]);
  const taken = await theirs.rpc('adjust_stock', { ...receipt, p_key: randomUUID() });
  expect(taken.error?.code).toBe('42501');
  const sold = await owner.rpc('adjust_stock', { ...receipt, p_kind: 'sale', p_key: randomUUID() });
  expect(sold.error?.code).toBe('42501');
  const more = owner.from('stock_levels').update({ on_hand: 99 }).eq('variant_id', variantId);
  expect((await more).error?.code).toBe('42501');
  const gone = owner.from('stock_movements').delete().eq('variant_id', variantId);
  expect((await gone).error?.code).toBe('42501');

  await owner.rpc('add_store_member', {
    p_store: room.storeId,
    p_handle: stranger.handle,
    p_role: 'support',
  });
  await stranger.page.reload();
  await expect(level(stranger.page, 'Main', 5)).toBeVisible();
  await expect(change(stranger.page, 'Tea pot')).toBeHidden();
  await expectAccessible(stranger.page);
});
