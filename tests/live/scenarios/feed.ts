import { beforeAll, expect, test, vi } from 'vitest';
import { blockMember, muteMember } from '@/features/blocks/blocks-api';
import { cursorAfter, FEED_PAGE, fetchForYou, type FeedPage } from '@/features/feed/feed-api';
import { follow } from '@/features/follows/follows-api';
import { recordVideoView } from '@/features/views/video-views-api';
import { as } from './personas';
import { crowd, ids, join, publish, signal, type Member } from './world';

let ann: Member;
let bob: Member;
let fresh: string;

beforeAll(async () => {
  ann = await join('feed.ann');
  bob = await join('feed.bob');
  fresh = await publish(ann, 'Just now');
});

/** Scrolls to the end of the ranking. */
async function scroll(): Promise<string[]> {
  const pages: FeedPage[] = [await fetchForYou({ snapshot: null, shown: [] }, signal)];
  for (let cursor = cursorAfter(pages); cursor !== null; cursor = cursorAfter(pages)) {
    pages.push(await fetchForYou(cursor, signal));
  }
  expect(pages.slice(0, -1).every((page) => page.rows.length === FEED_PAGE)).toBe(true);
  expect(new Set(pages.map((page) => page.snapshot)).size).toBe(1);
  const found = pages.flatMap((page) => ids(page.rows));
  expect(found).toHaveLength(new Set(found).size);
  return found;
}

test('a guest scrolls through all that is public, none twice', async () => {
  const secret = await publish(ann, 'For me', 'private');
  const found = await scroll();
  expect(found.length).toBeGreaterThan(30);
  expect(found).toContain(fresh);
  expect(found).not.toContain(secret);
});

test('the moment of a ranking is the database’s, whatever the device’s clock says', async () => {
  vi.useFakeTimers({ now: new Date('2020-01-01T00:00:00Z'), toFake: ['Date'] });
  try {
    const { rows, snapshot } = await fetchForYou({ snapshot: null, shown: [] }, signal);
    expect(rows).toHaveLength(FEED_PAGE);
    expect(snapshot).not.toMatch(/^2020/);
  } finally {
    vi.useRealTimers();
  }
});

test('rows have what a card shows', async () => {
  await as(bob.email, async () => {
    const { rows } = await fetchForYou({ snapshot: null, shown: [] }, signal);
    expect(rows).toHaveLength(FEED_PAGE);
    for (const row of rows) {
      expect(row).toMatchObject({ status: 'ready', viewer_liked: false, viewer_saved: false });
      expect(row.author.handle).not.toBe('');
    }
  });
});

test('a ranking knows nothing of what came after its moment', async () => {
  const before = new Date(Date.now() - 60_000).toISOString();
  const { rows, snapshot } = await fetchForYou({ snapshot: before, shown: [] }, signal);
  expect(snapshot).toBe(before);
  expect(ids(rows)).not.toContain(fresh);
});

test('following lifts an author, having watched lowers a video', async () => {
  const two = [await publish(ann, 'One of two'), await publish(crowd(7), 'Two of two')];
  const order = async () => (await scroll()).filter((id) => two.includes(id));
  await as(bob.email, async () => {
    await follow(ann.id);
    expect(await order()).toEqual(two);
    await recordVideoView({ videoId: two[0] ?? '', watchedMs: 100, completed: true });
    expect(await order()).toEqual(two.toReversed());
  });
});

test('neither the muted nor those behind a block are in it', async () => {
  const cay = await join('feed.cay');
  await as(cay.email, async () => {
    expect(await scroll()).toContain(fresh);
    await muteMember(ann.id);
    expect(await scroll()).not.toContain(fresh);
  });
  const dan = await join('feed.dan');
  await as(ann.email, () => blockMember(dan.id));
  await as(dan.email, async () => expect(await scroll()).not.toContain(fresh));
});

test('after a page that is not full there is none', () => {
  const page: FeedPage = { snapshot: '2026-01-01T00:00:00Z', rows: [] };
  expect(cursorAfter([page])).toBeNull();
  expect(cursorAfter([])).toBeNull();
});
