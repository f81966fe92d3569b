import type { ParseKeysWithoutVariables } from 'i18next';
import { HouseIcon, type LucideIcon } from 'lucide-react';

export interface NavigationEntry {
  to: string;
  labelKey: ParseKeysWithoutVariables;
  icon: LucideIcon;
  group: 'main' | 'create' | 'account' | 'staff';
  guard: 'public' | 'member' | 'guest' | `role:${string}`;
}

export const navigation: readonly NavigationEntry[] = [
  { to: '/', labelKey: 'clips.nav', icon: HouseIcon, group: 'main', guard: 'public' },
];
