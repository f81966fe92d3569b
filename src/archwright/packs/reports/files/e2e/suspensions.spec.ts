/*% if has('reports@Profile') %*/
import { expect, expectAccessible, expectDialog, t, test } from './fixtures';
/*% else %*/
import { expect, t, test } from './fixtures';
/*% endif %*/
/*% if has('reports@Profile') %*/

test('a member is suspended: they are told until when and why, and publish nothing', async ({
  people,
}) => {
  const member = await people.newcomer();
  const reporter = await people.newcomer();
  const complaint = { p_kind: 'profile', p_subject: member.id, p_reason: 'harassment' as const };
  const reported = (await people.client(reporter)).rpc('report_subject', complaint);
  await reported.throwOnError();
  const page = await people.open('teo.bakes');
  await page.goto('/moderation');
  const queue = page.getByRole('list', { name: t('reports.queueTitle') });
  const entry = queue.getByRole('listitem').filter({ hasText: `@${member.handle}` });
  await entry.getByRole('button', { name: t('reports.actions.suspend') }).press('Enter');
  const dialog = page.getByRole('dialog', { name: t('reports.actions.suspend') });
  const days = dialog.getByLabel(t('reports.days'), { exact: true });
  await days.press('Enter');
  await expectDialog(page, days);
  await days.press('Enter');
  await page.getByRole('option', { name: t('reports.days_30') }).press('Enter');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: t('reports.actions.suspend') }).press('Enter');
  await expect(page.getByText(t('reports.decided'))).toBeVisible();

  await member.page.goto('/');
  const badge = member.page.getByRole('button', { name: t('reports.suspendedBadge') });
  await badge.press('Enter');
  const told = member.page.getByRole('dialog', { name: t('reports.suspendedTitle') });
  await expectDialog(member.page, badge);
  await badge.press('Enter');
  await told.getByRole('link', { name: t('reports.why') }).press('Enter');
  const reason = t('reports.reasons.harassment');
  await expect(member.page.getByText(t('reports.because', { reason }))).toBeVisible();
  const client = await people.client(member);
  const renamed = client.from('profiles').update({ bio: 'Still here' }).eq('id', member.id);
  expect((await renamed.select('id')).data).toEqual([]);
  const lifted = { p_kind: 'profile', p_subject: member.id, p_action: 'lift' as const };
  expect((await client.rpc('moderate_subject', lifted)).error?.code).toBe('42501');
  expect((await client.from('suspensions').delete().eq('user_id', member.id)).error?.code).toBe(
    '42501',
  );

  const moderator = await people.client('teo.bakes');
  await moderator.rpc('moderate_subject', lifted).throwOnError();
  await member.page.reload();
  await expect(member.page.getByText(t('reports.mine.lift'))).toBeVisible();
  await expect(badge).toBeHidden();
  const again = client.from('profiles').update({ bio: 'Still here' }).eq('id', member.id);
  expect((await again.select('id')).data).toEqual([{ id: member.id }]);
});
/*% endif %*/

test('nobody suspends anybody by hand', async ({ people }) => {
  const member = await people.newcomer();
  const other = await people.newcomer();
  const client = await people.client(other);
  const row = { user_id: member.id, ends_at: '2126-01-01T00:00:00Z' };
  expect((await client.from('suspensions').insert(row)).error?.code).toBe('42501');
  await member.page.goto('/');
  await expect(member.page.getByRole('button', { name: t('app.account'), exact: true })).toBeVisible();
  await expect(member.page.getByRole('button', { name: t('reports.suspendedBadge') })).toBeHidden();
});
