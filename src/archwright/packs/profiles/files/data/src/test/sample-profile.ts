import type { Profile } from '@/features/profiles/profiles-api';

/** What a profile has beyond its name is for features to add: their fields are not in every app. */
const sample = {
  id: '00000000-0000-4000-8000-000000000001',
  handle: 'sample',
  display_name: 'Sam Ple',
  bio: '',
  avatar_path: null,
  is_private: false,
  created_at: '2026-01-01T00:00:00Z',
  viewer_may_see: true,
};

/** A profile for tests. */
export function sampleProfile(fields: Partial<Profile> = {}): Profile {
  return { ...(sample as Profile), ...fields };
}
