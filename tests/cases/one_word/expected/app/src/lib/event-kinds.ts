import type { ParseKeysWithoutVariables } from 'i18next';

export interface EventKind {
  textKey: ParseKeysWithoutVariables;
  /** Route of the subject: `:id` stands for its id, `:actor` for who did it. */
  link: string;
}

export const eventKinds: Readonly<Record<string, EventKind>> = {
  clip_liked: { textKey: 'likes.events.clip_liked', link: '/clips/:id' },
};
