import { ProfileAvatar } from '@/features/profiles/profile-avatar';
import { useOwnProfile } from '@/features/profiles/use-profile';
import type { NewThingComment } from './thing-comments-api';

/** A comment of one's own on its way to the server. */
export function PendingThingComment({ draft }: { draft: NewThingComment }) {
  const { data: author } = useOwnProfile();
  return (
    <div aria-busy="true" className="flex animate-pulse gap-3 py-2">
      {author && <ProfileAvatar profile={author} size="sm" className="mt-1 shrink-0" />}
      <div className="min-w-0 flex-1 pt-1">
        <p className="text-sm font-semibold">{author?.display_name}</p>
        <p className="break-words whitespace-pre-line">{draft.body}</p>
      </div>
    </div>
  );
}
