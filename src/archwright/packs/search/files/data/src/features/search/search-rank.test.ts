import { beforeEach, describe, expect, it } from 'vitest';
import { useRecentSearchesStore } from './recent-searches-store';
import { searchArgs, searchPage } from './search-rank';

describe('searchPage', () => {
  const found = [
    { id: 'a', rank: 2 },
    { id: 'b', rank: 1 },
  ];

  it('has the order of what was found, without what is gone', () => {
    expect(searchPage(found, [{ id: 'b' }, { id: 'a' }]).rows).toEqual([{ id: 'a' }, { id: 'b' }]);
    expect(searchPage(found, [{ id: 'b' }]).rows).toEqual([{ id: 'b' }]);
  });

  it('is the last one when it is not full', () => {
    expect(searchPage(found, []).next).toBeNull();
  });

  it('leads to the page after its last result', () => {
    const full = Array.from({ length: 20 }, (_, index) => ({ id: String(index), rank: 20 - index }));
    const { next } = searchPage(full, []);
    expect(next).toEqual({ id: '19', rank: 1 });
    expect(searchArgs('bread', next)).toMatchObject({ p_after_rank: 1, p_after_id: '19' });
    expect(searchArgs('bread', null)).not.toHaveProperty('p_after_id');
  });
});

describe('recent searches', () => {
  const store = useRecentSearchesStore;
  const { remember, forget, forgetAll } = store.getState();
  beforeEach(forgetAll);

  it('are kept once each, the last one first', () => {
    for (const query of ['bread', 'lakes', 'Bread']) remember(query);
    expect(store.getState().queries).toEqual(['Bread', 'lakes']);
    forget('lakes');
    expect(store.getState().queries).toEqual(['Bread']);
  });

  it('are not kept for ever', () => {
    for (let count = 0; count < 20; count += 1) remember(`query ${count}`);
    expect(store.getState().queries).toHaveLength(8);
  });
});
