import { expect, expectAccessible, t, test } from './fixtures';
import { openStore } from './support/stores';

test('a suspended store is there for its team and for administrators only', async ({ people }) => {
  const seller = await people.newcomer();
  const shopper = await people.newcomer();
  const store = await openStore(people, seller);
  const path = `/stores/${store.slug}`;
  await shopper.page.goto(path);
  await expect(shopper.page.getByRole('heading', { level: 1 })).toHaveText(store.name);
  await expectAccessible(shopper.page);

  const admin = await people.open('mara');
  await admin.goto('/admin/stores');
  const named = { name: store.name };
  await admin.getByRole('button', { name: t('stores.suspendNamed', named) }).press('Enter');
  await expectAccessible(admin);
  await admin.getByRole('button', { name: t('stores.suspend'), exact: true }).press('Enter');
  await expect(admin.getByRole('button', { name: t('stores.liftNamed', named) })).toBeVisible();

  // the list changes before the answer is there: the page of the shopper tells when it was kept
  await expect(async () => {
    await shopper.page.reload();
    await expect(shopper.page.getByText(t('app.notFoundTitle'))).toBeVisible({ timeout: 2000 });
  }).toPass();
  await seller.page.goto(`/sell/${store.id}`);
  await expect(seller.page.getByText(t('stores.suspendedText'))).toBeVisible();
  const owner = await people.client(seller);
  const lift = { p_store: store.id, p_status: 'active' as const };
  expect((await owner.rpc('change_store_status', lift)).error?.code).toBe('42501');
});

test('who is not in the team sees none of its pages, and changes nothing', async ({ people }) => {
  const seller = await people.newcomer();
  const other = await people.newcomer();
  const store = await openStore(people, seller);
  for (const below of ['', '/team', '/settings']) {
    await other.page.goto(`/sell/${store.id}${below}`);
    await expect(other.page.getByText(t('app.notFoundTitle'))).toBeVisible();
  }
  await other.page.goto('/admin/stores');
  await expect(other.page.getByText(t('app.notFoundTitle'))).toBeVisible();

  const client = await people.client(other);
  const join = { p_store: store.id, p_handle: other.handle, p_role: 'owner' as const };
  expect((await client.rpc('add_store_member', join)).error?.code).toBe('42501');
  const member = { store_id: store.id, member_id: other.id, role: 'owner' as const };
  expect((await client.from('store_members').insert(member)).error?.code).toBe('42501');
  const { data } = await client
    .from('stores')
    .update({ name: 'Mine' })
    .eq('id', store.id)
    .select('id');
  expect(data).toEqual([]);
  const { data: applications } = await client.from('store_applications').select('id');
  expect(applications).toEqual([]);
});
