import type { ParseKeysWithoutVariables } from 'i18next';

export interface EventKind {
  textKey: ParseKeysWithoutVariables;
  /** Route of the subject: `:id` stands for its id, `:actor` for who did it. */
  link: string;
}

export const eventKinds: Readonly<Record<string, EventKind>> = {
  clip_comment_liked: { textKey: 'likes.events.clip_comment_liked', link: '/clip-comments/:id' },
  clip_liked: { textKey: 'likes.events.clip_liked', link: '/clips/:id' },
  series_comment_liked: { textKey: 'likes.events.series_comment_liked', link: '/series-comments/:id' },
};
