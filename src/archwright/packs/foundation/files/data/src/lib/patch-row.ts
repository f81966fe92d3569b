import type { Query, QueryClient } from '@tanstack/react-query';

/** Any row of the database, or one that a query made of it. */
export interface Row {
  id: string;
}

export type Patch<R extends Row> = Partial<R> | ((row: R) => Partial<R>);
export type Undo = () => void;

type Update = (rows: readonly unknown[]) => readonly unknown[];

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && 'id' in value;
}

function pagesOf(data: unknown): readonly unknown[] | null {
  const hasPages = typeof data === 'object' && data !== null && 'pages' in data;
  return hasPages && Array.isArray(data.pages) ? data.pages : null;
}

/** Nothing is left on any page, though rows may follow that were never fetched. */
export function isEmptied(data: unknown): boolean {
  const pages = pagesOf(data);
  return pages !== null && pages.every((page) => Array.isArray(page) && page.length === 0);
}

/**
 * The pages of an infinite query after an update. One that has lost its last row goes: the next page
 * starts after the row at the end of the last one. The first stays, as a refetch begins with it.
 */
function updatePages(data: object, pages: readonly unknown[], update: Update): object {
  const updated = pages.map((page) => updateRows(page, update));
  if (updated.every((page, index) => page === pages[index])) return data;
  const stays = (_: unknown, index: number) => {
    const page = updated[index];
    return index === 0 || page === pages[index] || !Array.isArray(page) || page.length > 0;
  };
  const params = 'pageParams' in data && Array.isArray(data.pageParams) ? data.pageParams : [];
  return { ...data, pages: updated.filter(stays), pageParams: params.filter(stays) };
}

/**
 * Applies an update to each list of rows in cached data, whichever form the data has: one row, a
 * list, `{ rows }`, or the pages of an infinite query. What does not change keeps its identity.
 */
function updateRows(data: unknown, update: Update): unknown {
  if (Array.isArray(data)) return update(data);
  if (data === null) return update([])[0] ?? null; // a single row that is gone
  if (typeof data !== 'object') return data;
  const pages = pagesOf(data);
  if (pages) return updatePages(data, pages, update);
  if ('rows' in data && Array.isArray(data.rows)) {
    const rows = update(data.rows);
    return rows === data.rows ? data : { ...data, rows };
  }
  if (!isRow(data)) return data;
  const rows = update([data]);
  return rows[0] === data ? data : (rows[0] ?? null);
}

/** Lists that have lost a row since they were fetched, by the row at their end and their length. */
const cut = new Set<string>();

function endOf(rows: readonly unknown[]): string {
  const last = rows.at(-1);
  return isRow(last) ? `${last.id} ${rows.length}` : '';
}

/** Whether rows were taken out of this list: then it is shorter than the page that was fetched. */
export function isCut(rows: readonly unknown[]): boolean {
  return cut.has(endOf(rows));
}

function replace(id: string, change: (row: Row) => Row): Update {
  return (rows) =>
    rows.some((row) => isRow(row) && row.id === id)
      ? rows.map((row) => (isRow(row) && row.id === id ? change(row) : row))
      : rows;
}

function updateTable(client: QueryClient, table: string, update: (query: Query) => Update): void {
  for (const query of client.getQueryCache().findAll({ queryKey: [table] })) {
    const { data } = query.state;
    const updated = updateRows(data, update(query));
    if (updated !== data) client.setQueryData(query.queryKey, updated);
  }
}

function pick(row: Row, fields: Iterable<string>): Partial<Row> {
  const source = row as unknown as Record<string, unknown>;
  return Object.fromEntries(Array.from(fields, (name) => [name, source[name]]));
}

/**
 * Changes a row at once in every cached query whose key starts with the table's name. The returned
 * function puts back only the fields that were changed, so other changes of the row survive it, and
 * only in these same queries: what was fetched since, for another account say, was never changed.
 */
export function patchRow<R extends Row>(
  client: QueryClient,
  table: string,
  id: string,
  patch: Patch<R>,
): Undo {
  const before = new Map<Query, Partial<Row>>();
  updateTable(client, table, (query) =>
    replace(id, (row) => {
      const change = typeof patch === 'function' ? patch(row as R) : patch;
      before.set(query, pick(row, Object.keys(change)));
      return { ...row, ...change };
    }),
  );
  return () =>
    updateTable(client, table, (query) => {
      const fields = before.get(query);
      return fields ? replace(id, (row) => ({ ...row, ...fields })) : (rows) => rows;
    });
}

interface Place {
  list: number;
  index: number;
  row: unknown;
}

/**
 * Takes a row out of every cached query of the table. The returned function puts it back where it was,
 * and leaves alone what has changed around it.
 */
export function removeRow(client: QueryClient, table: string, id: string): Undo {
  const places = new Map<Query, Place[]>();
  const isIt = (row: unknown) => isRow(row) && row.id === id;
  updateTable(client, table, (query) => {
    const found: Place[] = [];
    places.set(query, found);
    let list = -1;
    return (rows) => {
      list += 1;
      const index = rows.findIndex(isIt);
      if (index === -1) return rows;
      found.push({ list, index, row: rows[index] });
      const left = rows.toSpliced(index, 1);
      if (left.length > 0) cut.add(endOf(left));
      return left;
    };
  });
  return () =>
    updateTable(client, table, (query) => {
      const found = places.get(query) ?? [];
      const last = (pagesOf(query.state.data)?.length ?? 1) - 1;
      let list = -1;
      return (rows) => {
        list += 1;
        // a page that went with the row: it stood before the page that is there now, or at the end
        const place = found.find((entry) => Math.min(entry.list, last) === list);
        if (!place || rows.some(isIt)) return rows;
        return rows.toSpliced(place.list > last ? rows.length : place.index, 0, place.row);
      };
    });
}
