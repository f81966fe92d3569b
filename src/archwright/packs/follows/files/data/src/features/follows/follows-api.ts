import { profileFields } from '@/features/profiles/profile-fields';
import type { Profile } from '@/features/profiles/profiles-api';
import { isDuplicate } from '@/lib/errors';
import { keysetPage, type Cursor } from '@/lib/keyset';
import { supabase } from '@/lib/supabase';

/** A person in a list, and when the following began or was asked for. */
export type Follow = Profile & { followed_at: string };

/** Whether that needs the other's consent is for the database to decide. */
export async function follow(profileId: string): Promise<void> {
  const { error } = await supabase.from('follows').insert({ followee_id: profileId });
  if (error && !isDuplicate(error)) throw error;
}

/** Ends a following from either side, and takes back or declines a request. */
export async function endFollow(followerId: string, followeeId: string): Promise<void> {
  await supabase
    .from('follows')
    .delete()
    .match({ follower_id: followerId, followee_id: followeeId })
    .throwOnError();
}

export async function acceptRequest(followerId: string, followeeId: string): Promise<void> {
  await supabase
    .from('follows')
    .update({ status: 'accepted' })
    .match({ follower_id: followerId, followee_id: followeeId, status: 'pending' })
    .throwOnError();
}

interface FollowerFilter {
  status: 'accepted' | 'pending';
  cursor: Cursor | null;
  signal: AbortSignal;
}

/** One page of those who follow a member, or ask to; newest first. */
export async function fetchFollowers(
  profileId: string,
  { status, cursor, signal }: FollowerFilter,
): Promise<Follow[]> {
  const followers = supabase
    .from('follows')
    .select(`created_at, profile:profiles!follows_follower_id_fkey!inner(${profileFields})`)
    .match({ followee_id: profileId, status });
  const { data } = await keysetPage(followers, cursor, { tie: 'follower_id' })
    .abortSignal(signal)
    .throwOnError();
  return data.map(({ created_at, profile }) => ({ ...profile, followed_at: created_at }));
}

/** One page of those whom a member follows; newest first. */
export async function fetchFollowing(
  profileId: string,
  cursor: Cursor | null,
  signal: AbortSignal,
): Promise<Follow[]> {
  const followed = supabase
    .from('follows')
    .select(`created_at, profile:profiles!follows_followee_id_fkey!inner(${profileFields})`)
    .match({ follower_id: profileId, status: 'accepted' });
  const { data } = await keysetPage(followed, cursor, { tie: 'followee_id' })
    .abortSignal(signal)
    .throwOnError();
  return data.map(({ created_at, profile }) => ({ ...profile, followed_at: created_at }));
}

export async function countRequests(profileId: string, signal: AbortSignal): Promise<number> {
  const { count } = await supabase
    .from('follows')
    .select('*', { count: 'exact', head: true })
    .match({ followee_id: profileId, status: 'pending' })
    .abortSignal(signal)
    .throwOnError();
  return count ?? 0;
}
