import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useOptimisticMutation } from '@/lib/optimistic';
import { patchRow, removeRow } from '@/lib/patch-row';
import {
  deleteThingReview,
  replyToThingReview,
  saveThingReview,
  voteForThingReview,
  type ReviewInput,
  type ThingReview,
} from './thing-reviews-api';

/** Writes one's review, or changes it; the database counts the stars anew. */
export function useSaveThingReview(thingId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (review: ReviewInput) => saveThingReview(thingId, review),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['thing_reviews'] }),
        client.invalidateQueries({ queryKey: ['things'] }),
      ]),
  });
}

/** Deletes a review at once; how the thing is rated is fetched again. */
export function useDeleteThingReview() {
  return useOptimisticMutation<string>({
    mutationKey: ['thing_reviews', 'delete'],
    tables: ['thing_reviews', 'things'],
    mutationFn: deleteThingReview,
    optimistic: (client, id) => removeRow(client, 'thing_reviews', id),
    refetch: true,
  });
}

/** Finds a review helpful, or no longer, at once and wherever it is on screen. */
export function useVoteForThingReview() {
  return useOptimisticMutation<{ id: string; helpful: boolean }>({
    mutationKey: ['thing_reviews', 'vote'],
    tables: ['thing_reviews'],
    mutationFn: ({ id, helpful }) => voteForThingReview(id, helpful),
    optimistic: (client, { id, helpful }) =>
      patchRow<ThingReview>(client, 'thing_reviews', id, (row) => ({
        viewer_found_helpful: helpful,
        helpful_count:
          row.helpful_count + Number(helpful) - Number(row.viewer_found_helpful === true),
      })),
  });
}

/** Publishes the sellers' reply to a review, changes it, or takes it back where it is empty. */
export function useReplyToThingReview(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: string) => replyToThingReview(id, body),
    onSuccess: () => client.invalidateQueries({ queryKey: ['thing_reviews'] }),
  });
}
