import { randomUUID } from 'node:crypto';
import { allow, expect, expectDialog, t, test } from './fixtures';

test('an administrator adds a category, moves it, and takes it away', async ({ people }) => {
  const page = await people.open('mara');
  const name = `Things ${randomUUID().slice(0, 6)}`;
  await page.goto('/admin/categories');
  const add = page.getByRole('button', { name: t('catalog.addCategory') });
  await add.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectDialog(page, add);
  await add.press('Enter');
  await page.getByLabel(t('catalog.categoryName')).fill(name);
  await page.getByRole('button', { name: t('catalog.save') }).click();
  await expect(page.getByRole('dialog')).toBeHidden();

  await page.getByRole('button', { name: t('catalog.changeCategory', { name }) }).press('Enter');
  await page.getByLabel(t('catalog.categoryLevel', { level: 1 })).selectOption({ label: 'Outdoor' });
  await page.getByRole('button', { name: t('catalog.save') }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('button', { name, exact: true })).toBeHidden();
  await page.getByRole('button', { name: 'Outdoor', exact: true }).press('Enter');
  await expect(page.getByRole('button', { name, exact: true })).toBeVisible();

  await page.getByRole('button', { name: t('catalog.deleteCategory', { name }) }).press('Enter');
  await page.getByRole('button', { name: t('catalog.delete'), exact: true }).press('Enter');
  await expect(page.getByRole('button', { name, exact: true })).toBeHidden();

  allow(page, /409/);
  const tents = t('catalog.deleteCategory', { name: 'Tents' });
  await page.getByRole('button', { name: tents }).press('Enter');
  await page.getByRole('button', { name: t('catalog.delete'), exact: true }).press('Enter');
  await expect(page.getByText(t('catalog.categoryInUse'))).toBeVisible();
});

test('members do not write the tree of categories', async ({ people }) => {
  const member = await people.newcomer();
  await member.page.goto('/admin/categories');
  await expect(member.page.getByText(t('app.notFoundTitle'))).toBeVisible();
  const client = await people.client(member);
  const row = { name: 'Mine', slug: `mine-${randomUUID().slice(0, 8)}` };
  expect((await client.from('categories').insert(row)).error?.code).toBe('42501');
  const { data } = await client.from('categories').update({ name: 'Mine' }).eq('slug', 'audio').select('id');
  expect(data).toEqual([]);
  const { data: kept } = await client.from('categories').select('name').eq('slug', 'audio').single();
  expect(kept?.name).toBe('Audio');
});
