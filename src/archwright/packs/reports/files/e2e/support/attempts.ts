/*% if has('videos.upload') and has('comments@Video') and has('likes@Video') and has('follows') and has('messages') and has('notifications') and has('blocks') and has('reports@Video') %*/
import { randomUUID } from 'node:crypto';
/*% endif %*/
import type { SupabaseClient } from '@supabase/supabase-js';
import type { Database } from '@/lib/database.types';
/*% if has('videos.upload') and has('comments@Video') and has('likes@Video') and has('follows') and has('messages') and has('notifications') and has('blocks') and has('reports@Video') %*/
import { publishVideo } from './clips';
import type { Newcomer, People } from './people';
/*% endif %*/
import type { World } from './world';

export type Client = SupabaseClient<Database>;

/** The status of what is asked for by address, with somebody's token. */
export async function statusOf(
  { api, key }: World,
  client: Client,
  path: string,
  headers: Record<string, string> = {},
): Promise<number> {
  const { data } = await client.auth.getSession();
  if (data.session === null) throw new Error('nobody is signed in');
  const authorization = `Bearer ${data.session.access_token}`;
  const answer = await fetch(`${api}${path}`, { headers: { apikey: key, authorization, ...headers } });
  return answer.status;
}
/*% if has('videos.upload') and has('comments@Video') and has('likes@Video') and has('follows') and has('messages') and has('notifications') and has('blocks') and has('reports@Video') %*/

/** What somebody has, and others must neither change nor, where it is private, see. */
export interface Belongings {
  owner: Newcomer;
  video: { id: string; path: string };
  secret: { id: string; path: string };
  comment: string;
  conversation: string;
}

/** Something that must be refused: an error, or no row that it could be done to. */
type Attempt = () => PromiseLike<{ error: unknown; data: unknown }>;

export async function belongingsOf(people: People, owner: Newcomer): Promise<Belongings> {
  const own = await people.client(owner);
  const friend = await people.newcomer();
  const video = await publishVideo(people, owner, { caption: 'Mine' });
  const secret = await publishVideo(people, owner, { caption: 'Secret', visibility: 'private' });
  const said = own.from('video_comments').insert({ video_id: video.id, body: 'First' });
  const { data: comment } = await said.select('id').single().throwOnError();
  const begun = own.rpc('find_or_create_conversation', { p_member: friend.id });
  const { data: conversation } = await begun.throwOnError();
  const message = { conversation_id: conversation, body: 'Between us' };
  await own.from('messages').insert(message).throwOnError();
  const fan = await people.client(friend);
  await fan.from('video_likes').insert({ video_id: video.id }).throwOnError();
  return { owner, video, secret, comment: comment.id, conversation };
}

/** All that the owner can look at, to be compared. */
export async function stateOf(own: Client, { owner, video }: Belongings) {
  const answers = await Promise.all([
    own.from('profiles').select().eq('id', owner.id).throwOnError(),
    own.from('videos').select().eq('author_id', owner.id).order('id').throwOnError(),
    own.from('video_comments').select().eq('video_id', video.id).throwOnError(),
    own.from('video_likes').select().throwOnError(),
    own.from('follows').select().eq('follower_id', owner.id).throwOnError(),
    own.from('conversation_participants').select().order('user_id').throwOnError(),
    own.from('messages').select().throwOnError(),
    own.from('notifications').select().throwOnError(),
    own.from('suspensions').select().throwOnError(),
    own.from('user_roles').select().throwOnError(),
    own.rpc('my_files').throwOnError(),
  ]);
  return answers.map(({ data }) => data);
}

function onRows(client: Client, { owner, video, secret, ...its }: Belongings): Attempt[] {
  const videos = () => client.from('videos');
  const profiles = () => client.from('profiles');
  const comments = () => client.from('video_comments');
  const now = '2026-01-01T00:00:00Z';
  const fields = [
    { caption: 'Not mine' },
    { like_count: 1000 },
    { view_count: 1000 },
    { status: 'failed' as const },
    { removed_at: now },
    { visibility: 'private' as const },
    { author_id: randomUUID() },
    { video_path: secret.path },
  ];
  return [
    ...fields.map((change) => () => videos().update(change).eq('id', video.id).select('id')),
    () => videos().delete().eq('id', video.id).select('id'),
    () => videos().select('id').eq('id', secret.id),
    () => videos().insert({ caption: 'In their name', author_id: owner.id }),
    () => videos().insert({ caption: 'At once', status: 'ready' }),
    () => videos().insert({ caption: 'Loved', like_count: 1000 }),
    () => profiles().update({ bio: 'Not me' }).eq('id', owner.id).select('id'),
    () => profiles().update({ follower_count: 1000 }).eq('id', owner.id).select('id'),
    () => profiles().delete().eq('id', owner.id).select('id'),
    () => profiles().insert({ id: randomUUID(), handle: 'nobody', display_name: 'Nobody' }),
    () => comments().update({ body: 'Said by others' }).eq('id', its.comment).select('id'),
    () => comments().delete().eq('id', its.comment).select('id'),
    () => comments().insert({ video_id: video.id, body: 'Not mine', author_id: owner.id }),
    () => client.from('video_likes').select().eq('user_id', owner.id),
    () => client.from('video_likes').insert({ video_id: video.id, user_id: owner.id }),
    () => client.from('follows').insert({ followee_id: owner.id, status: 'accepted' }),
    () => client.from('blocks').select().eq('blocker_id', owner.id),
    () => client.from('messages').select().eq('conversation_id', its.conversation),
    () => client.from('messages').insert({ conversation_id: its.conversation, body: 'Hello' }),
    () => client.from('conversations').insert({ pair_key: 'of nobody' }),
    () => client.from('notifications').select().eq('recipient_id', owner.id),
    () => client.from('notifications').insert({ recipient_id: owner.id, kind: 'x', group_key: 'x' }),
    () => client.from('suspensions').insert({ user_id: owner.id, ends_at: now }),
    () => client.from('user_roles').insert({ user_id: owner.id, role: 'admin' }),
    () => client.from('user_roles').delete().neq('role', 'moderator').select('role'),
    () => client.from('audit_log').select('id'),
    () => client.from('audit_log').insert({ action: 'x', subject: 'x', row_id: randomUUID() }),
    () => client.from('terms_acceptances').insert({ user_id: owner.id, version: '1' }),
  ];
}

function onFunctions(client: Client, { owner, video, ...its }: Belongings): Attempt[] {
  const role = { p_member: owner.id, p_grant: ['admin' as const], p_revoke: [] };
  const finished = { p_video_id: video.id, p_video_path: video.path, p_duration_ms: 1 };
  return [
    () => client.rpc('change_roles', role),
    () => client.rpc('role_holders', {}),
    () => client.rpc('publish_video', finished),
    () => client.rpc('delete_video_comment', { p_comment_id: its.comment }),
  ];
}

function onFiles(client: Client, { owner, video, secret }: Belongings): Attempt[] {
  const files = client.storage.from('videos');
  const type = { contentType: 'video/mp4' };
  return [
    () => files.upload(`${owner.id}/new.mp4`, Buffer.from('x'), type),
    () => files.upload(video.path, Buffer.from('x'), { ...type, upsert: true }),
    () => files.update(video.path, Buffer.from('x'), type),
    () => files.move(video.path, `${owner.id}/moved.mp4`),
    () => files.remove([video.path]),
    () => files.download(secret.path),
    () => files.createSignedUrl(secret.path, 60),
    () => client.storage.createBucket('mine'),
    () => client.storage.emptyBucket('videos'),
    () => client.storage.deleteBucket('avatars'),
  ];
}

/** What nobody but the owner may do, by the API alone. */
export function attemptsOf(client: Client, its: Belongings): Attempt[] {
  return [...onRows(client, its), ...onFunctions(client, its), ...onFiles(client, its)];
}
/*% endif %*/
