import { CircleIcon } from 'lucide-react';
import { describe, expect, it } from 'vitest';
import type { NavigationEntry } from './navigation';
import { groupEntries } from './use-navigation-entries';

const entry = (
  to: string,
  group: NavigationEntry['group'],
  guard: NavigationEntry['guard'],
): NavigationEntry => ({ to, group, guard, labelKey: 'app.navigation', icon: CircleIcon });

const entries = [
  entry('/', 'main', 'public'),
  entry('/inbox', 'main', 'member'),
  entry('/new', 'create', 'member'),
  entry('/join', 'account', 'guest'),
  entry('/reports', 'staff', 'role:moderator'),
];
const paths = (group: NavigationEntry[]) => group.map(({ to }) => to);

describe('groupEntries', () => {
  it('offers guests what is public or meant for them', () => {
    const groups = groupEntries(entries, { status: 'signed-out', roles: [] });
    expect(paths(groups.main)).toEqual(['/']);
    expect(paths(groups.account)).toEqual(['/join']);
    expect(groups.create).toEqual([]);
  });

  it('offers members what is theirs', () => {
    const groups = groupEntries(entries, { status: 'signed-in', roles: ['seller'] });
    expect(paths(groups.main)).toEqual(['/', '/inbox']);
    expect(paths(groups.create)).toEqual(['/new']);
    expect(groups.staff).toEqual([]);
    expect(groups.account).toEqual([]);
  });

  it('offers staff what their role is for', () => {
    const groups = groupEntries(entries, { status: 'signed-in', roles: ['moderator'] });
    expect(paths(groups.staff)).toEqual(['/reports']);
  });
});
