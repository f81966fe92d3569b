import type { Page } from '@playwright/test';
import type { People } from './support/people';
import { allow, expect, expectAccessible, expectDialog, t, test } from './fixtures';

let opened = 0;

async function openStore(people: People) {
  const owner = await people.newcomer();
  const client = await people.client(owner);
  const admin = await people.client('mara');
  opened += 1;
  const applied = await client
    .rpc('apply_for_store', {
      p_name: 'Sender',
      p_slug: `sender-${owner.id.slice(0, 8)}-${opened}`,
      p_country: 'DE',
      p_currency: 'EUR',
      p_about: 'We send things for specs.',
    })
    .throwOnError();
  const approved = await admin
    .rpc('decide_store_application', { p_application: applied.data, p_approve: true })
    .throwOnError();
  return { owner, storeId: approved.data };
}

async function addZone(page: Page, name: string) {
  await page.getByLabel(t('shipping.newZone'), { exact: true }).fill(name);
  await page.getByRole('button', { name: t('shipping.addZone'), exact: true }).press('Enter');
  await expect(page.getByRole('region', { name, exact: true })).toBeVisible();
}

async function addCountry(page: Page, zone: string, country: string) {
  const part = page.getByRole('region', { name: zone, exact: true });
  await part.getByLabel(t('shipping.countryFor', { zone })).selectOption(country);
  await part.getByRole('button', { name: t('shipping.addCountry') }).press('Enter');
}

test('an owner says where the store sends to, how, and what that costs', async ({ people }) => {
  const { owner, storeId } = await openStore(people);
  const { page } = owner;
  allow(page, /status of 409.*set_zone_countries/);
  await page.goto(`/sell/${storeId}/shipping`);
  await expect(page.getByText(t('shipping.emptyTitle'))).toBeVisible();
  await addZone(page, 'Near');
  await addCountry(page, 'Near', 'AT');
  const near = page.getByRole('list', { name: t('shipping.countriesOf', { zone: 'Near' }) });
  await expect(near.getByRole('listitem')).toHaveText(['Austria']);
  await addZone(page, 'Far');
  await addCountry(page, 'Far', 'AT');
  await expect(page.getByRole('alert')).toHaveText(t('shipping.countryElsewhere'));
  await expectAccessible(page);

  const add = page.getByRole('button', { name: t('shipping.addMethod', { zone: 'Near' }) });
  await add.press('Enter');
  await page.getByLabel(t('shipping.methodName'), { exact: true }).fill('Parcel');
  const save = page.getByRole('button', { name: t('shipping.saveMethod'), exact: true });
  await save.press('Enter');
  await expect(page.getByRole('dialog').getByText(t('shipping.numberForm'))).toBeVisible();
  const costs = page.getByLabel(t('shipping.costs', { currency: 'EUR' }), { exact: true });
  await costs.fill('4.90');
  await page.getByRole('button', { name: t('shipping.addStep') }).press('Enter');
  const unit = t('shipping.gram');
  await page.getByLabel(t('shipping.from', { unit }), { exact: true }).nth(1).fill('2000');
  await costs.nth(1).fill('7');
  await expectAccessible(page);
  await save.press('Enter');
  await expect(page.getByText('€4.90 → €7.00')).toBeVisible();

  const offered = page.getByRole('switch', { name: 'Parcel' });
  await offered.press('Space');
  await expect(offered).not.toBeChecked();
  await page.reload();
  await expect(offered).not.toBeChecked();
  const menu = page.getByRole('button', { name: t('shipping.methodMenu', { name: 'Parcel' }) });
  await menu.press('Enter');
  await page.getByRole('menuitem', { name: t('shipping.edit') }).press('Enter');
  await expect(costs.nth(1)).toHaveValue('7.00');
  await page.getByRole('button', { name: t('shipping.removeStep', { number: 2 }) }).press('Enter');
  await save.press('Enter');
  await expect(page.getByText('€4.90 → €7.00')).toBeHidden();

  const remove = page.getByRole('button', { name: t('shipping.deleteZone', { zone: 'Far' }) });
  await remove.press('Enter');
  await expectDialog(page, remove);
  await remove.press('Enter');
  await page.getByRole('button', { name: t('shipping.deleteZoneAction') }).press('Enter');
  await expect(page.getByRole('region', { name: 'Far', exact: true })).toBeHidden();
});

test('nobody but those who manage a store changes how it sends', async ({ people }) => {
  const { owner, storeId } = await openStore(people);
  const own = await people.client(owner);
  const made = own.from('zones').insert({ store_id: storeId, name: 'Near' }).select('id').single();
  const { data: zone } = await made.throwOnError();
  const helper = await people.newcomer();
  const theirs = await people.client(helper);
  const stranger = await people.newcomer();
  await own
    .rpc('add_store_member', { p_store: storeId, p_handle: helper.handle, p_role: 'fulfilment' })
    .throwOnError();

  for (const { page } of [helper, stranger]) {
    await page.goto(`/sell/${storeId}/shipping`);
    await expect(page.getByText(t('app.notFoundTitle'))).toBeVisible();
  }
  for (const client of [theirs, await people.client(stranger), await people.client('mara')]) {
    const zones = () => client.from('zones');
    expect((await zones().insert({ store_id: storeId, name: 'X' })).error?.code).toBe('42501');
    expect((await zones().update({ name: 'X' }).eq('id', zone.id).select()).data).toEqual([]);
    expect((await zones().delete().eq('id', zone.id).select()).data).toEqual([]);
    const set = await client.rpc('set_zone_countries', { p_zone: zone.id, p_countries: ['FR'] });
    expect(set.error?.code).toBe('P0002');
  }
});
