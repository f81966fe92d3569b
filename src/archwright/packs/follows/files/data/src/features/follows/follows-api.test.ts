import { describe, expect, it } from 'vitest';
import { fakeRest } from '@/test/fake-supabase';
import { acceptRequest, endFollow, fetchFollowers, fetchFollowing, follow } from './follows-api';

const at = '2026-01-02T03:04:05.678901+00:00';
const { signal } = new AbortController();

function requested(rest: ReturnType<typeof fakeRest>): URLSearchParams {
  const [input] = rest.mock.calls[0] ?? [];
  return new URL(input instanceof Request ? input.url : String(input)).searchParams;
}

describe('the lists of people', () => {
  it('give profiles with the time of the following', async () => {
    fakeRest({ follows: [{ created_at: at, profile: { id: 'bob', handle: 'bob' } }] });
    expect(await fetchFollowing('ann', null, signal)).toEqual([
      { id: 'bob', handle: 'bob', followed_at: at },
    ]);
  });

  it('page by the time and, among equals, by the person', async () => {
    const rest = fakeRest({ follows: [] });
    const cursor = { at, id: 'bob' };
    await fetchFollowers('ann', { status: 'pending', cursor, signal });
    const query = requested(rest);
    expect(query.get('followee_id')).toBe('eq.ann');
    expect(query.get('status')).toBe('eq.pending');
    expect(query.get('created_at')).toBe(`lte.${at}`);
    expect(query.get('or')).toBe(`(created_at.lt."${at}",follower_id.lt.bob)`);
    expect(query.get('order')).toBe('created_at.desc,follower_id.desc');
    expect(query.has('offset')).toBe(false);
  });
});

describe('follow', () => {
  it('leaves the status to the database', async () => {
    const rest = fakeRest({});
    await follow('bob');
    expect(rest.mock.calls[0]?.[1]).toMatchObject({ body: '{"followee_id":"bob"}' });
  });

  it('takes a following that is there already for a success', async () => {
    fakeRest({ follows: { code: '23505', message: 'duplicate key value' } }, 409);
    await expect(follow('bob')).resolves.toBeUndefined();
  });

  it('passes on other refusals', async () => {
    fakeRest({ follows: { code: '42501', message: 'denied' } }, 403);
    await expect(follow('bob')).rejects.toMatchObject({ code: '42501' });
  });
});

describe('answers', () => {
  it('concern one pair of people only', async () => {
    let rest = fakeRest({});
    await endFollow('bob', 'ann');
    expect(rest.mock.calls[0]?.[1]).toMatchObject({ method: 'DELETE' });
    expect(requested(rest).toString()).toBe('follower_id=eq.bob&followee_id=eq.ann');
    rest.mockRestore();
    rest = fakeRest({});
    await acceptRequest('bob', 'ann');
    expect(requested(rest).get('status')).toBe('eq.pending');
  });
});
