import { allow, expect, expectAccessible, expectDialog, t, test } from './fixtures';

test('an administrator says what is taxed how, and ends a rate', async ({ people }) => {
  const page = await people.open('mara');
  const name = `Class ${Date.now()}`;
  allow(page, /status of 400.*set_tax_rate/);
  await page.goto('/admin/taxes');
  await page.getByLabel(t('taxes.newClass'), { exact: true }).fill(name);
  await page.getByRole('button', { name: t('taxes.addClass'), exact: true }).press('Enter');
  const card = page.getByRole('region', { name, exact: true });
  await expect(card.getByText(t('taxes.noRates'))).toBeVisible();

  const set = card.getByRole('button', { name: t('taxes.setRate'), exact: true });
  await set.press('Enter');
  await expect(card.getByText(t('taxes.countryForm'))).toBeVisible();
  const percent = card.getByLabel(t('taxes.percent'), { exact: true });
  const from = card.getByLabel(t('taxes.from'), { exact: true });
  await card.getByLabel(t('taxes.country'), { exact: true }).selectOption('FI');
  await percent.fill('24');
  await from.fill('2024-01-01');
  await set.press('Enter');
  await expect(card.getByText('24%', { exact: true })).toBeVisible();
  await percent.fill('25.5');
  await from.fill('2023-01-01');
  await set.press('Enter');
  await expect(card.getByRole('alert')).toHaveText(t('taxes.rateThen'));
  await from.fill('2024-09-01');
  await set.press('Enter');
  await expect(card.getByText('25.5%', { exact: true })).toBeVisible();
  await expect(card.getByRole('list', { name: t('taxes.ratesOf', { name }) })).toContainText('24%');
  await expectAccessible(page);

  const end = card.getByRole('button', { name: t('taxes.endOf', { place: 'Finland' }) });
  await end.press('Enter');
  await expectDialog(page, end);
  await end.press('Enter');
  await page.getByRole('button', { name: t('taxes.endAction') }).press('Enter');
  await expect(end).toBeHidden();

  const menu = card.getByRole('button', { name: t('taxes.classMenu', { name }) });
  await menu.press('Enter');
  await expectDialog(page, menu);
  await menu.press('Enter');
  await page.getByRole('menuitem', { name: t('taxes.deleteClass') }).press('Enter');
  await expect(card).toBeHidden();
});

test('nobody but administrators changes taxes', async ({ people }) => {
  const member = await people.newcomer();
  await member.page.goto('/admin/taxes');
  await expect(member.page.getByText(t('app.notFoundTitle'))).toBeVisible();
  const client = await people.client(member);
  const { data: classes } = await client.from('tax_classes').select('id').limit(1).throwOnError();
  const id = classes[0]?.id ?? '';
  expect((await client.from('tax_classes').insert({ name: 'Mine' })).error?.code).toBe('42501');
  expect((await client.from('tax_classes').delete().eq('id', id).select()).data).toEqual([]);
  const rate = { p_class: id, p_country: 'FI', p_region: '', p_rate: 0, p_from: '2026-01-01' };
  expect((await client.rpc('set_tax_rate', rate)).error?.code).toBe('42501');
  expect((await client.rpc('set_standard_tax_class', { p_class: id })).error?.code).toBe('42501');
  const admin = await people.client('mara');
  const direct = admin.from('tax_rates').update({ rate: 0 }).eq('tax_class_id', id);
  expect((await direct).error?.code).toBe('42501');
});
