import { allow, expect, expectAccessible, expectDialog, t, test } from './fixtures';

/** Casa Forno, whose owner is teo.bakes; noor sends its parcels. */
const STORE = '00000000-0000-4000-8000-00000000b002';

test('an owner gives something off, with a code, and stops that again', async ({ people }) => {
  const page = await people.open('teo.bakes');
  const code = `LOAF-${Date.now()}`;
  const name = `Loaves ${code}`;
  allow(page, /status of 409.*add_promotion/);
  await page.goto(`/sell/${STORE}/promotions`);
  const add = page.getByRole('button', { name: t('promotions.add'), exact: true });
  const save = page.getByRole('button', { name: t('promotions.save'), exact: true });
  await add.press('Enter');
  await expectDialog(page, add);
  const fill = async () => {
    await add.press('Enter');
    await page.getByLabel(t('promotions.name'), { exact: true }).fill(name);
    await page.getByLabel(t('promotions.code')).fill(code);
    await save.press('Enter');
    await expect(page.getByRole('dialog').getByText(t('promotions.percentForm'))).toBeVisible();
    await page.getByLabel(t('promotions.percent'), { exact: true }).fill('15');
    await save.press('Enter');
  };
  await fill();
  const row = page.getByRole('listitem').filter({ hasText: name });
  await expect(row).toContainText(t('promotions.percentOff', { percent: 15 }));
  await expect(row).toContainText(code);
  await fill();
  await expect(page.getByRole('alert')).toHaveText(t('promotions.codeTaken'));
  await page.keyboard.press('Escape');
  await expectAccessible(page);

  await row.getByRole('switch').press('Space');
  await expect(row.getByRole('switch')).not.toBeChecked();
  const remove = row.getByRole('button', { name: t('promotions.deleteOf', { name }) });
  await remove.press('Enter');
  await expectDialog(page, remove);
  await remove.press('Enter');
  await page.getByRole('button', { name: t('promotions.deleteAction') }).press('Enter');
  await expect(row).toBeHidden();
});

test('nobody else gives off what is a store’s, or sees its codes', async ({ people }) => {
  const page = await people.open('noor');
  await page.goto(`/sell/${STORE}/promotions`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('promotions.title'));
  await expect(page.getByRole('button', { name: t('promotions.add') })).toBeHidden();
  const stranger = await people.newcomer();
  await stranger.page.goto(`/sell/${STORE}/promotions`);
  await expect(stranger.page.getByText(t('app.notFoundTitle'))).toBeVisible();
  for (const who of ['noor', stranger, 'kofi_builds', 'mara']) {
    const client = await people.client(who);
    const promotion = { store_id: STORE, name: 'All', kind: 'percentage' as const, percent: 99 };
    expect((await client.from('promotions').insert(promotion)).error?.code).toBe('42501');
    const changed = client.from('promotions').update({ active: false }).eq('store_id', STORE);
    expect((await changed.select()).data).toEqual([]);
  }
  const client = await people.client(stranger);
  expect((await client.from('coupons').select()).data).toEqual([]);
});
