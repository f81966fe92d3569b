import { useOptimisticMutation } from '@/lib/optimistic';
import { patchRow, removeRow } from '@/lib/patch-row';
import { deleteThingComment, type ThingComment } from './thing-comments-api';

/** Deletes a comment at once. One with replies keeps its place, without text and author. */
export function useDeleteThingComment() {
  return useOptimisticMutation<ThingComment>({
    mutationKey: ['thing_comments', 'delete'],
    tables: ['thing_comments', 'things'],
    mutationFn: ({ id }) => deleteThingComment(id),
    optimistic: (client, comment) => {
      const gone =
        comment.reply_count > 0
          ? patchRow<ThingComment>(client, 'thing_comments', comment.id, {
              author: null,
              body: '',
              deleted_at: new Date().toISOString(),
              viewer_may_delete: false,
            })
          : removeRow(client, 'thing_comments', comment.id);
      const counted = patchRow<{ id: string; comment_count: number }>(
        client,
        'things',
        comment.thing_id,
        (row) => ({ comment_count: row.comment_count - 1 }),
      );
      if (comment.parent_id === null) return [gone, counted];
      const replied = patchRow<ThingComment>(client, 'thing_comments', comment.parent_id, (row) => ({
        reply_count: row.reply_count - 1,
      }));
      return [gone, counted, replied];
    },
  });
}
