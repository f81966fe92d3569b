import type { Page } from '@playwright/test';
import { expect, t, test } from './fixtures';
/*% if has('videos.upload') and has('reports@Video') %*/
import { publishVideo } from './support/clips';
/*% endif %*/

const PAGES = ['/moderation', '/moderation/log'];
const REFUSED = '42501';

async function expectNoWay(page: Page) {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('link', { name: t('reports.nav'), exact: true })).toBeHidden();
  for (const path of PAGES) {
    await page.goto(path);
    await expect(page.getByText(t('app.notFoundTitle'))).toBeVisible();
  }
}

test('members neither open nor read what is for moderators', async ({ people }) => {
  const member = await people.newcomer();
  await expectNoWay(member.page);
  const client = await people.client(member);
  expect((await client.rpc('moderation_queue', {})).data ?? []).toEqual([]);
  for (const table of ['reports', 'moderation_actions', 'suspensions', 'audit_log'] as const) {
    expect((await client.from(table).select('id:created_at')).data, table).toEqual([]);
  }
  const entry = { action: 'dismiss' as const, subject_kind: 'profile', subject_id: member.id };
  expect((await client.from('moderation_actions').insert(entry)).error?.code).toBe(REFUSED);
});
/*% if has('reports@Profile') %*/

test('members do not decide themselves, nor see who was reported', async ({ people }) => {
  const member = await people.newcomer();
  const foe = await people.newcomer();
  const reporter = await people.client(await people.newcomer());
  const complaint = { p_kind: 'profile', p_subject: foe.id, p_reason: 'spam' as const };
  await reporter.rpc('report_subject', complaint).throwOnError();
  const client = await people.client(member);
  expect((await client.from('reports').select('id')).data).toEqual([]);
  const suspend = { p_kind: 'profile', p_subject: foe.id, p_action: 'suspend' as const };
  expect((await client.rpc('moderate_subject', suspend)).error?.code).toBe(REFUSED);
  const dismissed = reporter.from('reports').update({ status: 'dismissed' });
  expect((await dismissed.eq('subject_id', foe.id)).error?.code).toBe(REFUSED);
  const ends_at = '2126-01-01T00:00:00Z';
  const forged = client.from('suspensions').insert({ user_id: foe.id, ends_at });
  expect((await forged).error?.code).toBe(REFUSED);
  const { data: mine } = await reporter.from('reports').select('status').throwOnError();
  expect(mine).toEqual([{ status: 'open' }]);
  const theirs = await people.client(foe);
  expect((await theirs.from('reports').select('id')).data).toEqual([]);
});

test('a visitor is asked to sign in, and reports nothing', async ({ people, page }) => {
  for (const path of [...PAGES, '/decisions']) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/sign-in/);
  }
  const visitor = await people.client(null);
  const { id } = await people.newcomer();
  const complaint = { p_kind: 'profile', p_subject: id, p_reason: 'spam' as const };
  expect((await visitor.rpc('report_subject', complaint)).error?.code).toBe(REFUSED);
  expect((await visitor.rpc('moderation_queue', {})).error?.code).toBe(REFUSED);
  expect((await visitor.rpc('decisions_about_me', {})).error?.code).toBe(REFUSED);
});

test('moderators decide about no staff, not about themselves, and not while suspended', async ({
  people,
}) => {
  const moderator = await people.newcomer();
  const admin = await people.client('mara');
  const given = { p_member: moderator.id, p_grant: ['moderator' as const], p_revoke: [] };
  await admin.rpc('change_roles', given).throwOnError();
  const client = await people.client(moderator);
  const suspend = { p_kind: 'profile', p_action: 'suspend' as const, p_days: 1 };
  const { data: staff } = await admin.from('profiles').select('id').eq('handle', 'mara').single();
  const ofStaff = await client.rpc('moderate_subject', { ...suspend, p_subject: staff?.id ?? '' });
  expect(ofStaff.error?.message).toBe('moderation_of_staff');
  const ofSelf = await client.rpc('moderate_subject', { ...suspend, p_subject: moderator.id });
  expect(ofSelf.error?.message).toBe('moderation_own_subject');
  const role = { user_id: moderator.id, role: 'admin' as const };
  expect((await client.from('user_roles').insert(role)).error?.code).toBe(REFUSED);
  expect((await client.rpc('change_roles', given)).error?.code).toBe(REFUSED);
  for (const table of ['moderation_actions', 'audit_log'] as const) {
    const erased = await client.from(table).delete().not('id', 'is', null);
    expect(erased.error?.code, table).toBe(REFUSED);
  }

  const foe = await people.newcomer();
  await admin.rpc('moderate_subject', { ...suspend, p_subject: moderator.id }).throwOnError();
  const late = await client.rpc('moderate_subject', { ...suspend, p_subject: foe.id });
  expect(late.error?.message).toBe('member_suspended');
  expect((await client.rpc('moderation_queue', {})).data ?? []).toEqual([]);
  await moderator.page.goto('/moderation');
  await expect(moderator.page.getByText(t('app.notFoundTitle'))).toBeVisible();
  const seen = await people.client(foe);
  expect((await seen.from('suspensions').select()).data).toEqual([]);
});
/*% endif %*/
/*% if has('videos.upload') and has('reports@Video') %*/

test('moderators change nothing that members wrote, and see no more than they must', async ({
  people,
}) => {
  const author = await people.newcomer();
  const open = await publishVideo(people, author, { caption: 'As I wrote it' });
  const closed = await publishVideo(people, author, { caption: 'Mine', visibility: 'private' });
  const client = await people.client('teo.bakes');
  const videos = () => client.from('videos');
  expect((await videos().select().eq('id', closed.id)).data).toEqual([]);
  expect((await client.storage.from('videos').download(closed.path)).error).not.toBeNull();
  const changed = videos().update({ caption: 'Better' }).eq('id', open.id);
  expect((await changed.select('id')).data).toEqual([]);
  const removed = videos().update({ removed_at: '2026-01-01T00:00:00Z' }).eq('id', open.id);
  expect((await removed).error?.code).toBe(REFUSED);
  expect((await videos().delete().eq('id', open.id).select('id')).data).toEqual([]);
  await client.storage.from('videos').remove([open.path]);
  await author.page.goto(`/videos/${open.id}`);
  await expect(author.page.getByRole('heading', { level: 1 })).toHaveText('As I wrote it');
  await expect(author.page.getByText(t('reports.removedTitle'))).toBeHidden();
  const own = await people.client(author);
  expect((await own.storage.from('videos').download(open.path)).error).toBeNull();
});
/*% endif %*/
