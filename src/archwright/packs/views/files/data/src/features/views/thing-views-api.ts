import type { Thing } from '@/features/things/things-api';
import { thingFields } from '@/features/things/thing-fields';
import { env } from '@/lib/env';
import { keysetPage, nextCursor, type Cursor } from '@/lib/keyset';
import { supabase } from '@/lib/supabase';

/** How much of a thing was watched in one sitting. */
export interface ThingView {
  thingId: string;
  watchedMs: number;
  completed: boolean;
}

/** A page of the history; the cursor is of the views, which are ordered by when. */
interface HistoryPage {
  rows: Thing[];
  next: Cursor | null;
}

const ORDER = { column: 'last_viewed_at' };

const viewArguments = ({ thingId, watchedMs, completed }: ThingView) => ({
  p_thing_id: thingId,
  p_watched_ms: watchedMs,
  p_completed: completed,
});

/** Telling the same twice changes nothing, so a report may be sent again. */
export async function recordThingView(view: ThingView): Promise<void> {
  await supabase.rpc('record_thing_view', viewArguments(view)).throwOnError();
}

/** What `recordLastThingView` needs to know while there is time to ask for it. */
export async function fetchViewToken(): Promise<string | null> {
  const { data } = await supabase.auth.getSession();
  return data.session?.access_token ?? null;
}

/** A report while the page goes away: nothing can be awaited, and the browser sends it on its own. */
export function recordLastThingView(view: ThingView, token: string): void {
  fetch(`${env.supabaseUrl}/rest/v1/rpc/record_thing_view`, {
    method: 'POST',
    keepalive: true,
    headers: {
      apikey: env.supabaseKey,
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify(viewArguments(view)),
  }).catch(() => undefined); // nobody is there any more who could be told
}

/** What one watched, latest first. */
export async function fetchThingHistory(
  cursor: Cursor | null,
  signal: AbortSignal,
): Promise<HistoryPage> {
  const query = supabase
    .from('thing_viewers')
    .select(`id, last_viewed_at, viewed:things!inner(${thingFields})`)
    .eq('in_history', true);
  const { data } = await keysetPage(query, cursor, ORDER).abortSignal(signal).throwOnError();
  return { rows: data.map((view) => view.viewed), next: nextCursor(data, ORDER) };
}

/** Of all views, only one's own can be changed; they go on being counted. */
export async function clearThingHistory(): Promise<void> {
  await supabase
    .from('thing_viewers')
    .update({ in_history: false })
    .eq('in_history', true)
    .throwOnError();
}
