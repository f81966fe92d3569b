import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { allow, expect, expectDialog, t, test } from './fixtures';
/*% if has('videos.upload') %*/
import { publishVideo } from './support/clips';
/*% endif %*/
/*% if has('videos.upload') and has('comments@Video') %*/
import type { Newcomer, People } from './support/people';

async function comment(people: People, who: Newcomer, video_id: string, body: string) {
  const client = await people.client(who);
  const written = client.from('video_comments').insert({ video_id, body });
  const { data } = await written.select('id').single().throwOnError();
  return data.id;
}
/*% endif %*/

/** The session that the app signs out of has gone with its account. */
const ENDED = /status of 403.*\/auth\/v1\/logout/;

async function askForCopy(page: Page): Promise<string> {
  await page.goto('/settings/data');
  const asked = page.waitForEvent('download');
  await page.getByRole('button', { name: t('settings.exportAction') }).press('Enter');
  const file = await asked;
  await expect(page.getByText(t('settings.exported'))).toBeVisible();
  expect(file.suggestedFilename()).toMatch(/\.json$/);
  return readFile(await file.path(), 'utf8');
}

test('a copy of the data holds what the member has made, and nothing of others', async ({
  people,
}) => {
  const member = await people.newcomer();
  const other = await people.newcomer();
  const own = await people.client(member);
  await own.from('profiles').update({ bio: 'Swims all year' }).eq('id', member.id).throwOnError();
  const mine = [member.id, member.email, member.handle, 'Swims all year'];
  const theirs = [other.email, 'password', 'token'];
/*% if has('videos.upload') %*/
  const video = await publishVideo(people, member, { caption: 'Cold water' });
  const foreign = await publishVideo(people, other, { caption: 'Warm water' });
  mine.push(video.id, 'Cold water', video.path);
  theirs.push('Warm water', foreign.path);
/*% endif %*/
/*% if has('videos.upload') and has('comments@Video') %*/
  await comment(people, member, foreign.id, 'Too warm for me');
  await comment(people, other, video.id, 'Too cold for me');
  mine.push('Too warm for me');
  theirs.push('Too cold for me');
/*% endif %*/
/*% if has('blocks') %*/
  const foe = await people.newcomer();
  const away = (await people.client(foe)).from('blocks').insert({ blocked_id: member.id });
  await away.throwOnError();
  theirs.push(foe.id);
/*% endif %*/
/*% if has('reports@Profile') %*/
  const complaint = { p_kind: 'profile', p_subject: member.id, p_reason: 'spam' as const };
  const reported = (await people.client(other)).rpc('report_subject', {
    ...complaint,
    p_details: 'Swims too much',
  });
  await reported.throwOnError();
  theirs.push('Swims too much');
/*% endif %*/

  const copy = await askForCopy(member.page);
  for (const text of mine) expect(copy).toContain(text);
  for (const text of theirs) expect(copy).not.toContain(text);
  const visitor = await people.client(null);
  expect((await visitor.rpc('export_my_data')).error?.code).toBe('42501');
});

test('an account goes for good, and only when its handle is typed', async ({ people }) => {
  const member = await people.newcomer();
  const { page, handle } = member;
  const own = await people.client(member);
  await page.goto('/settings');
  const open = page.getByRole('button', { name: t('settings.deleteAction') });
  const dialog = page.getByRole('dialog', { name: t('settings.deleteTitle') });
  const confirm = dialog.getByRole('button', { name: t('settings.deleteAction') });
  const typed = dialog.getByLabel(t('settings.deleteConfirm', { handle }));
  await open.press('Enter');
  await typed.fill('somebody');
  await expect(confirm).toBeDisabled();
  await expectDialog(page, open);
  await open.press('Enter');
  await expect(typed).toHaveValue('');
  await typed.fill(handle);
  allow(page, ENDED, /status of 400.*\/auth\/v1\/token/);
  await confirm.press('Enter');
  await expect(page.getByText(t('settings.deleted'))).toBeVisible();

  await page.goto('/sign-in');
  await page.getByLabel(t('auth.email')).fill(member.email);
  await page.getByLabel(t('auth.password'), { exact: true }).fill(member.password);
  await page.getByRole('button', { name: t('auth.signIn') }).press('Enter');
  await expect(page.getByRole('alert')).toHaveText(t('app.errorCredentials'));
  await page.goto(`/u/${handle}`);
  await expect(page.getByText(t('app.notFoundTitle'))).toBeVisible();

  const { data } = await own.auth.getSession();
  const refresh_token = data.session?.refresh_token ?? '';
  const late = await people.client(null);
  expect((await late.auth.refreshSession({ refresh_token })).error).not.toBeNull();
  const picture = Buffer.from('not there any more');
  const upload = own.storage.from('avatars').upload(`${member.id}/late.png`, picture, {
    contentType: 'image/png',
  });
  expect((await upload).error, 'what their old token still uploads').not.toBeNull();
});
/*% if has('videos.upload') and has('comments@Video') %*/

test('what one shared goes with the account, and what others shared stays', async ({ people }) => {
  const member = await people.newcomer();
  const other = await people.newcomer();
  const video = await publishVideo(people, member, { caption: 'Mine alone' });
  const foreign = await publishVideo(people, other, { caption: 'Here to stay' });
  const left = await comment(people, member, foreign.id, 'I was here');
  await comment(people, other, foreign.id, 'So was I');
  const answer = { video_id: foreign.id, parent_id: left, body: 'Good to know' };
  const client = await people.client(other);
  await client.from('video_comments').insert(answer).throwOnError();

  await member.page.goto('/settings/data');
  await member.page.getByRole('button', { name: t('settings.deleteAction') }).press('Enter');
  const typed = t('settings.deleteConfirm', { handle: member.handle });
  await member.page.getByLabel(typed).fill(member.handle);
  const dialog = member.page.getByRole('dialog');
  allow(member.page, ENDED);
  await dialog.getByRole('button', { name: t('settings.deleteAction') }).press('Enter');
  await expect(member.page.getByText(t('settings.deleted'))).toBeVisible();

  const { page } = other;
  await page.goto(`/videos/${video.id}`);
  await expect(page.getByText(t('videos.gone'))).toBeVisible();
  expect((await client.storage.from('videos').download(video.path)).error).not.toBeNull();
  await page.goto(`/videos/${foreign.id}`);
  await expect(page.getByText('So was I')).toBeVisible();
  await expect(page.getByText(t('comments.deleted'))).toBeVisible();
  await expect(page.getByText('I was here')).toBeHidden();
  await page.getByRole('button', { name: t('comments.showReplies', { count: 1 }) }).press('Enter');
  await expect(page.getByText('Good to know')).toBeVisible();
  await expect(page.getByText(`@${member.handle}`)).toBeHidden();
  const { data: names } = await client.from('profiles').select('id').eq('id', member.id);
  expect(names).toEqual([]);
  expect((await client.storage.from('videos').download(foreign.path)).error).toBeNull();
});
/*% endif %*/
