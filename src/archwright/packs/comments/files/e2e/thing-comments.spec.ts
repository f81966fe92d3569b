import type { Page } from '@playwright/test';
import { expect, expectAccessible, expectDialog, t, test } from './fixtures';
import { publishThing } from './support/clips';
import type { Newcomer, People } from './support/people';

function comment(page: Page, text: string) {
  return page.getByRole('article').filter({ hasText: text });
}

async function write(page: Page, text: string) {
  const field = page.getByRole('textbox', { name: t('comments.writeLabel') });
  await field.fill(text);
  await field.press('Control+Enter');
}

function menuButton(page: Page, handle: string) {
  return page.getByRole('button', { name: t('comments.menu', { handle }) });
}

async function askToDelete(page: Page, handle: string) {
  await menuButton(page, handle).press('Enter');
  await page.getByRole('menuitem', { name: t('comments.delete') }).press('Enter');
  await expect(page.getByRole('alertdialog', { name: t('comments.deleteTitle') })).toBeVisible();
}

/** A comment of somebody's, written without the form in front: its id. */
async function said(people: People, who: Newcomer, thing_id: string, body: string, to?: string) {
  const client = await people.client(who);
  const row = { thing_id, body, parent_id: to ?? null };
  const added = client.from('thing_comments').insert(row).select('id').single();
  const { data } = await added.throwOnError();
  return data.id;
}

test('a person comments, another one replies, and both see it at once', async ({ people }) => {
  const author = await people.newcomer();
  const ann = await people.newcomer();
  const ben = await people.newcomer();
  const { id } = await publishThing(people, author, { caption: 'Slow boats' });
  await ann.page.goto(`/things/${id}`);
  await expect(ann.page.getByText(t('comments.emptyTitle'))).toBeVisible();
  await write(ann.page, 'Where is this?');
  await expect(comment(ann.page, 'Where is this?')).toBeVisible();
  const count = t('comments.count', { count: 1 });
  await expect(ann.page.getByRole('heading', { name: count })).toBeVisible();

  const { page } = ben;
  await page.goto(`/things/${id}`);
  const open = page.getByRole('button', { name: t('comments.open', { count: 1 }) });
  await open.press('Enter');
  await expect(page.getByRole('dialog').getByText('Where is this?')).toBeVisible();
  await expectDialog(page, open);
  const reply = { name: t('comments.reply'), exact: true };
  await comment(page, 'Where is this?').getByRole('button', reply).press('Enter');
  await expect(page.getByText(t('comments.replyTo', { handle: ann.handle }))).toBeVisible();
  await write(page, 'In Porto');
  const replies = page.getByRole('list', { name: t('comments.replies') });
  await expect(replies.getByText('In Porto')).toBeVisible();
  await expect(page.getByText(t('comments.replyTo', { handle: ann.handle }))).toBeHidden();

  const more = ann.page.getByRole('button', { name: t('comments.showReplies', { count: 1 }) });
  await more.press('Enter');
  await expect(ann.page.getByText('In Porto')).toBeVisible();
  await expectAccessible(ann.page);
});
/*% if target.table == 'videos' and has('likes@VideoComment') %*/

test('a person likes a comment', async ({ people }) => {
  const author = await people.newcomer();
  const { page } = await people.newcomer();
  const { id } = await publishThing(people, author, { caption: 'Rain' });
  await said(people, author, id, 'Take a coat');
  await page.goto(`/things/${id}`);
  const like = (count: number, pressed: boolean) =>
    comment(page, 'Take a coat').getByRole('button', { name: t('likes.like', { count }), pressed });
  await like(0, false).press('Enter');
  await expect(like(1, true)).toBeVisible();
  const client = await people.client(author);
  const counts = () => client.from('thing_comments').select('like_count').eq('thing_id', id);
  await expect.poll(async () => (await counts()).data).toEqual([{ like_count: 1 }]);
});
/*% endif %*/

test('whoever wrote a comment deletes it, and its replies stay', async ({ people }) => {
  const author = await people.newcomer();
  const ann = await people.newcomer();
  const ben = await people.newcomer();
  const { id } = await publishThing(people, author, { caption: 'Kites' });
  const first = await said(people, ann, id, 'Too windy');
  await said(people, ben, id, 'Never', first);
  const { page } = ann;
  await page.goto(`/thing-comments/${first}`);
  await expect(page.getByText('Never')).toBeVisible();
  await askToDelete(page, ann.handle);
  await expectDialog(page, menuButton(page, ann.handle));
  await askToDelete(page, ann.handle);
  await page.getByRole('button', { name: t('comments.delete') }).press('Enter');
  await expect(page.getByText(t('comments.deleted'))).toBeVisible();
  await expect(page.getByText('Too windy')).toBeHidden();
  await expect(page.getByText('Never')).toBeVisible();
  const client = await people.client(ben);
  const left = () => client.from('thing_comments').select('body, author_id').eq('id', first);
  await expect.poll(async () => (await left()).data).toEqual([{ body: '', author_id: null }]);
});

test('whose thing it is deletes a comment of somebody else', async ({ people }) => {
  const author = await people.newcomer();
  const ann = await people.newcomer();
  const { id } = await publishThing(people, author, { caption: 'Soup' });
  await said(people, ann, id, 'Buy my spoons');
  await author.page.goto(`/things/${id}`);
  await askToDelete(author.page, ann.handle);
  await author.page.getByRole('button', { name: t('comments.delete') }).press('Enter');
  await expect(comment(author.page, 'Buy my spoons')).toBeHidden();
  await ann.page.goto(`/things/${id}`);
  await expect(ann.page.getByText(t('comments.emptyTitle'))).toBeVisible();
});

test('nobody writes or deletes for others, or where they see nothing', async ({ people }) => {
  const author = await people.newcomer();
  const ann = await people.newcomer();
  const stranger = await people.newcomer();
  const { id } = await publishThing(people, author, { caption: 'Keys' });
  const first = await said(people, ann, id, 'All mine');
  const { page } = stranger;
  await page.goto(`/things/${id}`);
  await menuButton(page, ann.handle).press('Enter');
  await expect(page.getByRole('menuitem', { name: t('app.copyLink') })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: t('comments.delete') })).toBeHidden();
  await expectDialog(page, menuButton(page, ann.handle));
  const client = await people.client(stranger);
  const comments = () => client.from('thing_comments');
  const deleted = await client.rpc('delete_thing_comment', { p_comment_id: first });
  expect(deleted.error?.code).toBe('42501');
  expect((await comments().update({ body: 'Yours' }).eq('id', first)).error?.code).toBe('42501');
  const forged = await comments().insert({ thing_id: id, body: 'x', author_id: ann.id });
  expect(forged.error?.code).toBe('42501');

  const visitor = await people.open(null);
  await visitor.goto(`/things/${id}`);
  await expect(comment(visitor, 'All mine')).toBeVisible();
  await expect(visitor.getByRole('link', { name: t('comments.signIn') })).toBeVisible();
  await expect(visitor.getByRole('textbox', { name: t('comments.writeLabel') })).toBeHidden();
  const guest = await people.client(null);
  const unsigned = await guest.from('thing_comments').insert({ thing_id: id, body: 'x' });
  expect(unsigned.error?.code).toBe('42501');

  const own = await people.client(author);
  await own.from('things').update({ visibility: 'private' }).eq('id', id).throwOnError();
  await page.goto(`/thing-comments/${first}`);
  await expect(page.getByText(t('comments.goneTitle'))).toBeVisible();
  expect((await comments().select().eq('id', first)).data).toEqual([]);
  expect((await comments().insert({ thing_id: id, body: 'x' })).error?.code).toBe('42501');
});
