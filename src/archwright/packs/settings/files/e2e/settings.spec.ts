import type { Page } from '@playwright/test';
import { expect, expectAccessible, t, test } from './fixtures';

function themeButton(page: Page, key: 'app.themeDark' | 'app.themeLight', pressed: boolean) {
  return page.getByRole('button', { name: t(key), exact: true, pressed });
}

function privacySwitch(page: Page) {
  return page.getByRole('switch', { name: t('profiles.privateLabel') });
}
/*% if has('notifications') and has('follows') %*/

function newsSwitch(page: Page) {
  return page.getByRole('switch', { name: t('notifications.families.follows') });
}
/*% endif %*/

async function signIn(page: Page, email: string, password: string) {
  await page.getByLabel(t('auth.email')).fill(email);
  await page.getByLabel(t('auth.password'), { exact: true }).fill(password);
  await page.getByRole('button', { name: t('auth.signIn') }).press('Enter');
  await expect(page.getByRole('button', { name: t('app.account'), exact: true })).toBeVisible();
}

async function signOut(page: Page) {
  await page.getByRole('button', { name: t('app.account'), exact: true }).press('Enter');
  await page.getByRole('menuitem', { name: t('app.signOut') }).press('Enter');
  await expect(page.getByRole('button', { name: t('auth.signIn') })).toBeVisible();
}

test('what a member prefers survives a reload and a new sign-in', async ({ people }) => {
  const member = await people.newcomer();
  const { page } = member;
  await page.goto('/settings');
  await privacySwitch(page).press('Space');
  await expect(page.getByText(t('profiles.privateOn'))).toBeVisible();
  await themeButton(page, 'app.themeDark', false).press('Enter');
  await expect(themeButton(page, 'app.themeDark', true)).toBeVisible();
/*% if has('notifications') and has('follows') %*/
  await newsSwitch(page).press('Space');
  await expect(newsSwitch(page)).not.toBeChecked();
  const own = await people.client(member);
  const refused = async () => (await own.from('notification_opt_outs').select('kind')).data?.length;
  await expect.poll(refused, 'kinds of news that are not wanted').toBeGreaterThan(0);
/*% endif %*/
  await expectAccessible(page);

  const expectKept = async () => {
    await page.goto('/settings');
    await expect(privacySwitch(page)).toBeChecked();
    await expect(themeButton(page, 'app.themeDark', true)).toBeVisible();
/*% if has('notifications') and has('follows') %*/
    await expect(newsSwitch(page)).not.toBeChecked();
/*% endif %*/
  };
  await expectKept();
  await signOut(page);
  await signIn(page, member.email, member.password);
  await expectKept();
/*% if has('notifications') and has('follows') %*/

  const fan = await people.client(await people.newcomer());
  await fan.from('follows').insert({ followee_id: member.id }).throwOnError();
  expect((await own.rpc('notification_entries', {})).data).toEqual([]);
  await newsSwitch(page).press('Space');
  await expect.poll(refused, 'kinds of news that are not wanted').toBe(0);
/*% endif %*/
});

test('what one member prefers changes nothing for another one', async ({ people }) => {
  const member = await people.newcomer();
  const other = await people.newcomer();
  await member.page.goto('/settings');
  await privacySwitch(member.page).press('Space');
  await expect(member.page.getByText(t('profiles.privateOn'))).toBeVisible();
  await themeButton(member.page, 'app.themeDark', false).press('Enter');
/*% if has('notifications') and has('follows') %*/
  await newsSwitch(member.page).press('Space');
  const own = await people.client(member);
  const refused = async () => (await own.from('notification_opt_outs').select('kind')).data?.length;
  await expect.poll(refused, 'kinds of news that are not wanted').toBeGreaterThan(0);
/*% endif %*/

  const { page } = other;
  await page.goto('/settings');
  await expect(privacySwitch(page)).not.toBeChecked();
  await expect(themeButton(page, 'app.themeDark', false)).toBeVisible();
  const client = await people.client(other);
  const opened = client.from('profiles').update({ is_private: false }).eq('id', member.id);
  expect((await opened.select('id')).data).toEqual([]);
/*% if has('notifications') and has('follows') %*/
  await expect(newsSwitch(page)).toBeChecked();
  expect((await client.from('notification_opt_outs').select()).data).toEqual([]);
  const foreign = { kind: 'followed', user_id: member.id };
  expect((await client.from('notification_opt_outs').insert(foreign)).error?.code).toBe('42501');
  expect((await client.from('notification_opt_outs').delete().neq('kind', '')).error).toBeNull();
  await member.page.reload();
  await expect(newsSwitch(member.page)).not.toBeChecked();
/*% endif %*/
  await member.page.reload();
  await expect(privacySwitch(member.page)).toBeChecked();
});

test('a new address counts once the links in both letters have been opened', async ({
  people,
  letters,
}) => {
  const member = await people.newcomer();
  const { page } = member;
  const email = `moved.${member.email}`;
  await page.goto('/settings/account');
  await page.getByLabel(t('settings.email')).fill(email);
  await page.getByRole('button', { name: t('settings.changeEmail') }).press('Enter');
  await expect(page.getByText(t('settings.emailSent', { email }))).toBeVisible();
  await expect(people.client({ ...member, email })).rejects.toThrow();
  for (const address of [member.email, email]) {
    const { link = '' } = await letters.newest(address);
    await page.goto(link);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('settings.title'));
  }
  await expect(people.client({ ...member, email })).resolves.toBeDefined();
  await expect(people.client(member)).rejects.toThrow();
});

test('settings are for members: a visitor is asked to sign in', async ({ page }) => {
  await page.goto('/settings');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await expect(page.getByRole('button', { name: t('auth.signIn') })).toBeVisible();
});
