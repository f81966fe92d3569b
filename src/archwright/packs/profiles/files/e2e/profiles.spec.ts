import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect, expectAccessible, t, test } from './fixtures';

const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function choosePicture(page: Page, name: string, mimeType: string) {
  const asked = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: t('profiles.avatarChoose') }).press('Enter');
  await (await asked).setFiles({ name, mimeType, buffer: PICTURE });
}

test('who signs up chooses a handle, and is found under it', async ({ page }) => {
  const handle = `ann_${randomUUID().slice(0, 8)}`;
  await page.goto('/sign-up');
  await page.getByLabel(t('auth.displayName')).fill('Ann Lee');
  await page.getByLabel(t('auth.email')).fill(`${handle}@example.com`);
  await page.getByLabel(t('auth.password'), { exact: true }).fill('long enough words');
  await page.getByRole('checkbox', { name: t('auth.acceptTerms') }).check();
  await page.getByRole('button', { name: t('auth.signUp') }).click();
  await expect(page.getByRole('button', { name: t('app.account'), exact: true })).toBeVisible();

  await page.getByRole('link', { name: t('profiles.nav'), exact: true }).first().click();
  await expect(page.getByRole('heading', { name: t('profiles.nudgeTitle') })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: t('profiles.nudgeAction') }).press('Enter');
  const field = page.getByLabel(t('profiles.handle'));
  await field.fill('mara');
  await expect(page.getByText(t('profiles.handleTaken'))).toBeVisible();
  await field.fill(handle);
  await expect(page.getByText(t('profiles.handleFree'))).toBeVisible();
  await page.getByLabel(t('profiles.bio')).fill('Swims all year.');
  await page.getByRole('button', { name: t('profiles.save') }).press('Enter');
  await expect(page.getByText(t('profiles.saved'))).toBeVisible();

  await page.goto(`/u/${handle}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ann Lee');
  await expect(page.getByText('Swims all year.')).toBeVisible();
  await expect(page.getByText(t('profiles.nudgeTitle'))).toBeHidden();
});

test('a member has a picture, changes it and takes it away', async ({ people }) => {
  const member = await people.newcomer();
  const { page, id } = member;
  const client = await people.client(member);
  const path = async () => {
    const { data } = await client.from('profiles').select('avatar_path').eq('id', id).single();
    return data?.avatar_path ?? null;
  };
  const shown = () =>
    page.evaluate(
      () =>
        Array.from(document.images).filter((image) => image.complete && image.naturalWidth > 0)
          .length,
    );
  await page.goto('/settings/profile');
  await choosePicture(page, 'me.png', 'image/png');
  await expect(page.getByText(t('profiles.avatarSaved'))).toBeVisible();
  const first = await path();
  expect(first).toMatch(new RegExp(`^${id}/.+\\.png$`));
  await page.goto(`/u/${member.handle}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect.poll(shown, 'pictures on the page').toBeGreaterThan(0);

  await page.goto('/settings/profile');
  await choosePicture(page, 'new.png', 'image/png');
  await expect(page.getByText(t('profiles.avatarSaved'))).toBeVisible();
  const { data: left } = await client.storage.from('avatars').list(id);
  expect(left?.map(({ name }) => `${id}/${name}`)).toEqual([await path()]);
  await page.getByRole('button', { name: t('profiles.avatarRemove') }).press('Enter');
  await expect(page.getByText(t('profiles.avatarRemoved'))).toBeVisible();
  expect(await path()).toBeNull();
});

test('what is no picture, and the picture of somebody else, are refused', async ({ people }) => {
  const member = await people.newcomer();
  const other = await people.newcomer();
  const { page } = member;
  await page.goto('/settings/profile');
  await choosePicture(page, 'me.gif', 'image/gif');
  await expect(page.getByRole('alert')).toHaveText(t('app.errorFileType'));
  await expectAccessible(page);

  const client = await people.client(member);
  const avatars = client.storage.from('avatars');
  const foreign = `${other.id}/me.png`;
  expect((await avatars.upload(foreign, PICTURE, { contentType: 'image/png' })).error).not.toBeNull();
  const gif = await avatars.upload(`${member.id}/a.gif`, PICTURE, { contentType: 'image/gif' });
  expect(gif.error).not.toBeNull();
  const stolen = await client.from('profiles').update({ avatar_path: foreign }).eq('id', member.id);
  expect(stolen.error?.code).toBe('23514');
  const { data } = await client.from('profiles').update({ bio: 'x' }).eq('id', other.id).select();
  expect(data).toEqual([]);
});

test('a private profile shows others who it is, and nothing else', async ({ people }) => {
  const member = await people.newcomer();
  const stranger = await people.newcomer();
  await member.page.goto('/settings/profile');
  const toggle = member.page.getByRole('switch', { name: t('profiles.privateLabel') });
  await toggle.press('Space');
  await expect(member.page.getByText(t('profiles.privateOn'))).toBeVisible();
  await expect(toggle).toBeChecked();
  await expectAccessible(member.page);

  for (const who of [stranger, null]) {
    const page = await people.open(who);
    await page.goto(`/u/${member.handle}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(member.handle);
    await expect(page.getByText(t('profiles.privateTitle'))).toBeVisible();
    await expect(page.getByRole('tablist')).toBeHidden();
    await expect(page.getByRole('link', { name: t('profiles.edit') })).toBeHidden();
    const client = await people.client(who);
    const { data } = await client.from('profiles').select('viewer_may_see').eq('id', member.id);
    expect(data).toEqual([{ viewer_may_see: false }]);
  }
  const opened = (await people.client(stranger)).from('profiles').update({ is_private: false });
  expect((await opened.eq('id', member.id).select()).data).toEqual([]);
  await member.page.goto(`/u/${member.handle}`);
  await expect(member.page.getByText(t('profiles.privateBadge'))).toBeVisible();
  await expect(member.page.getByText(t('profiles.privateTitle'))).toBeHidden();
});
