import { get } from 'node:http';
import { expect } from 'vitest';
import { TERMS_VERSION } from '@/features/auth/terms-version';
import { env } from '@/lib/env';
import type { Cursor } from '@/lib/keyset';
import { supabase } from '@/lib/supabase';
import { as } from './personas';

/** The password of the seed's people; everyone else has the one that `as` assumes. */
export const SAMPLE = 'sample-password';
export const PASSWORD = 'correct horse';

export interface Member {
  id: string;
  email: string;
  handle: string;
}

/** For calls that nobody takes back. */
export const { signal } = new AbortController();

const two = (n: number) => String(n).padStart(2, '0');

/** One of the twenty-five; the second and the third are moderators. */
export const crowd = (n: number): Member => ({
  id: `c0000000-0000-4000-8000-0000000000${two(n)}`,
  email: `crowd${two(n)}@example.com`,
  handle: `crowd${two(n)}`,
});
export const MODERATOR = crowd(2);

/** One of the first one's twenty-five videos. */
export const marathon = (n: number) => `d0000000-0000-4000-8000-0000000000${two(n)}`;
export const ALL = Array.from({ length: 25 }, (_, index) => index + 1);

/** Signs up a member with this handle; afterwards nobody is signed in. */
export async function join(handle: string): Promise<Member> {
  const email = `${handle}@example.com`;
  const { data, error } = await supabase.auth.signUp({
    email,
    password: PASSWORD,
    options: { data: { display_name: handle, terms_version: TERMS_VERSION } },
  });
  if (error || !data.user) throw error ?? new Error('nobody signed up');
  const { id } = data.user;
  await supabase.from('profiles').update({ handle }).eq('id', id).throwOnError();
  await supabase.auth.signOut({ scope: 'local' });
  return { id, email, handle };
}

interface Letter {
  link: string;
}

/** The letters that an address has got, oldest first. */
export async function letters(to: string): Promise<Letter[]> {
  const answer = await fetch(`${env.supabaseUrl}/mailbox.json?to=${encodeURIComponent(to)}`);
  return (await answer.json()) as never;
}

/** Opens a letter's link and tells where it leads, without going there. */
export function open(letter: Letter | undefined): Promise<URL> {
  return new Promise((resolve, reject) => {
    get(letter?.link ?? '', ({ headers }) => resolve(new URL(headers.location ?? ''))).on(
      'error',
      reject,
    );
  });
}

type Visibility = 'public' | 'followers' | 'private';

/** A video with its files, published by the caller; the visibility is the one that people read. */
export async function publish(
  author: Member,
  caption: string,
  visibility: Visibility = 'public',
): Promise<string> {
  return as(author.email, async () => {
    const draft = { caption, visibility };
    const { data } = await supabase
      .from('videos')
      .insert(draft)
      .select('id')
      .single()
      .throwOnError();
    const path = `${author.id}/${data.id}`;
    for (const [bucket, end, type] of [
      ['videos', 'mp4', 'video/mp4'],
      ['thumbnails', 'webp', 'image/webp'],
    ] as const) {
      const file = new Blob([`bytes of ${caption}`], { type });
      const { error } = await supabase.storage.from(bucket).upload(`${path}.${end}`, file);
      if (error) throw error;
    }
    const { data: status } = await supabase
      .rpc('publish_video', {
        p_video_id: data.id,
        p_video_path: `${path}.mp4`,
        p_thumbnail_path: `${path}.webp`,
        p_duration_ms: 4000,
        p_width: 720,
        p_height: 1280,
      })
      .throwOnError();
    expect(status).toBe('ready');
    return data.id;
  });
}

/** The call must fail, by default for want of a right. */
export async function refused(work: PromiseLike<unknown>, code = '42501'): Promise<void> {
  await expect(Promise.resolve(work)).rejects.toMatchObject({ code });
}

interface Page<Row, Place> {
  rows: Row[];
  next: Place | null;
}

/** Reads page after page until the last and makes sure that nothing comes twice. */
export async function readAll<Row extends { id: string }, Place = Cursor>(
  fetchPage: (cursor: Place | null) => Promise<Page<Row, Place>>,
): Promise<Row[]> {
  const found: Row[] = [];
  let cursor: Place | null = null;
  do {
    const page: Page<Row, Place> = await fetchPage(cursor);
    found.push(...page.rows);
    cursor = page.next;
  } while (cursor !== null && found.length < 500);
  const ids = found.map((row) => row.id);
  expect(ids).toHaveLength(new Set(ids).size);
  return found;
}

export const ids = (rows: readonly { id: string }[]) => rows.map((row) => row.id);
