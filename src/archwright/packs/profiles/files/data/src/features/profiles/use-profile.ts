import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { patchRow } from '@/lib/patch-row';
import { useSession } from '@/lib/session';
import {
  fetchProfile,
  fetchProfileById,
  updateProfile,
  type Profile,
  type ProfileChanges,
} from './profiles-api';

export function useProfile(handle: string) {
  return useQuery({
    queryKey: ['profiles', 'handle', handle.toLowerCase()],
    queryFn: ({ signal }) => fetchProfile(handle, signal),
  });
}

/** The profile of whoever is signed in; for guests it stays pending. */
export function useOwnProfile() {
  const { userId } = useSession();
  return useQuery({
    queryKey: ['profiles', 'own'],
    enabled: userId !== null,
    queryFn: ({ signal }) => fetchProfileById(userId ?? '', signal),
  });
}

/** Changes one's own profile; not optimistic, since the database may refuse a handle. */
export function useUpdateProfile() {
  const client = useQueryClient();
  const { userId } = useSession();
  return useMutation({
    mutationFn: (changes: ProfileChanges) => updateProfile(userId ?? '', changes),
    onSuccess: async (profile) => {
      patchRow<Profile>(client, 'profiles', profile.id, profile);
      await client.invalidateQueries({ queryKey: ['profiles'] });
    },
  });
}
