import { hashKey, type QueryClient, type QueryKey } from '@tanstack/react-query';

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

/**
 * Applies an update to each list of rows in cached data, whichever form the data has: one row, a
 * list, `{ rows }`, or the pages of an infinite query. What does not change keeps its identity.
 */
function updateRows(data: unknown, update: Update): unknown {
  if (Array.isArray(data)) return update(data);
  if (data === null) return update([])[0] ?? null; // a single row that is gone
  if (typeof data !== 'object') return data;
  if ('pages' in data && Array.isArray(data.pages)) {
    const pages = data.pages.map((page: unknown) => updateRows(page, update));
    return pages.every((page, index) => page === (data.pages as unknown[])[index])
      ? data
      : { ...data, pages };
  }
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

function updateTable(client: QueryClient, table: string, update: (key: QueryKey) => Update): void {
  for (const [key, data] of client.getQueriesData({ queryKey: [table] })) {
    const updated = updateRows(data, update(key));
    if (updated !== data) client.setQueryData(key, updated);
  }
}

function pick(row: Row, fields: Iterable<string>): Partial<Row> {
  const source = row as unknown as Record<string, unknown>;
  return Object.fromEntries(Array.from(fields, (name) => [name, source[name]]));
}

/**
 * Changes a row at once in every cached query whose key starts with the table's name. The returned
 * function puts back only the fields that were changed, so other changes of the row survive it.
 */
export function patchRow<R extends Row>(
  client: QueryClient,
  table: string,
  id: string,
  patch: Patch<R>,
): Undo {
  const before = new Map<string, Partial<Row>>();
  updateTable(client, table, (key) =>
    replace(id, (row) => {
      const change = typeof patch === 'function' ? patch(row as R) : patch;
      before.set(hashKey(key), pick(row, Object.keys(change)));
      return { ...row, ...change };
    }),
  );
  return () =>
    updateTable(client, table, (key) =>
      replace(id, (row) => ({ ...row, ...before.get(hashKey(key)) })),
    );
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
  const places = new Map<string, Place[]>();
  const isIt = (row: unknown) => isRow(row) && row.id === id;
  updateTable(client, table, (key) => {
    const found: Place[] = [];
    places.set(hashKey(key), found);
    let list = -1;
    return (rows) => {
      list += 1;
      const index = rows.findIndex(isIt);
      if (index === -1) return rows;
      found.push({ list, index, row: rows[index] });
      const left = rows.toSpliced(index, 1);
      cut.add(endOf(left));
      return left;
    };
  });
  return () =>
    updateTable(client, table, (key) => {
      let list = -1;
      return (rows) => {
        list += 1;
        const place = places.get(hashKey(key))?.find((entry) => entry.list === list);
        return !place || rows.some(isIt) ? rows : rows.toSpliced(place.index, 0, place.row);
      };
    });
}
