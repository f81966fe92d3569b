import type { SupabaseClient } from '@supabase/supabase-js';
import type { AppPage } from './pages';

export interface Visitor {
  /** In words, for the name of the spec. */
  name: string;
  handle: string | null;
  /** Nobody of the sample people: somebody who joins for this. */
  joins: boolean;
  /** The one for whom the page is looked at in every way. */
  first: boolean;
}

function visitor(handle: string | null, first: boolean): Visitor {
  const joins = handle === 'newcomer';
  const name = joins ? 'a newcomer' : (handle ?? 'a visitor');
  return { name, handle: joins ? null : handle, joins, first };
}

/** Who looks at a page: whom it is for, and where that is everybody, a member too. */
export function visitorsOf({ guard, seenBy, member }: AppPage): Visitor[] {
  const first = visitor(seenBy, true);
  return guard === 'public' && seenBy === null ? [first, visitor(member, false)] : [first];
}

/** The address of a page with samples in place of parameters; null where a table has no row. */
export async function addressOf(page: AppPage, client: SupabaseClient): Promise<string | null> {
  let address = page.path;
  for (const [name, sample] of Object.entries(page.sample)) {
    const [, table, column] = /^from (\w+)\.(\w+)$/.exec(sample) ?? [];
    const value = table && column ? await firstValue(client, table, column) : sample;
    if (value === null) return null;
    address = address.replace(`:${name}`, encodeURIComponent(value));
  }
  return address;
}

async function firstValue(client: SupabaseClient, table: string, column: string) {
  const { data } = await client
    .from(table)
    .select(column)
    .order(column)
    .limit(1)
    .maybeSingle<Record<string, unknown>>()
    .throwOnError();
  const value = data?.[column];
  return typeof value === 'string' ? value : null;
}
