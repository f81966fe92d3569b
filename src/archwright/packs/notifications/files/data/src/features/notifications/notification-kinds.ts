import type { ParseKeysWithoutVariables } from 'i18next';
import { eventKinds, type EventKind } from '@/lib/event-kinds';
import type { NotificationEntry } from './notifications-api';

type Kinds = Readonly<Record<string, EventKind>>;
type TextKey = ParseKeysWithoutVariables;

const familyTexts = {
  likes: 'notifications.families.likes',
  comments: 'notifications.families.comments',
  follows: 'notifications.families.follows',
  mentions: 'notifications.families.mentions',
  reposts: 'notifications.families.reposts',
  reports: 'notifications.families.reports',
} as const satisfies Readonly<Record<string, TextKey>>;

function isKnown(name: string): name is keyof typeof familyTexts {
  return Object.hasOwn(familyTexts, name);
}

/** Kinds of news that are wanted or not wanted together. */
export interface Family {
  name: string;
  textKey: TextKey;
  kinds: string[];
}

/** The families of this app's kinds: those of one feature belong together. */
export function families(kinds: Kinds = eventKinds): Family[] {
  const found = new Map<string, Family>();
  for (const [kind, { textKey }] of Object.entries(kinds)) {
    const feature = textKey.split('.')[0] ?? '';
    const name = isKnown(feature) ? feature : 'other';
    const family = found.get(name) ?? {
      name,
      textKey: isKnown(name) ? familyTexts[name] : 'notifications.families.other',
      kinds: [],
    };
    family.kinds.push(kind);
    found.set(name, family);
  }
  return [...found.values()];
}

/** The text of a kind; one that this version does not know has a text too. */
export function kindText(kind: string, kinds: Kinds = eventKinds): TextKey {
  return kinds[kind]?.textKey ?? 'notifications.unknown';
}

/** Where an entry leads; null where there is nothing to open. */
export function entryPath(
  entry: Pick<NotificationEntry, 'kind' | 'subject_id' | 'actor_handle'>,
  kinds: Kinds = eventKinds,
): string | null {
  const link = kinds[entry.kind]?.link ?? '';
  if (link === '' || (link.includes(':id') && entry.subject_id === null)) return null;
  return link
    .replace(':id', encodeURIComponent(entry.subject_id ?? ''))
    .replace(':actor', encodeURIComponent(entry.actor_handle));
}
