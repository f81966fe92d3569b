import type { ThingComment } from './thing-comments-api';

/** A comment that is not deleted. */
export type StandingThingComment = ThingComment & {
  author: NonNullable<ThingComment['author']>;
};

export function isStanding(comment: ThingComment): comment is StandingThingComment {
  return comment.deleted_at === null && comment.author !== null;
}
