import { allow, expect, expectAccessible, expectDialog, t, test } from './fixtures';

test('a member applies for a store, is approved, and takes somebody into the team', async ({
  people,
}) => {
  const seller = await people.newcomer();
  const helper = await people.newcomer();
  const admin = await people.open('mara');
  const { page } = seller;
  const name = `Shop of ${seller.handle}`;
  await page.goto('/sell');
  await page.getByLabel(t('stores.name'), { exact: true }).fill(name);
  await page.getByLabel(t('stores.slug'), { exact: true }).fill(seller.handle.replace('_', '-'));
  await page.getByLabel(t('stores.country')).selectOption('DE');
  await page.getByLabel(t('stores.currency'), { exact: true }).selectOption('EUR');
  await page.getByLabel(t('stores.about')).fill('We sell by hand.');
  await expectAccessible(page);
  await page.getByRole('button', { name: t('stores.apply') }).press('Enter');
  await expect(page.getByText(t('stores.applicationSubmitted'))).toBeVisible();
  await expect(page.getByRole('button', { name: t('stores.apply') })).toBeHidden();

  await admin.goto('/admin/stores');
  const refuse = admin.getByRole('button', { name: t('stores.refuse', { name }) });
  await refuse.press('Enter');
  await expect(admin.getByRole('dialog')).toBeVisible();
  await expectDialog(admin, refuse);
  await admin.getByRole('button', { name: t('stores.approve', { name }) }).press('Enter');
  await expect(admin.getByText(t('stores.approved', { name }))).toBeVisible();

  await page.reload();
  await page.getByRole('link', { name: new RegExp(name) }).click();
  await page.getByRole('link', { name: t('stores.team') }).click();
  await page.getByLabel(t('stores.memberHandle')).fill(helper.handle);
  await page.getByRole('button', { name: t('stores.addMember') }).press('Enter');
  await expect(page.getByText(t('stores.added', { handle: helper.handle }))).toBeVisible();
  allow(page, /400/);
  const own = page.getByRole('button', { name: t('stores.changeMember', { name: seller.handle }) });
  await own.press('Enter');
  await expect(page.getByRole('menu')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('menuitem', { name: t('stores.leave') }).press('Enter');
  await page.getByRole('button', { name: t('stores.leave') }).press('Enter');
  await expect(page.getByText(t('stores.lastOwner'))).toBeVisible();

  await helper.page.goto(new URL(page.url()).pathname);
  await expect(helper.page.getByRole('list', { name: t('stores.team') })).toBeVisible();
  await expect(helper.page.getByRole('button', { name: t('stores.addMember') })).toBeHidden();
});
