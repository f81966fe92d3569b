import {
  ClapperboardIcon,
//% if has('views@Video')
  EyeIcon,
//% endif
//% if has('likes@Video')
  HeartIcon,
//% endif
//% if has('comments@Video')
  MessageCircleIcon,
//% endif
//% if has('follows')
  UsersIcon,
//% endif
  type LucideIcon,
} from 'lucide-react';
import type { Day } from './statistics-api';

/** Something that is counted by day; its name is also the name of its text. */
export type MetricName = Exclude<keyof Day, 'day'>;

export interface Metric {
  name: MetricName;
  icon: LucideIcon;
}

export const metrics: readonly Metric[] = [
//% if has('views@Video')
  { name: 'views', icon: EyeIcon },
//% endif
//% if has('likes@Video')
  { name: 'likes', icon: HeartIcon },
//% endif
//% if has('comments@Video')
  { name: 'comments', icon: MessageCircleIcon },
//% endif
//% if has('follows')
  { name: 'followers', icon: UsersIcon },
//% endif
  { name: 'videos', icon: ClapperboardIcon },
];
