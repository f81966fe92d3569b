import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLive } from '@/lib/live';
import { patchRow } from '@/lib/patch-row';
import { fetchThingCommentCount } from './thing-comments-api';

/** Many may have the comments of a thing open: they do not all ask for a new one at once. */
const SPREAD = 1000;

/** Shows what others say about a thing while its comments are open, and how much that is by now. */
export function useLiveThingComments(thingId: string | null): void {
  const client = useQueryClient();
  const { live } = useLive('things', thingId, { spread: SPREAD });
  const { data: counted } = useQuery({
    queryKey: ['thing_comments', 'count', thingId],
    enabled: live,
    structuralSharing: false, // an equal count is news, too: another one may have been shown meanwhile
    queryFn: ({ signal }) => fetchThingCommentCount(thingId ?? '', signal),
  });
  useEffect(() => {
    if (thingId === null || !counted) return;
    patchRow<{ id: string; comment_count: number }>(client, 'things', thingId, counted);
  }, [client, thingId, counted]);
}
