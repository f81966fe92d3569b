import { isCut } from './patch-row';

/** The last row that was seen: where the next page starts. */
export interface Cursor {
  at: string;
  id: string;
}

export const PAGE_SIZE = 20;

/** Newer than everything. A first page by this cursor has the same query plan as any other page. */
const START: Cursor = { at: 'infinity', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

interface KeysetQuery<Q> {
  lte: (column: string, value: string) => Q;
  or: (filters: string) => Q;
  order: (column: string, options: { ascending: boolean }) => Q;
  limit: (rows: number) => Q;
}

interface KeysetOptions {
  /** The time column of the order. */
  column?: string;
  /** The column that breaks ties; the cursor's `id` is of it. */
  tie?: string;
  size?: number;
}

/** Rows strictly before the cursor in the order (column, tie), given that column <= cursor.at. */
export function olderThan(cursor: Cursor | null, column = 'created_at', tie = 'id'): string {
  const { at, id } = cursor ?? START;
  return `${column}.lt."${at}",${tie}.lt.${id}`;
}

/**
 * One page, newest first. `lte` is what the index seeks by; the `or` behind it settles ties only.
 * A lone `or` would be a filter over all newer rows instead.
 */
export function keysetPage<Q extends KeysetQuery<Q>>(
  query: Q,
  cursor: Cursor | null,
  { column = 'created_at', tie = 'id', size = PAGE_SIZE }: KeysetOptions = {},
): Q {
  return query
    .lte(column, (cursor ?? START).at)
    .or(olderThan(cursor, column, tie))
    .order(column, { ascending: false })
    .order(tie, { ascending: false })
    .limit(size);
}

/**
 * The cursor for the page after these rows; null when they are the last ones. A page that is short
 * because a row was removed from it since is not the last one.
 */
export function nextCursor(
  rows: readonly { id: string }[],
  { column = 'created_at', size = PAGE_SIZE }: Omit<KeysetOptions, 'tie'> = {},
): Cursor | null {
  const last = rows.at(-1);
  if (!last || (rows.length < size && !isCut(rows))) return null;
  const at: unknown = (last as Record<string, unknown>)[column];
  if (typeof at !== 'string') throw new Error(`rows have no ${column} to page by`);
  return { at, id: last.id };
}
