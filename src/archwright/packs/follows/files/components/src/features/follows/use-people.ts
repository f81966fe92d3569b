import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { nextCursor, type Cursor } from '@/lib/keyset';
import { useOptimisticMutation } from '@/lib/optimistic';
import { patchRow, removeRow } from '@/lib/patch-row';
import { useUserId } from '@/lib/session';
import type { Profile } from '@/features/profiles/profiles-api';
import {
  acceptRequest,
  countRequests,
  endFollow,
  fetchFollowers,
  fetchFollowing,
  type Follow,
} from './follows-api';

// Under `profiles`, since the rows are profiles: a button on a row changes them all.
const paging = {
  initialPageParam: null as Cursor | null,
  getNextPageParam: (rows: Follow[]) => nextCursor(rows, { column: 'followed_at' }),
};

export function useFollowers(profileId: string) {
  return useInfiniteQuery({
    queryKey: ['profiles', 'followers', profileId],
    queryFn: ({ pageParam: cursor, signal }) =>
      fetchFollowers(profileId, { status: 'accepted', cursor, signal }),
    ...paging,
  });
}

export function useFollowing(profileId: string) {
  return useInfiniteQuery({
    queryKey: ['profiles', 'following', profileId],
    queryFn: ({ pageParam, signal }) => fetchFollowing(profileId, pageParam, signal),
    ...paging,
  });
}

/** Those who ask to follow the signed-in member. */
export function useRequests() {
  const userId = useUserId();
  return useInfiniteQuery({
    queryKey: ['follows', 'requests', 'list'],
    queryFn: ({ pageParam: cursor, signal }) =>
      fetchFollowers(userId, { status: 'pending', cursor, signal }),
    ...paging,
  });
}

export function useRequestCount(enabled: boolean) {
  const userId = useUserId();
  return useQuery({
    queryKey: ['follows', 'requests', 'count'],
    enabled,
    queryFn: ({ signal }) => countRequests(userId, signal),
  });
}

/** Accepts or declines a request; the row goes at once. */
export function useAnswerRequest() {
  const userId = useUserId();
  return useOptimisticMutation<{ id: string; accepted: boolean }>({
    mutationKey: ['follows', 'answer'],
    tables: ['follows', 'profiles'],
    mutationFn: ({ id, accepted }) =>
      accepted ? acceptRequest(id, userId) : endFollow(id, userId),
    optimistic: (client, { id, accepted }) => [
      removeRow(client, 'follows', id),
      patchRow<Profile>(client, 'profiles', userId, (own) => ({
        follower_count: own.follower_count + (accepted ? 1 : 0),
      })),
    ],
  });
}

/** Ends that somebody follows the signed-in member. */
export function useRemoveFollower(onRemoved: () => void) {
  const userId = useUserId();
  return useOptimisticMutation<string>({
    mutationKey: ['follows', 'remove'],
    tables: ['profiles'],
    mutationFn: (id) => endFollow(id, userId),
    optimistic: (client, id) => [
      patchRow<Profile>(client, 'profiles', id, { follows_viewer: false }),
      patchRow<Profile>(client, 'profiles', userId, (own) => ({
        follower_count: own.follower_count - 1,
      })),
    ],
    refetch: true,
    onSuccess: onRemoved,
  });
}
