/** The last result that was seen: where the next page starts. */
export interface RankCursor {
  rank: number;
  id: string;
}

const SIZE = 20;

/** The arguments of a search function for one page. */
export function searchArgs(query: string, cursor: RankCursor | null) {
  return {
    p_query: query.replaceAll('\0', ' '), // which no text of PostgreSQL can hold
    p_limit: SIZE,
    ...(cursor && { p_after_rank: cursor.rank, p_after_id: cursor.id }),
  };
}

/** A page of results: the rows that are still there, in the order of what was found. */
export interface SearchPage<Row> {
  rows: Row[];
  next: RankCursor | null;
}

export function searchPage<Row extends { id: string }>(
  found: readonly RankCursor[],
  rows: readonly Row[],
): SearchPage<Row> {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const last = found.at(-1);
  return {
    rows: found.flatMap(({ id }) => byId.get(id) ?? []),
    next: last && found.length === SIZE ? { rank: last.rank, id: last.id } : null,
  };
}
