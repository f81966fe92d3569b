import { Avatar } from '@/components/ui/avatar';
import { avatarUrl } from './avatar-api';
import type { ProfileSummary } from './profiles-api';

interface ProfileAvatarProps {
  profile: Pick<ProfileSummary, 'display_name' | 'avatar_path'>;
  size?: 'sm' | 'md' | 'lg' | 'xl';
  className?: string;
}

/** A member's picture, or the initials. Decorative: the name stands beside it. */
export function ProfileAvatar({ profile, ...rest }: ProfileAvatarProps) {
  return <Avatar name={profile.display_name} src={avatarUrl(profile.avatar_path)} {...rest} />;
}
