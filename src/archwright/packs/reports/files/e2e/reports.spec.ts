/*% if has('videos.upload') and has('reports@Video') %*/
import type { Locator, Page } from '@playwright/test';
/*% endif %*/
import { expect, expectAccessible, t, test } from './fixtures';
/*% if has('videos.upload') and has('reports@Video') %*/
import { publishVideo } from './support/clips';

type Reason = 'spam' | 'harassment' | 'copyright';

async function choose(page: Page, field: Locator, reason: Reason) {
  await field.press('Enter');
  const option = page.getByRole('option', { name: t(`reports.reasons.${reason}`) });
  await option.press('Enter');
  await expect(field).toHaveText(t(`reports.reasons.${reason}`));
}

/** From an open menu: asks what is wrong, insists on a reason, and sends it. */
async function report(page: Page, reason: Reason, details: string) {
  await page.getByRole('menuitem', { name: t('reports.report') }).press('Enter');
  const dialog = page.getByRole('dialog', { name: t('reports.dialogTitle') });
  const send = dialog.getByRole('button', { name: t('reports.send') });
  await send.press('Enter');
  const asked = dialog.getByLabel(t('reports.reason'));
  await expect(asked).toBeFocused();
  await expect(asked).toHaveAccessibleDescription(t('app.fieldRequired'));
  await expectAccessible(page);
  await choose(page, asked, reason);
  await dialog.getByLabel(t('reports.details')).fill(details);
  await send.press('Enter');
  await expect(page.getByText(t('reports.sent'))).toBeVisible();
  await expect(dialog).toBeHidden();
}

function queued(page: Page, text: string) {
  const queue = page.getByRole('list', { name: t('reports.queueTitle') });
  return queue.getByRole('listitem').filter({ hasText: text });
}

test('a video is reported and removed; its author learns why, and who reported it is told', async ({
  people,
}) => {
  const author = await people.newcomer();
  const reporter = await people.newcomer();
  const caption = `Cheap watches of ${author.handle}`;
  const { id, path } = await publishVideo(people, author, { caption });
  await reporter.page.goto(`/videos/${id}`);
  await reporter.page.getByRole('button', { name: t('videos.more') }).press('Enter');
  await report(reporter.page, 'copyright', 'This is my own clip');

  const page = await people.open('teo.bakes');
  await page.goto('/moderation');
  const entry = queued(page, caption);
  await expect(entry.getByText(t('reports.reasons.copyright'))).toBeVisible();
  await entry.getByText(t('reports.remarks')).press('Enter');
  await expect(entry.getByText('This is my own clip')).toBeVisible();
  await entry.getByRole('button', { name: t('reports.actions.remove') }).press('Enter');
  const dialog = page.getByRole('dialog', { name: t('reports.actions.remove') });
  const rule = dialog.getByLabel(t('reports.ruleBroken'));
  await expect(rule).toHaveText(t('reports.reasons.copyright'));
  await choose(page, rule, 'spam');
  await dialog.getByLabel(t('reports.note')).fill('Not for their eyes');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: t('reports.actions.remove') }).press('Enter');
  await expect(page.getByText(t('reports.decided'))).toBeVisible();
  await expect(entry).toBeHidden();

  const reason = t('reports.because', { reason: t('reports.reasons.spam') });
  await author.page.goto(`/videos/${id}`);
  await expect(author.page.getByText(t('reports.removedText'))).toBeVisible();
  await author.page.getByRole('link', { name: t('reports.why') }).press('Enter');
  await expect(author.page.getByText(reason)).toBeVisible();
  await expect(author.page.getByText('Not for their eyes')).toBeHidden();
/*% if has('notifications.pages') %*/
  await author.page.goto('/notifications');
  const news = author.page.getByRole('link', { name: t('reports.events.content_removed') });
  await news.press('Enter');
  await expect(author.page.getByText(reason)).toBeVisible();
  await reporter.page.goto('/notifications');
  await expect(reporter.page.getByText(t('reports.events.report_resolved'))).toBeVisible();
/*% endif %*/
  await reporter.page.goto(`/videos/${id}`);
  await expect(reporter.page.getByText(t('videos.gone'))).toBeVisible();
  const client = await people.client(reporter);
  expect((await client.storage.from('videos').download(path)).error).not.toBeNull();
});

test('a decision is undone from the log, and no note is for others', async ({ people }) => {
  const author = await people.newcomer();
  const { id, path } = await publishVideo(people, author, { caption: 'Not so bad' });
  const moderator = await people.client('teo.bakes');
  const removal = { p_kind: 'video', p_subject: id, p_action: 'remove' as const };
  const note = `Looked at by ${author.handle}`;
  await moderator.rpc('moderate_subject', { ...removal, p_note: note }).throwOnError();
  const visitor = await people.client(null);
  expect((await visitor.from('videos').select('id').eq('id', id)).data).toEqual([]);
  expect((await visitor.storage.from('videos').download(path)).error).not.toBeNull();
  const own = await people.client(author);
  expect((await own.from('moderation_actions').select()).data).toEqual([]);
  const { data: told } = await own.rpc('decisions_about_me', {});
  expect(told?.map(({ action }) => action)).toEqual(['remove']);
  expect(JSON.stringify(told)).not.toContain(note);

  const page = await people.open('teo.bakes');
  await page.goto('/moderation/log');
  const log = page.getByRole('list', { name: t('reports.logTitle') }).getByRole('listitem');
  const undo = { name: t('reports.actions.restore') };
  await log.filter({ hasText: note }).getByRole('button', undo).press('Enter');
  const dialog = page.getByRole('dialog', undo);
  await expect(dialog.getByLabel(t('reports.ruleBroken'))).toBeHidden();
  await dialog.getByRole('button', undo).press('Enter');
  await expect(page.getByText(t('reports.decided'))).toBeVisible();
  await author.page.goto('/decisions');
  const title = t('reports.mine.restore', { kind: t('reports.video.kind') });
  await expect(author.page.getByText(title)).toBeVisible();
  await page.goto(`/videos/${id}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Not so bad');
  expect((await visitor.storage.from('videos').download(path)).error).toBeNull();
});

test('what is reported in vain stays, and its author is told nothing', async ({ people }) => {
  const author = await people.newcomer();
  const reporter = await people.newcomer();
  const caption = `Harmless, by ${author.handle}`;
  const { id } = await publishVideo(people, author, { caption });
  const client = await people.client(reporter);
  const complaint = { p_kind: 'video', p_subject: id, p_reason: 'other' as const };
  await client.rpc('report_subject', complaint).throwOnError();
  await client.rpc('report_subject', complaint).throwOnError();
  const page = await people.open('teo.bakes');
  await page.goto('/moderation');
  const entry = queued(page, caption);
  await expect(entry.getByText(t('reports.count', { count: 1 }))).toBeVisible();
  await entry.getByRole('button', { name: t('reports.actions.dismiss') }).press('Enter');
  const dialog = page.getByRole('dialog', { name: t('reports.actions.dismiss') });
  await dialog.getByRole('button', { name: t('reports.actions.dismiss') }).press('Enter');
  await expect(page.getByText(t('reports.decided'))).toBeVisible();
  const own = client.from('reports').select('status').throwOnError();
  expect((await own).data).toEqual([{ status: 'dismissed' }]);
  await author.page.goto('/decisions');
  await expect(author.page.getByText(t('reports.decisionsEmpty'))).toBeVisible();
  await reporter.page.goto(`/videos/${id}`);
  await expect(reporter.page.getByRole('heading', { level: 1 })).toHaveText(caption);
});
/*% endif %*/

test('who has done nothing wrong is told so', async ({ people }) => {
  const { page } = await people.newcomer();
  await page.goto('/decisions');
  await expect(page.getByText(t('reports.decisionsEmpty'))).toBeVisible();
  await expectAccessible(page);
});
