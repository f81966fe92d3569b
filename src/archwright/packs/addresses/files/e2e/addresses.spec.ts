import type { Page } from '@playwright/test';
import { expect, expectAccessible, expectDialog, t, test } from './fixtures';

const listed = (page: Page) => page.getByRole('list', { name: t('addresses.list'), exact: true });
const entry = (page: Page, text: string) => listed(page).getByRole('listitem').filter({ hasText: text });

async function fill(page: Page, name: string, line1: string) {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('addresses.country'), { exact: true }).selectOption('DE');
  await dialog.getByLabel(t('addresses.name'), { exact: true }).fill(name);
  await dialog.getByLabel(t('addresses.line1'), { exact: true }).fill(line1);
  await dialog.getByLabel(t('addresses.postalCode'), { exact: true }).fill('10969');
  await dialog.getByLabel(t('addresses.city'), { exact: true }).fill('Berlin');
  await dialog.getByRole('button', { name: t('addresses.save') }).press('Enter');
}

test('a person keeps addresses, chooses the defaults, changes one and deletes one', async ({
  people,
}) => {
  const { page } = await people.newcomer();
  await page.goto('/settings/addresses');
  await expect(page.getByText(t('addresses.emptyTitle'))).toBeVisible();
  const add = page.getByRole('button', { name: t('addresses.add'), exact: true });
  await add.press('Enter');
  await expectDialog(page, add);
  await add.press('Enter');
  await page.getByRole('button', { name: t('addresses.save') }).press('Enter');
  await expect(page.getByText(t('app.fieldRequired')).first()).toBeVisible();
  await fill(page, 'Ann at home', 'Lindenstraße 41');
  await expect(entry(page, 'Ann at home')).toContainText(t('addresses.shipping'));
  await expect(entry(page, 'Ann at home')).toContainText(t('addresses.billing'));
  await add.press('Enter');
  await fill(page, 'Ann at work', 'Alte Allee 5');
  await expect(entry(page, 'Ann at work')).toBeVisible();
  await expectAccessible(page);

  const menu = (name: string) => page.getByRole('button', { name: t('addresses.menu', { name }) });
  await menu('Ann at work').press('Enter');
  await page.getByRole('menuitem', { name: t('addresses.makeShipping') }).press('Enter');
  await expect(entry(page, 'Ann at work')).toContainText(t('addresses.shipping'));
  await expect(entry(page, 'Ann at home')).not.toContainText(t('addresses.shipping'));
  await expect(entry(page, 'Ann at home')).toContainText(t('addresses.billing'));

  await menu('Ann at work').press('Enter');
  await page.getByRole('menuitem', { name: t('addresses.edit') }).press('Enter');
  const dialog = page.getByRole('dialog', { name: t('addresses.editTitle') });
  await dialog.getByLabel(t('addresses.city'), { exact: true }).fill('Potsdam');
  await dialog.getByRole('button', { name: t('addresses.save') }).press('Enter');
  await expect(dialog).toBeHidden();
  await expect(entry(page, 'Ann at work')).toContainText('Potsdam');

  await menu('Ann at home').press('Enter');
  await page.getByRole('menuitem', { name: t('addresses.delete') }).press('Enter');
  await expectDialog(page, menu('Ann at home'));
  await menu('Ann at home').press('Enter');
  await page.getByRole('menuitem', { name: t('addresses.delete') }).press('Enter');
  await page.getByRole('button', { name: t('addresses.deleteAction') }).press('Enter');
  await expect(entry(page, 'Ann at home')).toBeHidden();
  await page.reload();
  await expect(entry(page, 'Ann at work')).toContainText(t('addresses.shipping'));
  await expect(entry(page, 'Ann at home')).toBeHidden();
});

test('nobody sees, changes or chooses an address of somebody else', async ({ people }) => {
  const ann = await people.newcomer();
  const stranger = await people.newcomer();
  const own = await people.client(ann);
  const address = { name: 'Ann', line1: 'Lindenstraße 41', city: 'Berlin', country: 'DE' };
  const made = await own.from('addresses').insert(address).select('id').single().throwOnError();
  const { id } = made.data;

  await stranger.page.goto('/settings/addresses');
  await expect(stranger.page.getByText(t('addresses.emptyTitle'))).toBeVisible();
  const visitor = await people.open(null);
  await visitor.goto('/settings/addresses');
  await expect(visitor).toHaveURL(/\/sign-in\?next=/);

  for (const who of [stranger, 'mara']) {
    const client = await people.client(who);
    const addresses = () => client.from('addresses');
    expect((await addresses().select().eq('id', id)).data).toEqual([]);
    expect((await addresses().update({ city: 'Rome' }).eq('id', id).select()).data).toEqual([]);
    expect((await addresses().delete().eq('id', id).select()).data).toEqual([]);
    const forged = await addresses().insert({ ...address, member_id: ann.id });
    expect(forged.error?.code).toBe('42501');
    const chosen = await client.rpc('set_default_address', { p_address: id, p_shipping: true });
    expect(chosen.error?.code).toBe('P0002');
  }
  const guest = await people.client(null);
  expect((await guest.from('addresses').select()).error?.code).toBe('42501');
  const sneaked = await own.from('addresses').update({ default_billing: false }).eq('id', id);
  expect(sneaked.error?.code).toBe('42501');
});
