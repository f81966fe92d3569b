import { QueryClient, type InfiniteData } from '@tanstack/react-query';
import { beforeEach, describe, expect, it } from 'vitest';
import { isEmptied, patchRow, removeRow } from './patch-row';

interface Film {
  id: string;
  liked: boolean;
  likes: number;
}
type FilmPages = InfiniteData<{ rows: Film[] }>;

const film = (id: string, likes = 3): Film => ({ id, liked: false, likes });
const like = (row: Film) => ({ liked: true, likes: row.likes + 1 });

describe('rows in the cache', () => {
  let client: QueryClient;
  beforeEach(() => {
    client = new QueryClient();
    client.setQueryData(['films', 'list'], [film('a'), film('b')]);
    client.setQueryData(['films', 'feed'], {
      pages: [[film('b')], [film('a', 5)]],
      pageParams: [null, null],
    });
    client.setQueryData(['films', 'search'], {
      pages: [{ rows: [film('a')] }],
      pageParams: [null],
    });
    client.setQueryData(['films', 'one', 'a'], film('a'));
    client.setQueryData(['films', 'count'], 2);
    client.setQueryData(['people'], [film('a')]);
  });

  const list = () => client.getQueryData<Film[]>(['films', 'list']);
  const feed = () => client.getQueryData<InfiniteData<Film[]>>(['films', 'feed']);
  const search = () => client.getQueryData<FilmPages>(['films', 'search']);

  it('patches lists, pages and single rows of the table only', () => {
    patchRow<Film>(client, 'films', 'a', like);
    expect(list()?.map((row) => row.likes)).toEqual([4, 3]);
    expect(feed()?.pages[1]?.[0]).toEqual({ id: 'a', liked: true, likes: 6 });
    expect(search()?.pages[0]?.rows[0]?.liked).toBe(true);
    expect(client.getQueryData<Film>(['films', 'one', 'a'])?.likes).toBe(4);
    expect(client.getQueryData(['films', 'count'])).toBe(2);
    expect(client.getQueryData<Film[]>(['people'])?.[0]?.liked).toBe(false);
  });

  it('keeps the identity of what does not change', () => {
    const untouched = [list()?.[1], feed()?.pages[0]];
    patchRow<Film>(client, 'films', 'a', { likes: 9 });
    expect([list()?.[1], feed()?.pages[0]]).toEqual(untouched);
    expect(list()?.[1]).toBe(untouched[0]);
    expect(feed()?.pages[0]).toBe(untouched[1]);
  });

  it('undoes each query to its own values, and nothing else', () => {
    const undo = patchRow<Film>(client, 'films', 'a', like);
    patchRow<Film>(client, 'films', 'b', { likes: 100 });
    undo();
    expect(list()).toEqual([film('a'), film('b', 100)]);
    expect(feed()?.pages[1]).toEqual([film('a', 5)]);
  });

  it('keeps a later change of another field when an earlier one is undone', () => {
    const undo = patchRow<Film>(client, 'films', 'a', { liked: true });
    patchRow<Film>(client, 'films', 'a', { likes: 50 });
    undo();
    expect(list()?.[0]).toEqual({ id: 'a', liked: false, likes: 50 });
  });

  it('removes a row everywhere and puts it back in its place', () => {
    const undo = removeRow(client, 'films', 'a');
    expect(list()).toEqual([film('b')]);
    expect(feed()).toEqual({ pages: [[film('b')]], pageParams: [null] });
    expect(search()?.pages).toEqual([{ rows: [] }]);
    expect(client.getQueryData(['films', 'one', 'a'])).toBeNull();
    undo();
    expect(list()).toEqual([film('a'), film('b')]);
    expect(feed()?.pages.flat()).toEqual([film('b'), film('a', 5)]);
    expect(search()?.pages).toEqual([{ rows: [film('a')] }]);
    expect(client.getQueryData(['films', 'one', 'a'])).toEqual(film('a'));
  });

  it('goes on after the page before one that has lost all its rows', () => {
    const key = ['films', 'paged'];
    const data = (...pages: string[][]) => ({
      pages: pages.map((ids) => ids.map((id) => film(id))),
      pageParams: pages.map((_, index) => index),
    });
    client.setQueryData(key, data(['a', 'b'], ['c'], ['d', 'e']));
    const undo = removeRow(client, 'films', 'c');
    expect(client.getQueryData(key)).toEqual({ ...data(['a', 'b'], ['d', 'e']), pageParams: [0, 2] });
    undo();
    expect(client.getQueryData<InfiniteData<Film[]>>(key)?.pages.flat()).toEqual(
      ['a', 'b', 'c', 'd', 'e'].map((id) => film(id)),
    );
    client.setQueryData(key, data(['a'], ['b']));
    expect(isEmptied(client.getQueryData(key))).toBe(false);
    removeRow(client, 'films', 'a'); // the first page stays: a refetch begins with it
    expect(client.getQueryData(key)).toEqual(data([], ['b']));
    removeRow(client, 'films', 'b');
    expect(client.getQueryData(key)).toEqual(data([]));
    expect(isEmptied(client.getQueryData(key))).toBe(true);
  });

  it('undoes nothing in what another account has fetched since', () => {
    const undoPatch = patchRow<Film>(client, 'films', 'a', like);
    const undoRemoval = removeRow(client, 'films', 'b');
    client.clear();
    client.setQueryData(['films', 'list'], [film('a', 8)]);
    undoPatch();
    undoRemoval();
    expect(list()).toEqual([film('a', 8)]);
  });

  it('leaves alone what has changed around a removed row', () => {
    const undo = removeRow(client, 'films', 'a');
    patchRow<Film>(client, 'films', 'b', { likes: 100 });
    client.setQueryData(['films', 'one', 'a'], film('a', 7));
    undo();
    expect(list()).toEqual([film('a'), film('b', 100)]);
    expect(client.getQueryData(['films', 'one', 'a'])).toEqual(film('a', 7));
  });
});
