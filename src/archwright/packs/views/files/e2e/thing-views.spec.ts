import type { Page } from '@playwright/test';
import { expect, expectAccessible, expectDialog, t, test } from './fixtures';
import { expectPlays, publishThing } from './support/clips';

/** Watches the thing on the page until the view counts. */
async function watch(page: Page) {
  const told = page.waitForResponse(
    (answer) => answer.url().endsWith('/rpc/record_thing_view') && answer.ok(),
  );
  await expectPlays(page);
  await told;
}

function seen(page: Page, caption: string) {
  return page.getByRole('list', { name: t('views.list') }).getByRole('link', { name: caption });
}

test('what a member watches is counted once and in their history, which they clear', async ({
  people,
}) => {
  const author = await people.newcomer();
  const { page } = await people.newcomer();
  const { id } = await publishThing(people, author, { caption: 'Snow on pines' });
  await page.goto('/history');
  await expect(page.getByText(t('views.emptyTitle'))).toBeVisible();
  await expect(page.getByRole('button', { name: t('views.clear') })).toBeHidden();
  await expectAccessible(page);
  for (const time of ['first', 'second']) {
    await test.step(time, async () => {
      await page.goto(`/things/${id}`);
      await watch(page);
    });
  }
  const client = await people.client(author);
  const count = async () =>
    (await client.from('things').select('view_count').eq('id', id).single()).data;
  expect(await count()).toEqual({ view_count: 1 });

  await page.getByRole('button', { name: t('app.account'), exact: true }).press('Enter');
  await page.getByRole('menuitem', { name: t('views.title') }).press('Enter');
  await expect(page).toHaveURL('/history');
  await expect(seen(page, 'Snow on pines')).toHaveCount(1);
  await expect(seen(page, t('views.count', { count: 1 }))).toBeVisible();
  const clear = page.getByRole('button', { name: t('views.clear') });
  await clear.press('Enter');
  const ask = page.getByRole('alertdialog', { name: t('views.clearTitle') });
  await expect(ask).toBeVisible();
  await expectDialog(page, clear);
  await expect(seen(page, 'Snow on pines')).toBeVisible();
  await clear.press('Enter');
  await ask.getByRole('button', { name: t('views.clear') }).press('Enter');
  await expect(page.getByText(t('views.cleared'))).toBeVisible();
  await expect(page.getByText(t('views.emptyTitle'))).toBeVisible();
  await page.reload();
  await expect(page.getByText(t('views.emptyTitle'))).toBeVisible();
  expect(await count()).toEqual({ view_count: 1 });
  await page.goto(`/things/${id}`);
  await watch(page);
  await page.goto('/history');
  await expect(seen(page, 'Snow on pines')).toBeVisible();
  expect(await count()).toEqual({ view_count: 1 });
});

test('a visitor watches, and nothing is kept of it', async ({ people }) => {
  const author = await people.newcomer();
  const { id } = await publishThing(people, author, { caption: 'Open door' });
  const page = await people.open(null);
  const told: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('record_thing_view')) told.push(request.url());
  });
  await page.goto(`/things/${id}`);
  await expectPlays(page);
  const position = page.getByRole('slider', { name: t('videos.seek') });
  await expect.poll(async () => Number(await position.inputValue())).toBeGreaterThan(2.5);
  await page.goto('/history');
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fhistory$/);
  expect(told).toEqual([]);
  const guest = await people.client(null);
  const refused = await guest.rpc('record_thing_view', { p_thing_id: id, p_watched_ms: 5000 });
  expect(refused.error?.code).toBe('42501');
  const { data } = await guest.from('things').select('view_count').eq('id', id).single();
  expect(data).toEqual({ view_count: 0 });
});

test('nobody sees what others watched, inflates views, or watches what is not for them', async ({
  people,
}) => {
  const author = await people.newcomer();
  const fan = await people.newcomer();
  const stranger = await people.newcomer();
  const { id } = await publishThing(people, author, { caption: 'Tide' });
  const hidden = await publishThing(people, author, { caption: 'Reef', visibility: 'private' });
  const own = await people.client(fan);
  const view = (thing: string) => own.rpc('record_thing_view', { p_thing_id: thing });
  for (let time = 0; time < 3; time += 1) await view(id).throwOnError();
  expect((await view(hidden.id)).error?.code).toBe('42501');
  await fan.page.goto('/history');
  await expect(seen(fan.page, 'Tide')).toBeVisible();

  await stranger.page.goto('/history');
  await expect(stranger.page.getByText(t('views.emptyTitle'))).toBeVisible();
  for (const who of [stranger, author, 'mara']) {
    const client = await people.client(who);
    for (const table of ['thing_viewers', 'thing_views'] as const) {
      expect((await client.from(table).select().eq('viewer_id', fan.id)).data).toEqual([]);
      const forged = await client.from(table).insert({ thing_id: id, viewer_id: fan.id });
      expect(forged.error?.code).toBe('42501');
      expect((await client.from(table).delete().eq('viewer_id', fan.id)).error?.code).toBe('42501');
    }
    const cleared = client.from('thing_viewers').update({ in_history: false });
    expect((await cleared.eq('viewer_id', fan.id).select()).data).toEqual([]);
  }
  const day = await own.from('thing_views').update({ watched_ms: 86_000 }).eq('thing_id', id);
  expect(day.error?.code).toBe('42501');
  const maker = await people.client(author);
  const raised = await maker.from('things').update({ view_count: 9 }).eq('id', id);
  expect(raised.error?.code).toBe('42501');
  const { data } = await maker.from('things').select('view_count').eq('id', id).single();
  expect(data).toEqual({ view_count: 1 });

  await maker.from('things').update({ visibility: 'private' }).eq('id', id).throwOnError();
  await fan.page.reload();
  await expect(fan.page.getByText(t('views.emptyTitle'))).toBeVisible();
});
