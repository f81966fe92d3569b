import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { allow, expect, expectAccessible, t, test } from './fixtures';
import { PHONE } from './support/looks';
import type { Newcomer, People } from './support/people';

function thread(page: Page) {
  return page.getByRole('log', { name: t('messages.history') });
}

/** A conversation of two in which one of them has written, without a page in front: its id. */
async function talk(people: People, one: Newcomer, other: Newcomer, texts: readonly string[]) {
  const client = await people.client(one);
  const opened = client.rpc('find_or_create_conversation', { p_member: other.id });
  const { data: conversation_id } = await opened.throwOnError();
  for (const body of texts) {
    await client.from('messages').insert({ id: randomUUID(), conversation_id, body }).throwOnError();
  }
  return conversation_id;
}

test('a message that is refused stays with its author, who sends it again or discards it', async ({
  people,
}) => {
  const ann = await people.newcomer();
  const ben = await people.newcomer();
  const id = await talk(people, ann, ben, []);
  const { page } = ann;
  allow(page, /status of 403.*\/rest\/v1\/messages/);
  const refused = { code: '42501', message: 'not now', details: null, hint: null };
  await page.route(/\/rest\/v1\/messages/, (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({ status: 403, json: refused })
      : route.continue(),
  );
  await page.goto(`/messages/${id}`);
  const field = page.getByRole('textbox', { name: t('messages.write') });
  await field.fill('   ');
  await expect(page.getByRole('button', { name: t('messages.send'), exact: true })).toBeDisabled();
  for (const text of ['Bring bread', 'Bring salt']) {
    await field.fill(text);
    await page.getByRole('button', { name: t('messages.send'), exact: true }).press('Enter');
  }
  const outgoing = (text: string) => thread(page).getByRole('listitem').filter({ hasText: text });
  await expect(outgoing('Bring salt').getByRole('alert')).toContainText(t('messages.failed'));
  await expect(outgoing('Bring bread').getByRole('alert')).toContainText(t('messages.failed'));
  await expectAccessible(page);
  await page.reload();
  await outgoing('Bring salt').getByRole('button', { name: t('messages.discard') }).press('Enter');
  await expect(outgoing('Bring salt')).toBeHidden();

  await page.unrouteAll();
  await outgoing('Bring bread').getByRole('button', { name: t('messages.retry') }).press('Enter');
  await expect(outgoing('Bring bread').getByRole('alert')).toBeHidden();
  const reader = await people.client(ben);
  const read = async () =>
    (await reader.from('messages').select('body').eq('conversation_id', id)).data;
  await expect.poll(read).toEqual([{ body: 'Bring bread' }]);
  await page.reload();
  await expect(outgoing('Bring bread')).toHaveCount(1);
  await expect(outgoing('Bring salt')).toBeHidden();
});

test('a message holds several lines, and nothing of it is taken for anything else', async ({
  people,
}) => {
  const ann = await people.newcomer();
  const ben = await people.newcomer();
  const id = await talk(people, ann, ben, []);
  const { page } = ann;
  await page.goto(`/messages/${id}`);
  const field = page.getByRole('textbox', { name: t('messages.write') });
  await field.fill('<b>one</b> & %_');
  await field.press('Shift+Enter');
  await field.pressSequentially('two');
  await field.press('Enter');
  await expect(field).toHaveValue('');
  await expect(thread(page).getByText('<b>one</b> & %_')).toBeVisible();
  const reader = await people.client(ben);
  const read = async () =>
    (await reader.from('messages').select('body').eq('conversation_id', id)).data;
  await expect.poll(read).toEqual([{ body: '<b>one</b> & %_\ntwo' }]);
});

test('a long conversation shows its end first, and what was before on request', async ({
  people,
}) => {
  const ann = await people.newcomer();
  const ben = await people.newcomer();
  const texts = Array.from({ length: 23 }, (_, index) => `Number ${index + 1}.`);
  const id = await talk(people, ann, ben, texts);
  const { page } = ben;
  await page.goto('/messages');
  const row = page.getByRole('link', { name: 'Number 23.' });
  await expect(row).toContainText(t('messages.unread', { count: 23 }));
  await row.press('Enter');
  await expect(page).toHaveURL(`/messages/${id}`);
  await expect(thread(page).getByText('Number 23.')).toBeInViewport();
  await expect(thread(page).getByText('Number 1.')).toBeHidden();
  await thread(page).getByRole('button', { name: t('messages.older') }).press('Enter');
  await expect(thread(page).getByText('Number 1.')).toBeVisible();
  await expect(thread(page).getByText(t('messages.start'))).toBeVisible();
  await expect(thread(page).getByRole('listitem')).toHaveCount(23);
  const order = await thread(page).getByRole('listitem').allInnerTexts();
  expect(order.findIndex((text) => text.includes('Number 9.'))).toBe(8);

  const client = await people.client(ann);
  await client.from('messages').delete().eq('conversation_id', id).throwOnError();
  await expect(page.getByText(t('messages.deletedLast'))).toBeVisible();
  await page.goto('/messages');
  await expect(page.getByText(t('messages.deletedLast'))).toBeVisible();
  await expect(page.getByText(t('messages.unread', { count: 23 }))).toBeHidden();
});

test('where nothing can be hovered, the way to delete a message is there to be tapped', async ({
  people,
}) => {
  const ann = await people.newcomer();
  const id = await talk(people, ann, await people.newcomer(), ['Wrong window']);
  const page = await people.open(ann, { viewport: PHONE.size, hasTouch: true, isMobile: true });
  await page.goto(`/messages/${id}`);
  const remove = page.getByRole('button', { name: t('messages.delete') });
  await expect(remove).toHaveCSS('opacity', '1');
  await remove.tap();
  await page.getByRole('button', { name: t('messages.deleteConfirm') }).tap();
  await expect(thread(page).getByText('Wrong window')).toBeHidden();
});
