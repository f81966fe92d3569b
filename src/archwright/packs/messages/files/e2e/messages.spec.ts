import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { allow, expect, expectAccessible, expectDialog, t, test } from './fixtures';
import type { Newcomer, People } from './support/people';

function thread(page: Page) {
  return page.getByRole('log', { name: t('messages.history') });
}

/** The way to all conversations, as it is with something new in so many. */
function messagesLink(page: Page, count: number) {
  const name = count > 0 ? t('messages.navUnread', { count }) : t('messages.nav');
  return page.getByRole('link', { name, exact: true });
}

async function write(page: Page, text: string) {
  const field = page.getByRole('textbox', { name: t('messages.write') });
  await field.fill(text);
  await field.press('Enter');
}

/** The conversation of two, begun without a page in front: its id. */
async function conversation(people: People, one: Newcomer, other: Newcomer): Promise<string> {
  const client = await people.client(one);
  const opened = client.rpc('find_or_create_conversation', { p_member: other.id });
  const { data } = await opened.throwOnError();
  return data;
}

test('a message is with the other one without reloading, counted, then read and seen', async ({
  people,
}) => {
  const ann = await people.newcomer();
  const ben = await people.newcomer();
  await ben.page.goto(`/u/${ann.handle}`);
  await expect(messagesLink(ben.page, 0)).toBeVisible();

  const { page } = ann;
  await page.goto(`/u/${ben.handle}`);
  await page.getByRole('button', { name: t('messages.message') }).press('Enter');
  await expect(page).toHaveURL(/\/messages\/[0-9a-f-]{36}$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    t('messages.with', { name: ben.handle }),
  );
  await write(page, 'Coming tonight?');
  await expect(thread(page).getByText('Coming tonight?')).toBeVisible();

  await messagesLink(ben.page, 1).press('Enter');
  const row = ben.page.getByRole('link', { name: 'Coming tonight?' });
  await expect(row).toContainText(t('messages.unread', { count: 1 }));
  await expectAccessible(ben.page);
  await row.press('Enter');
  await expect(thread(ben.page).getByText('Coming tonight?')).toBeVisible();
  await expect(messagesLink(ben.page, 0)).toBeVisible();
  await expect(thread(page).getByText(t('messages.seen'))).toBeVisible();

  await ben.page.getByRole('textbox', { name: t('messages.write') }).pressSequentially('At');
  await expect(page.getByText(t('messages.typing', { name: ben.handle }))).toBeVisible();
  await write(ben.page, 'At eight');
  await expect(thread(page).getByText('At eight')).toBeVisible();
  await expectAccessible(page);
});

test('what is written without a connection waits, and arrives once', async ({ people }) => {
  const ann = await people.newcomer();
  const ben = await people.newcomer();
  const id = await conversation(people, ann, ben);
  const { page } = ann;
  allow(page, /net::ERR_|WebSocket/);
  await page.goto(`/messages/${id}`);
  await ben.page.goto(`/messages/${id}`);
  await write(page, 'Before the tunnel');
  await expect(thread(ben.page).getByText('Before the tunnel')).toBeVisible();

  await page.context().setOffline(true);
  await write(page, 'In the tunnel');
  await expect(thread(page).getByText('In the tunnel')).toBeVisible();
  await expect(thread(page).getByText(t('messages.waiting'))).toBeVisible();
  await expect(thread(ben.page).getByText('In the tunnel')).toBeHidden();
  await expectAccessible(page);
  await page.context().setOffline(false);
  await expect(thread(ben.page).getByText('In the tunnel')).toBeVisible();
  await expect(thread(page).getByText(t('messages.waiting'))).toBeHidden();
  await page.reload();
  await expect(thread(page).getByText('In the tunnel')).toHaveCount(1);
  const client = await people.client(ben);
  const { data } = await client.from('messages').select('body').eq('conversation_id', id);
  expect(data?.map(({ body }) => body).toSorted()).toEqual(['Before the tunnel', 'In the tunnel']);
});

test('whoever wrote a message deletes it for both', async ({ people }) => {
  const ann = await people.newcomer();
  const ben = await people.newcomer();
  const id = await conversation(people, ann, ben);
  const { page } = ann;
  await page.goto(`/messages/${id}`);
  await ben.page.goto(`/messages/${id}`);
  await write(page, 'Forget this');
  await expect(thread(ben.page).getByText('Forget this')).toBeVisible();
  await expect(ben.page.getByRole('button', { name: t('messages.delete') })).toBeHidden();
  const remove = page.getByRole('button', { name: t('messages.delete') });
  await remove.press('Enter');
  const dialog = page.getByRole('alertdialog', { name: t('messages.deleteTitle') });
  await expect(dialog).toBeVisible();
  await expectDialog(page, remove);
  await remove.press('Enter');
  await dialog.getByRole('button', { name: t('messages.deleteConfirm') }).press('Enter');
  await expect(thread(page).getByText('Forget this')).toBeHidden();
  await expect(thread(ben.page).getByText('Forget this')).toBeHidden();
});

test('a conversation is for its two: others see and write nothing in it', async ({ people }) => {
  const ann = await people.newcomer();
  const ben = await people.newcomer();
  const outsider = await people.newcomer();
  const id = await conversation(people, ann, ben);
  const own = await people.client(ann);
  const secret = { id: randomUUID(), conversation_id: id, body: 'For two' };
  await own.from('messages').insert(secret).throwOnError();
  const { page } = outsider;
  await page.goto(`/messages/${id}`);
  await expect(page.getByText(t('messages.gone'))).toBeVisible();
  await expect(page.getByText('For two')).toBeHidden();
  await expect(page.getByRole('textbox', { name: t('messages.write') })).toBeHidden();
  await expectAccessible(page);

  for (const client of [await people.client(outsider), await people.client(null)]) {
    const messages = () => client.from('messages');
    expect((await messages().select().eq('conversation_id', id)).data ?? []).toEqual([]);
    expect((await client.from('conversations').select().eq('id', id)).data ?? []).toEqual([]);
    const members = client.from('conversation_participants');
    const joined = await members.insert({ conversation_id: id, user_id: outsider.id });
    expect(joined.error?.code).toBe('42501');
    const intrusion = await messages().insert({ conversation_id: id, body: 'Hello' });
    expect(intrusion.error?.code).toBe('42501');
    expect((await messages().delete().eq('id', secret.id).select()).data ?? []).toEqual([]);
  }
  const reader = await people.client(ben);
  const changed = await reader.from('messages').update({ body: 'x' }).eq('id', secret.id);
  expect(changed.error?.code).toBe('42501');
  const forged = { conversation_id: id, body: 'x', sender_id: ann.id };
  expect((await reader.from('messages').insert(forged)).error?.code).toBe('42501');

  const visitor = await people.open(null);
  await visitor.goto(`/messages/${id}`);
  await expect(visitor).toHaveURL(`/sign-in?next=${encodeURIComponent(`/messages/${id}`)}`);
});
