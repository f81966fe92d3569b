import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { allow, expect, t, test } from './fixtures';
import type { Newcomer, People } from './support/people';

const SECONDS = 10;

interface Talk {
  id: string;
  ann: Newcomer;
  ben: Newcomer;
}

function thread(page: Page) {
  return page.getByRole('log', { name: t('messages.history') });
}

/** What the app says of its connection. */
function notice(page: Page) {
  const texts = [t('app.offline'), t('app.unreachable'), t('app.liveLost')];
  return page.getByRole('status').filter({ hasText: new RegExp(texts.join('|')) });
}

async function write(page: Page, text: string) {
  const field = page.getByRole('textbox', { name: t('messages.write') });
  await field.fill(text);
  await field.press('Enter');
}

async function happens(what: string) {
  await fetch(`OUTAGES/${what}?seconds=${SECONDS}`, { method: 'POST' });
}

/** Two people in front of the conversation that they have begun. */
async function talk(people: People): Promise<Talk> {
  const ann = await people.newcomer();
  const ben = await people.newcomer();
  const client = await people.client(ann);
  const opened = client.rpc('find_or_create_conversation', { p_member: ben.id });
  const { data: id } = await opened.throwOnError();
  for (const { page } of [ann, ben]) {
    allow(page, /net::ERR_|WebSocket|status of (50\d|409)|^50\d /);
    await page.goto(`/messages/${id}`);
  }
  await write(ann.page, 'Are you there?');
  await expect(thread(ben.page).getByText('Are you there?')).toBeVisible();
  await write(ben.page, 'I am');
  await expect(thread(ann.page).getByText('I am')).toBeVisible();
  return { id, ann, ben };
}

/** What both wrote before, during and after is with both, in the database and on the screen, once. */
async function settled(people: People, { id, ann, ben }: Talk, during: string[]) {
  await write(ann.page, 'And after');
  const all = ['Are you there?', 'I am', ...during, 'And after'];
  for (const { page } of [ann, ben]) {
    await expect(thread(page).getByText('And after')).toBeVisible({ timeout: 20_000 });
    await expect(notice(page)).toBeHidden({ timeout: 20_000 });
    await expect(thread(page).getByText(t('messages.waiting'))).toBeHidden();
    await expect(thread(page).getByText(t('messages.failed'))).toBeHidden();
    for (const text of all) await expect(thread(page).getByText(text)).toHaveCount(1);
  }
  const client = await people.client(ben);
  const rows = client.from('messages').select('body').eq('conversation_id', id);
  const { data } = await rows.throwOnError();
  expect(data.map(({ body }) => body).toSorted()).toEqual(all.toSorted());
}

for (const what of ['gateway', 'database']) {
  test(`the ${what} goes for a while: the app says so, recovers, and loses no message`, async ({
    people,
  }) => {
    test.setTimeout(120_000);
    const both = await talk(people);
    const { ann, ben } = both;
    await happens(what);
    await write(ann.page, 'In the dark');
    await write(ben.page, 'Who put out the light?');
    for (const { page } of [ann, ben]) {
      await expect(notice(page)).toBeVisible({ timeout: SECONDS * 1000 });
      await expect(thread(page).getByText(t('messages.waiting'))).toBeVisible();
    }
    const during = ['In the dark', 'Who put out the light?'];
    for (const { page } of [ann, ben]) {
      for (const text of during) {
        await expect(thread(page).getByText(text)).toBeVisible({ timeout: 30_000 });
      }
      await expect(thread(page).getByText(t('messages.waiting'))).toBeHidden({ timeout: 30_000 });
    }
    await settled(people, both, during);
  });

  test(`a page that is opened while the ${what} is away comes once it is back`, async ({
    people,
  }) => {
    test.setTimeout(120_000);
    const { page } = await people.newcomer();
    allow(page, /net::ERR_|WebSocket|status of 50\d|^50\d /);
    await page.goto('/settings/profile');
    const name = page.getByLabel(t('profiles.handle'));
    await expect(name).not.toHaveValue('');
    await happens(what);
    await page
      .getByRole('link', { name: t('feed.nav') })
      .first()
      .click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(notice(page)).toBeVisible({ timeout: SECONDS * 1000 });
    await expect(page.getByRole('article').first()).toBeVisible({ timeout: 40_000 });
    await expect(notice(page)).toBeHidden({ timeout: 20_000 });
  });
}

test('the network of one goes for a while: nothing is lost or shown twice', async ({ people }) => {
  test.setTimeout(120_000);
  const both = await talk(people);
  const { ann, ben } = both;
  await ann.page.context().setOffline(true);
  await write(ann.page, 'In the tunnel');
  await expect(ann.page.getByText(t('app.offline'))).toBeVisible();
  await write(ben.page, 'Where are you?');
  await expect(thread(ben.page).getByText(t('messages.sending'))).toBeHidden();
  await new Promise((resolve) => setTimeout(resolve, SECONDS * 1000));
  await ann.page.context().setOffline(false);
  for (const { page } of [ann, ben]) {
    for (const text of ['In the tunnel', 'Where are you?']) {
      await expect(thread(page).getByText(text)).toBeVisible({ timeout: 20_000 });
    }
  }
  await settled(people, both, ['In the tunnel', 'Where are you?']);
});

test('an answer that gets lost on its way: the message was saved, and arrives once', async ({
  people,
}) => {
  test.setTimeout(120_000);
  const both = await talk(people);
  const { ann, ben } = both;
  let lost = 0;
  await ann.page.route('**/rest/v1/messages*', async (route) => {
    if (route.request().method() !== 'POST' || lost >= 2) return route.continue();
    lost += 1;
    await route.fetch();
    return route.abort('connectionreset');
  });
  await write(ann.page, 'Did you get this?');
  await expect(thread(ben.page).getByText('Did you get this?')).toBeVisible();
  await expect(thread(ann.page).getByText(t('messages.sending'))).toBeHidden({ timeout: 20_000 });
  expect(lost).toBeGreaterThan(0);
  await settled(people, both, ['Did you get this?']);
});

test('what is pressed while nothing answers is undone, and said', async ({ people }) => {
  test.setTimeout(120_000);
  const { page } = await people.newcomer();
  allow(page, /net::ERR_|WebSocket|status of 50\d|^50\d /);
  await page.goto('/settings/profile');
  const name = page.getByLabel(t('profiles.displayName'));
  await expect(name).not.toHaveValue('');
  await happens('gateway');
  const wanted = `Somebody ${randomUUID().slice(0, 4)}`;
  await name.fill(wanted);
  const save = page.getByRole('button', { name: t('profiles.save') });
  await save.press('Enter');
  await expect(page.getByText(t('app.errorNetwork')).first()).toBeVisible();
  await expect(name).toHaveValue(wanted); // what was typed is not lost
  await expect(notice(page)).toBeVisible({ timeout: SECONDS * 1000 });
  await expect(notice(page)).toBeHidden({ timeout: 40_000 });
  await save.press('Enter');
  await expect(page.getByText(t('app.errorNetwork'))).toHaveCount(0, { timeout: 20_000 });
  await page.reload();
  await expect(name).toHaveValue(wanted);
});
