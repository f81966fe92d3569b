import { useSession, type SessionState } from '@/lib/session';
import { navigation, type NavigationEntry } from './navigation';

function isVisible({ guard }: NavigationEntry, { status, roles }: SessionState): boolean {
  if (guard === 'public') return true;
  if (guard === 'guest') return status === 'signed-out';
  if (guard === 'member') return status === 'signed-in';
  return roles.includes(guard.slice('role:'.length));
}

/** The entries that this person can use, by group. */
export function useNavigationEntries(): Record<NavigationEntry['group'], NavigationEntry[]> {
  const session = useSession();
  const visible = navigation.filter((entry) => isVisible(entry, session));
  const group = (name: NavigationEntry['group']) => visible.filter((entry) => entry.group === name);
  return {
    main: group('main'),
    create: group('create'),
    account: group('account'),
    staff: group('staff'),
  };
}
