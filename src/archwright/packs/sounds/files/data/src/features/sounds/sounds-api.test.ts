import { describe, expect, it } from 'vitest';
import { fakeRest } from '@/test/fake-supabase';
import { sampleThing } from '@/test/sample-thing';
import { fetchSound, fetchThingsOfSound, renameSound } from './sounds-api';

const { signal } = new AbortController();

function requested(rest: ReturnType<typeof fakeRest>) {
  const [input, init] = rest.mock.calls[0] ?? [];
  return { url: new URL(input instanceof Request ? input.url : String(input)), init };
}

describe('fetchSound', () => {
  it('gives null for an address without an id, and for a sound that is gone', async () => {
    fakeRest({ sounds: { code: '22P02', message: 'invalid input syntax for type uuid' } }, 400);
    expect(await fetchSound('hum', signal)).toBeNull();
    fakeRest({ sounds: [] });
    expect(await fetchSound('s1', signal)).toBeNull();
  });

  it('passes on what the server refuses', async () => {
    fakeRest({ sounds: { code: '57014', message: 'timeout' } }, 500);
    await expect(fetchSound('s1', signal)).rejects.toMatchObject({ code: '57014' });
  });
});

describe('fetchThingsOfSound', () => {
  it('asks for what uses this sound, newest first', async () => {
    const rest = fakeRest({ things: [sampleThing()] });
    expect(await fetchThingsOfSound('s1', null, signal)).toHaveLength(1);
    const { searchParams } = requested(rest).url;
    expect(searchParams.get('sound_id')).toBe('eq.s1');
    expect(searchParams.get('order')).toBe('created_at.desc,id.desc');
  });
});

describe('renameSound', () => {
  it('changes the title of the one sound', async () => {
    const rest = fakeRest({ sounds: [] });
    await renameSound('s1', 'Lake hum');
    const { url, init } = requested(rest);
    expect(url.searchParams.get('id')).toBe('eq.s1');
    expect(init).toMatchObject({ method: 'PATCH', body: '{"title":"Lake hum"}' });
  });
});
