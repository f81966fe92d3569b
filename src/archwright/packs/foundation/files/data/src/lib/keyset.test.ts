import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it, vi } from 'vitest';
import { keysetPage, nextCursor, olderThan } from './keyset';
import { removeRow } from './patch-row';
import { supabase } from './supabase';

const at = '2026-01-02T03:04:05.678901+00:00';
const id = '11111111-1111-4111-8111-111111111111';

async function requested(run: () => PromiseLike<unknown>): Promise<URLSearchParams> {
  const fetched = vi
    .spyOn(globalThis, 'fetch')
    .mockImplementation(() => Promise.resolve(new Response('[]', { status: 200 })));
  await run();
  const [input] = fetched.mock.calls[0] ?? [];
  return new URL(input instanceof Request ? input.url : String(input)).searchParams;
}

describe('keysetPage', () => {
  it('seeks from the cursor and settles ties by id', async () => {
    const query = await requested(() =>
      keysetPage(supabase.from('user_roles').select('*'), { at, id }, { size: 5 }),
    );
    expect(query.get('created_at')).toBe(`lte.${at}`);
    expect(query.get('or')).toBe(`(created_at.lt."${at}",id.lt.${id})`);
    expect(query.get('order')).toBe('created_at.desc,id.desc');
    expect(query.get('limit')).toBe('5');
    expect(query.has('offset')).toBe(false);
  });

  it('settles ties by another column where rows have no id', async () => {
    const query = await requested(() =>
      keysetPage(supabase.from('user_roles').select('*'), { at, id }, { tie: 'user_id' }),
    );
    expect(query.get('or')).toBe(`(created_at.lt."${at}",user_id.lt.${id})`);
    expect(query.get('order')).toBe('created_at.desc,user_id.desc');
  });

  it('starts with a sentinel instead of another query', async () => {
    const query = await requested(() =>
      keysetPage(supabase.from('user_roles').select('*'), null, { column: 'updated_at' }),
    );
    expect(query.get('updated_at')).toBe('lte.infinity');
    expect(query.get('or')).toBe(`(${olderThan(null, 'updated_at')})`);
  });
});

describe('nextCursor', () => {
  const rows = [
    { id: 'b', created_at: '2026-01-02', updated_at: '2026-02-02' },
    { id: 'a', created_at: '2026-01-01', updated_at: '2026-02-01' },
  ];

  it('points at the last row of a full page', () => {
    expect(nextCursor(rows, { size: 2 })).toEqual({ at: '2026-01-01', id: 'a' });
    expect(nextCursor(rows, { size: 2, column: 'updated_at' })).toEqual({
      at: '2026-02-01',
      id: 'a',
    });
  });

  it('ends at a short or empty page', () => {
    expect(nextCursor(rows, { size: 3 })).toBeNull();
    expect(nextCursor([])).toBeNull();
  });

  it('goes on after a page that has lost a row', () => {
    const client = new QueryClient();
    const pages = [rows.map((row) => ({ ...row, id: `page-${row.id}` }))];
    client.setQueryData(['films', 'feed'], { pages, pageParams: [null] });
    removeRow(client, 'films', 'page-b');
    const left = client.getQueryData<{ pages: typeof pages }>(['films', 'feed'])?.pages[0] ?? [];
    expect(left.map((row) => row.id)).toEqual(['page-a']);
    expect(nextCursor(left, { size: 2 })).toEqual({ at: '2026-01-01', id: 'page-a' });
  });

  it('complains about a column that the rows do not have', () => {
    expect(() => nextCursor(rows, { size: 2, column: 'likes' })).toThrow('no likes');
  });
});
