import type { QueryData } from '@supabase/supabase-js';
import { errorCode } from '@/lib/errors';
import { keysetPage, PAGE_SIZE, type Cursor } from '@/lib/keyset';
import { supabase } from '@/lib/supabase';
import { thingCommentFields } from './thing-comment-fields';

const selectComments = () => supabase.from('thing_comments').select(thingCommentFields);

/** A comment as the app shows it. Of a deleted one with replies only its place is left. */
export type ThingComment = QueryData<ReturnType<typeof selectComments>>[number];

export interface NewThingComment {
  thing_id: string;
  parent_id: string | null;
  body: string;
}

/** Older than everything: replies are read from the first to the latest. */
const FIRST: Cursor = { at: '-infinity', id: '00000000-0000-0000-0000-000000000000' };

/** The threads about a thing, newest first. */
export async function fetchThingComments(
  thingId: string,
  cursor: Cursor | null,
  signal: AbortSignal,
) {
  const threads = selectComments().eq('thing_id', thingId).is('parent_id', null);
  const { data } = await keysetPage(threads, cursor).abortSignal(signal).throwOnError();
  return data;
}

/** The replies of a thread, oldest first. */
export async function fetchThingCommentReplies(
  parentId: string,
  cursor: Cursor | null,
  signal: AbortSignal,
) {
  const { at, id } = cursor ?? FIRST;
  const { data } = await selectComments()
    .eq('parent_id', parentId)
    .gte('created_at', at)
    .or(`created_at.gt."${at}",id.gt.${id}`)
    .order('created_at')
    .order('id')
    .limit(PAGE_SIZE)
    .abortSignal(signal)
    .throwOnError();
  return data;
}

/** The thread that a comment belongs to, as its first comment; null where there is none to see. */
export async function fetchThingCommentThread(
  id: string,
  signal: AbortSignal,
): Promise<ThingComment | null> {
  const { data, error } = await selectComments().eq('id', id).abortSignal(signal).maybeSingle();
  if (errorCode(error) === '22P02') return null; // an address that holds no id at all
  if (error) throw error;
  return data?.parent_id ? fetchThingCommentThread(data.parent_id, signal) : data;
}

/** How many comments there are of a thing; null where it is not to be seen. */
export async function fetchThingCommentCount(thingId: string, signal: AbortSignal) {
  const { data } = await supabase
    .from('things')
    .select('comment_count')
    .eq('id', thingId)
    .abortSignal(signal)
    .maybeSingle()
    .throwOnError();
  return data;
}

/** Posts a comment and reads it back: the database settles its thread, its author and its time. */
export async function addThingComment(comment: NewThingComment): Promise<ThingComment> {
  const { data: added } = await supabase
    .from('thing_comments')
    .insert(comment)
    .select('id')
    .single()
    .throwOnError();
  const { data } = await selectComments().eq('id', added.id).single().throwOnError();
  return data;
}

export async function deleteThingComment(id: string): Promise<void> {
  await supabase.rpc('delete_thing_comment', { p_comment_id: id }).throwOnError();
}
