import { useSession, type SessionState } from '@/lib/session';
import { navigation, type NavigationEntry } from './navigation';

type Group = NavigationEntry['group'];
type Who = Pick<SessionState, 'status' | 'roles'>;

function isVisible(guard: NavigationEntry['guard'], { status, roles }: Who): boolean {
  if (guard === 'public') return true;
  if (guard === 'guest') return status === 'signed-out';
  if (guard === 'member') return status === 'signed-in';
  return roles.includes(guard.slice('role:'.length));
}

/** The entries that a person can use, by group. */
export function groupEntries(
  entries: readonly NavigationEntry[],
  who: Who,
): Record<Group, NavigationEntry[]> {
  const groups: Record<Group, NavigationEntry[]> = { main: [], create: [], account: [], staff: [] };
  for (const entry of entries) if (isVisible(entry.guard, who)) groups[entry.group].push(entry);
  return groups;
}

export function useNavigationEntries(): Record<Group, NavigationEntry[]> {
  return groupEntries(navigation, useSession());
}
