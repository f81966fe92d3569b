import { describe, expect, it } from 'vitest';
import { fakeRest } from '@/test/fake-supabase';
import { fetchHashtag, fetchTaggedThings, fetchTrendingHashtags } from './hashtags-api';

const { signal } = new AbortController();
const bread = { id: 'h', tag: 'bread', thing_count: 2 };

describe('fetchHashtag', () => {
  it('gives null for one that nobody has used', async () => {
    fakeRest({ hashtags: [] });
    expect(await fetchHashtag('bread', signal)).toBeNull();
  });
});

describe('fetchTaggedThings', () => {
  it('gives the things themselves', async () => {
    const row = { id: 'u', created_at: '2026-01-01', tagged: { id: 'a' } };
    fakeRest({ thing_hashtags: [row] });
    expect(await fetchTaggedThings('h', null, signal)).toEqual({ rows: [row.tagged], next: null });
  });
});

describe('fetchTrendingHashtags', () => {
  it('asks the function that ranks them', async () => {
    const rest = fakeRest({ trending_hashtags: [bread] });
    expect(await fetchTrendingHashtags(signal)).toEqual([bread]);
    expect(rest).toHaveBeenCalledTimes(1);
  });
});
