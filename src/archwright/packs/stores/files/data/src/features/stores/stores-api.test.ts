import { describe, expect, it } from 'vitest';
import { fakeRest } from '@/test/fake-supabase';
import { sampleStore } from '@/test/sample-store';
import { slugOf } from './applications-api';
import { fetchOwnStore, fetchOwnStores } from './stores-api';
import { rolesGivenBy } from './team-api';

const signal = new AbortController().signal;

describe('stores', () => {
  it('tell in which of them a member works, and as what', async () => {
    const own = { role: 'catalog', store: sampleStore() };
    const rest = fakeRest({ store_members: [own] });
    expect(await fetchOwnStores('ann', signal)).toEqual([own]);
    const [url] = rest.mock.calls[0] ?? [];
    expect(new URL(url as string).searchParams.get('member_id')).toBe('eq.ann');
  });

  it('are not there under an address that holds no id', async () => {
    fakeRest({ store_members: { code: '22P02', message: 'invalid input syntax' } }, 400);
    expect(await fetchOwnStore('ann', 'nonsense', signal)).toBeNull();
  });
});

describe('rolesGivenBy', () => {
  it('lets owners give all roles, managers those below, others none', () => {
    expect(rolesGivenBy('owner')).toContain('owner');
    expect(rolesGivenBy('manager')).toEqual(['catalog', 'fulfilment', 'support']);
    expect(rolesGivenBy('catalog')).toEqual([]);
  });
});

describe('slugOf', () => {
  it('makes an address of a name', () => {
    expect(slugOf('Café Blå & Sons!')).toBe('cafe-bla-sons');
    expect(slugOf('日本')).toBe('');
  });
});
