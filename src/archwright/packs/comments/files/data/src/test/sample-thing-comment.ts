import type { ThingComment } from '@/features/comments/thing-comments-api';

/** What features add to a comment is not in every app. */
const sample = {
  id: '00000000-0000-4000-8000-0000000000c1',
  thing_id: '00000000-0000-4000-8000-0000000000a1',
  parent_id: null,
  body: 'How lovely',
  reply_count: 0,
  deleted_at: null,
  created_at: '2026-01-01T00:00:00Z',
  viewer_may_delete: false,
  author: { id: 'ann', handle: 'ann', display_name: 'Ann Lee', avatar_path: null },
};

/** A comment for tests. */
export function sampleThingComment(fields: Partial<ThingComment> = {}): ThingComment {
  return { ...(sample as ThingComment), ...fields };
}
