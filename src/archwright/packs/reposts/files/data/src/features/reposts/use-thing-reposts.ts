import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Cursor } from '@/lib/keyset';
import { useOptimisticMutation } from '@/lib/optimistic';
import { patchRow } from '@/lib/patch-row';
import {
  countThingShare,
  fetchRepostedThings,
  repostThing,
  undoRepostThing,
} from './thing-reposts-api';

/** As much of a thing as passing it on needs. */
export interface ShareableThing {
  id: string;
  repost_count: number;
  share_count: number;
  viewer_reposted: boolean | null;
}

/** What a member reposted, latest first. */
export function useRepostedThings(profileId: string) {
  return useInfiniteQuery({
    queryKey: ['things', 'reposted', profileId],
    queryFn: ({ pageParam, signal }) => fetchRepostedThings(profileId, pageParam, signal),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (page) => page.next,
    select: (data) => ({ ...data, pages: data.pages.map((page) => page.rows) }),
  });
}

/** Reposts or takes that back at once, wherever the thing is on screen. */
export function useRepostThing() {
  return useOptimisticMutation<{ id: string; userId: string; reposted: boolean }>({
    mutationKey: ['thing_reposts', 'repost'],
    tables: ['things'],
    mutationFn: ({ id, userId, reposted }) =>
      reposted ? repostThing(id) : undoRepostThing(id, userId),
    optimistic: (client, { id, reposted }) =>
      patchRow<ShareableThing>(client, 'things', id, (row) => ({
        viewer_reposted: reposted,
        repost_count: row.repost_count + Number(reposted) - Number(row.viewer_reposted === true),
      })),
  });
}

/** Counts a share once it has happened. Sharing itself never waits for that, nor fails by it. */
export function useCountThingShare() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: countThingShare,
    onSuccess: (isNew, id) => {
      if (!isNew) return;
      patchRow<ShareableThing>(client, 'things', id, (row) => ({
        share_count: row.share_count + 1,
      }));
    },
  });
}
