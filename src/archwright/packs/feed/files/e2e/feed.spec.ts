import type { Page } from '@playwright/test';
import { expect, expectAccessible, t, test } from './fixtures';
//% if has('follows.feed')
import { publishVideo } from './support/clips';
//% endif

const MOVING = { reducedMotion: 'no-preference' } as const;

/** The card at a place of the feed, from 0 on; only what is near to the screen has one. */
function card(page: Page, place: number) {
  return page.getByRole('list', { name: t('feed.forYou') }).getByRole('article').nth(place);
}

/** What browsers tell of the videos: how many play, and whether one of those is heard. */
function playing(page: Page) {
  return page.evaluate(() => {
    const all = [...document.getElementsByTagName('video')].filter((video) => !video.paused);
    return { count: all.length, heard: all.some((video) => !video.muted) };
  });
}

test('a visitor watches one video after the other, and one at a time', async ({ people }) => {
  const page = await people.open(null, MOVING);
  await page.goto('/');
  await expect(card(page, 0).getByRole('button', { name: t('videos.pause') })).toBeVisible();
  await expect.poll(() => playing(page)).toEqual({ count: 1, heard: false });
  await expectAccessible(page);

  await page.keyboard.press('ArrowDown');
  await expect(card(page, 1)).toBeInViewport({ ratio: 0.95 });
  await expect(card(page, 1).getByRole('button', { name: t('videos.pause') })).toBeVisible();
  await expect(card(page, 0).getByRole('button', { name: t('videos.play') })).toBeAttached();
  await expect.poll(() => playing(page)).toEqual({ count: 1, heard: false });
  const position = card(page, 1).getByRole('slider', { name: t('videos.seek') });
  await expect.poll(async () => Number(await position.inputValue())).toBeGreaterThan(0.2);

  await page.getByRole('button', { name: t('feed.previous') }).click();
  await expect(card(page, 0)).toBeInViewport({ ratio: 0.95 });
  await expect.poll(() => playing(page)).toEqual({ count: 1, heard: false });
});

test('a feed that is scrolled by hand comes to rest at a video', async ({ people }) => {
  const page = await people.open(null, MOVING);
  await page.goto('/');
  const list = page.getByRole('list', { name: t('feed.forYou') });
  await expect(card(page, 1)).toBeAttached();
  await list.hover();
  await page.mouse.wheel(0, 500);
  await expect(card(page, 1)).toBeInViewport({ ratio: 0.95 });
  const off = () => list.evaluate(({ scrollTop, clientHeight }) => scrollTop % clientHeight);
  await expect.poll(off, 'beyond the place of a video').toBeLessThan(1);
  await expect.poll(() => playing(page)).toEqual({ count: 1, heard: false });
});

test('the sound is turned on for all videos, by button and by key', async ({ people }) => {
  const page = await people.open(null, MOVING);
  await page.goto('/');
  await card(page, 0).getByRole('button', { name: t('videos.unmute') }).press('Enter');
  await expect.poll(() => playing(page)).toEqual({ count: 1, heard: true });
  await page.keyboard.press('ArrowDown');
  await expect(card(page, 1)).toBeInViewport({ ratio: 0.95 });
  await expect.poll(() => playing(page)).toEqual({ count: 1, heard: true });
  await page.keyboard.press('m');
  await expect(card(page, 1).getByRole('button', { name: t('videos.unmute') })).toBeVisible();
  await expect.poll(() => playing(page)).toEqual({ count: 1, heard: false });
});

test('who wants less motion starts each video themselves', async ({ people }) => {
  const page = await people.open(null, { reducedMotion: 'reduce' });
  await page.goto('/');
  await expect(card(page, 0).getByRole('button', { name: t('videos.play') })).toBeVisible();
  expect(await playing(page)).toEqual({ count: 0, heard: false });
  await card(page, 0).getByRole('button', { name: t('videos.play') }).press('Enter');
  await expect.poll(() => playing(page)).toEqual({ count: 1, heard: false });
});

test('the feed holds nothing that is not for everyone', async ({ people }) => {
  const member = await people.client(await people.newcomer());
  const visitor = await people.client(null);
  for (const client of [member, visitor]) {
    const { data } = await client.rpc('feed_for_you', { p_limit: 50 }).throwOnError();
    expect(data.length).toBeGreaterThan(0);
    expect(data.filter(({ visibility, status }) => visibility !== 'public' || status !== 'ready'))
      .toEqual([]);
  }
});
//% if has('follows.feed')

test('following shows what those share whom one follows, and nobody else', async ({ people }) => {
  const author = await people.newcomer();
  const member = await people.newcomer();
  await publishVideo(people, author, { caption: 'For my followers' });
  await publishVideo(people, author, { caption: 'For me', visibility: 'private' });
  const { page } = member;
  await page.goto('/?tab=following');
  await expect(page.getByText(t('follows.feedEmpty'))).toBeVisible();
  const client = await people.client(member);
  await client.from('follows').insert({ followee_id: author.id }).throwOnError();
  await page.goto('/');
  await page.getByRole('tab', { name: t('follows.following') }).press('Enter');
  const list = page.getByRole('list', { name: t('follows.following') });
  await expect(list.getByRole('article')).toHaveCount(1);
  await expect(list.getByText('For my followers')).toBeVisible();
  await expectAccessible(page);

  const visitor = await people.open(null);
  await visitor.goto('/?tab=following');
  await expect(visitor.getByText(t('follows.feedGuestTitle'))).toBeVisible();
  await visitor.getByRole('main').getByRole('link', { name: t('app.signIn') }).press('Enter');
  await expect(visitor).toHaveURL(/\/sign-in\?next=/);
});
//% endif
