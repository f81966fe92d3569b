import { describe, expect, it } from 'vitest';
import type { EventKind } from '@/lib/event-kinds';
import { entryPath, families, kindText } from './notification-kinds';

const kinds: Readonly<Record<string, EventKind>> = {
  film_liked: { textKey: 'notifications.title', link: '/films/:id' },
  followed: { textKey: 'notifications.bell', link: '/u/:actor' },
  noticed: { textKey: 'notifications.new', link: '' },
};

describe('entryPath', () => {
  const entry = { kind: 'film_liked', subject_id: 'f1', actor_handle: 'ann' };

  it('leads to what the news are about', () => {
    expect(entryPath(entry, kinds)).toBe('/films/f1');
  });

  it('leads to who did it', () => {
    expect(entryPath({ ...entry, kind: 'followed', subject_id: null }, kinds)).toBe('/u/ann');
  });

  it.each([
    { ...entry, kind: 'noticed' },
    { ...entry, kind: 'of a later version' },
    { ...entry, subject_id: null },
  ])('leads nowhere for %o', (lost) => {
    expect(entryPath(lost, kinds)).toBeNull();
  });
});

describe('families', () => {
  it('puts kinds of features that have no name here together', () => {
    expect(families(kinds)).toEqual([
      {
        name: 'other',
        textKey: 'notifications.families.other',
        kinds: ['film_liked', 'followed', 'noticed'],
      },
    ]);
  });

  it('covers each kind of the app once', () => {
    const listed = families().flatMap((family) => family.kinds);
    expect(new Set(listed).size).toBe(listed.length);
  });
});

describe('kindText', () => {
  it('has a text for what it does not know', () => {
    expect(kindText('of a later version', kinds)).toBe('notifications.unknown');
    expect(kindText('followed', kinds)).toBe('notifications.bell');
  });
});
