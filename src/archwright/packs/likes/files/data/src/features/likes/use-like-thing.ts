import { useOptimisticMutation } from '@/lib/optimistic';
import { patchRow } from '@/lib/patch-row';
import { likeThing, unlikeThing } from './thing-likes-api';

/** As much of a thing as liking it needs. */
export interface LikeableThing {
  id: string;
  like_count: number;
  viewer_liked: boolean | null;
}

/** Likes or unlikes at once, wherever the thing is on screen. */
export function useLikeThing() {
  return useOptimisticMutation<{ id: string; liked: boolean }>({
    mutationKey: ['thing_likes', 'like'],
    tables: ['things'],
    mutationFn: ({ id, liked }) => (liked ? likeThing(id) : unlikeThing(id)),
    optimistic: (client, { id, liked }) =>
      patchRow<LikeableThing>(client, 'things', id, (row) => ({
        viewer_liked: liked,
        like_count: row.like_count + Number(liked) - Number(row.viewer_liked === true),
      })),
  });
}
