import { describe, expect, it } from 'vitest';
import { fakeRest } from '@/test/fake-supabase';
import { handleSchema, isGeneratedHandle } from './handle';
import { fetchProfile, isHandleFree, updateProfile } from './profiles-api';

const { signal } = new AbortController();
const ann = { id: 'ann', handle: 'ann', display_name: 'Ann' };

function requested(rest: ReturnType<typeof fakeRest>): URL {
  const [input] = rest.mock.calls[0] ?? [];
  return new URL(input instanceof Request ? input.url : String(input));
}

describe('fetchProfile', () => {
  it('finds a handle however it is written', async () => {
    const rest = fakeRest({ profiles: [ann] });
    expect(await fetchProfile('Ann', signal)).toEqual(ann);
    expect(requested(rest).searchParams.get('handle')).toBe('eq.ann');
  });

  it('gives null for a handle that nobody has', async () => {
    fakeRest({ profiles: [] });
    expect(await fetchProfile('nobody', signal)).toBeNull();
  });

  it('passes on what the server refuses', async () => {
    fakeRest({ profiles: { code: '57014', message: 'timeout' } }, 500);
    await expect(fetchProfile('ann', signal)).rejects.toMatchObject({ code: '57014' });
  });
});

describe('isHandleFree', () => {
  it('tells a free handle from a taken one', async () => {
    fakeRest({ profiles: [] });
    expect(await isHandleFree('new', signal)).toBe(true);
    fakeRest({ profiles: [ann] });
    expect(await isHandleFree('ann', signal)).toBe(false);
  });
});

describe('updateProfile', () => {
  it('changes the one row and nothing but the given fields', async () => {
    const rest = fakeRest({ profiles: ann });
    await updateProfile('ann', { bio: 'Cook' });
    expect(requested(rest).searchParams.get('id')).toBe('eq.ann');
    expect(rest.mock.calls[0]?.[1]).toMatchObject({ method: 'PATCH', body: '{"bio":"Cook"}' });
  });
});

describe('handles', () => {
  it.each([
    ['@Ann.Lee', 'ann.lee'],
    ['  cook_1 ', 'cook_1'],
  ])('reads %j as %s', (typed, handle) => {
    expect(handleSchema.parse(typed)).toBe(handle);
  });

  it.each(['an', 'a..b', '.abc', 'abc.', 'ann lee', 'änn', 'a'.repeat(25)])('refuses %j', (typed) => {
    expect(handleSchema.safeParse(typed).success).toBe(false);
  });

  it('knows one that was made up', () => {
    expect(isGeneratedHandle('user_0123456789abcdef')).toBe(true);
    expect(isGeneratedHandle('user_of_this')).toBe(false);
  });
});
