import {
  useMutationState,
  useQueryClient,
  type InfiniteData,
  type QueryClient,
} from '@tanstack/react-query';
import { PAGE_SIZE, type Cursor } from '@/lib/keyset';
import { useOptimisticMutation } from '@/lib/optimistic';
import { patchRow } from '@/lib/patch-row';
import { addThingComment, type NewThingComment, type ThingComment } from './thing-comments-api';
import { repliesKey, threadsKey } from './use-thing-comments';

type Pages = InfiniteData<ThingComment[], Cursor | null>;

const ADD = ['thing_comments', 'add'] as const;

function place(pages: ThingComment[][], row: ThingComment): ThingComment[][] {
  if (pages.some((page) => page.some(({ id }) => id === row.id))) return pages;
  if (row.parent_id === null) return pages.with(0, [row, ...(pages[0] ?? [])]);
  const last = pages.at(-1) ?? [];
  // the end of a long thread is not in sight yet: the reply comes with its page
  return last.length < PAGE_SIZE ? [...pages.slice(0, -1), [...last, row]] : pages;
}

/** Puts a comment where it belongs: a thread on top, a reply at the end. */
function insertRow(client: QueryClient, row: ThingComment): void {
  const key = row.parent_id === null ? threadsKey(row.thing_id) : repliesKey(row.parent_id);
  client.setQueryData<Pages>(key, (data) =>
    data && data.pages.length > 0 ? { ...data, pages: place(data.pages, row) } : data,
  );
}

/** Posts a comment. It counts at once; if it is refused, that is taken back with a message. */
export function useAddThingComment() {
  const client = useQueryClient();
  return useOptimisticMutation<NewThingComment, ThingComment>({
    mutationKey: ADD,
    tables: ['thing_comments', 'things'],
    mutationFn: addThingComment,
    optimistic: (cache, { thing_id: thingId, parent_id: parentId }) => {
      const counted = patchRow<{ id: string; comment_count: number }>(
        cache,
        'things',
        thingId,
        (row) => ({ comment_count: row.comment_count + 1 }),
      );
      if (parentId === null) return counted;
      const replied = patchRow<ThingComment>(cache, 'thing_comments', parentId, (row) => ({
        reply_count: row.reply_count + 1,
      }));
      return [counted, replied];
    },
    onSuccess: (row) => insertRow(client, row),
  });
}

/** What is on its way to a thing, or to one thread of it: shown until the real row is there. */
export function usePendingThingComments(thingId: string, parentId: string | null) {
  const pending = useMutationState({
    filters: { mutationKey: ADD, status: 'pending' },
    select: (mutation) => ({
      key: mutation.mutationId,
      draft: mutation.state.variables as NewThingComment,
    }),
  });
  return pending.filter(
    ({ draft }) => draft.thing_id === thingId && draft.parent_id === parentId,
  );
}
