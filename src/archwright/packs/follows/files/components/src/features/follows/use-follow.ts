import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { Profile } from '@/features/profiles/profiles-api';
import { useOptimisticMutation } from '@/lib/optimistic';
import { patchRow, type Undo } from '@/lib/patch-row';
import { useSession } from '@/lib/session';
import { endFollow, follow } from './follows-api';

/** What a profile looks like to the viewer right after that; a private one has to be asked. */
export function followed(profile: Profile): Partial<Profile> {
  if (profile.viewer_follows === true || profile.viewer_requested === true) return {};
  if (profile.is_private) return { viewer_requested: true };
  return { viewer_follows: true, follower_count: profile.follower_count + 1 };
}

export function unfollowed(profile: Profile): Partial<Profile> {
  const counted = profile.viewer_follows === true ? 1 : 0;
  return {
    viewer_follows: false,
    viewer_requested: false,
    follower_count: profile.follower_count - counted,
    viewer_may_see: !profile.is_private,
  };
}

function countOwn(client: QueryClient, userId: string | null, change: number): Undo {
  return patchRow<Profile>(client, 'profiles', userId ?? '', (own) => ({
    following_count: own.following_count + change,
  }));
}

/** Follows a profile or ends that, shown at once. */
export function useFollow(profile: Profile) {
  const { userId } = useSession();
  const client = useQueryClient();
  return useOptimisticMutation<boolean>({
    mutationKey: ['profiles', 'follow', profile.id],
    tables: ['profiles'],
    mutationFn: (wanted) => (wanted ? follow(profile.id) : endFollow(userId ?? '', profile.id)),
    optimistic: (cache, wanted) => {
      const before = profile.viewer_follows === true;
      const after = wanted && (before || !profile.is_private);
      return [
        patchRow<Profile>(cache, 'profiles', profile.id, wanted ? followed : unfollowed),
        countOwn(cache, userId, Number(after) - Number(before)),
      ];
    },
    // what a private profile shows comes or goes with that
    onSuccess: () => void client.invalidateQueries({ queryKey: ['videos'], refetchType: 'none' }),
  });
}
