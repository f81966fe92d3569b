import { describe, expect, it } from 'vitest';
import { PAGE_SIZE } from '@/lib/keyset';
import { fakeRest } from '@/test/fake-supabase';
import {
  clearThingHistory,
  fetchThingHistory,
  recordLastThingView,
  recordThingView,
} from './thing-views-api';

const { signal } = new AbortController();
const view = { thingId: 'a', watchedMs: 2500, completed: true };
const sent = { p_thing_id: 'a', p_watched_ms: 2500, p_completed: true };

function firstCall(rest: ReturnType<typeof fakeRest>) {
  const [input, init] = rest.mock.calls[0] ?? [];
  return { url: new URL(input instanceof Request ? input.url : (input ?? '')), init };
}

describe('recordThingView', () => {
  it('sends how long and whether to the end', async () => {
    const rest = fakeRest({ record_thing_view: null });
    await recordThingView(view);
    const { url, init } = firstCall(rest);
    expect(url.pathname).toMatch(/\/rpc\/record_thing_view$/);
    expect(init?.body).toBe(JSON.stringify(sent));
  });
});

describe('recordLastThingView', () => {
  it('outlives the page and is signed', () => {
    const rest = fakeRest({ record_thing_view: null });
    recordLastThingView(view, 'secret');
    const { url, init } = firstCall(rest);
    expect(url.pathname).toMatch(/\/rpc\/record_thing_view$/);
    expect(init).toMatchObject({ method: 'POST', keepalive: true });
    expect(new Headers(init?.headers).get('Authorization')).toBe('Bearer secret');
    expect(init?.body).toBe(JSON.stringify(sent));
  });
});

describe('fetchThingHistory', () => {
  it('gives what was watched and goes on by when', async () => {
    const rows = Array.from({ length: PAGE_SIZE }, (_, n) => ({
      id: `view ${n}`,
      last_viewed_at: '2026-01-01',
      viewed: { id: `thing ${n}` },
    }));
    const rest = fakeRest({ thing_viewers: rows });
    const page = await fetchThingHistory(null, signal);
    expect(page.rows[0]).toEqual(rows[0]?.viewed);
    expect(page.next).toEqual({ at: '2026-01-01', id: `view ${PAGE_SIZE - 1}` });
    expect(firstCall(rest).url.searchParams.get('in_history')).toBe('eq.true');
  });
});

describe('clearThingHistory', () => {
  it('takes everything out of the history and deletes nothing', async () => {
    const rest = fakeRest({});
    await clearThingHistory();
    expect(firstCall(rest).init).toMatchObject({ method: 'PATCH', body: '{"in_history":false}' });
  });
});
