import { SeriesCommentLikeButton } from '@/features/likes/series-comment-like-button';

export function SeriesCommentItem({ comment }: { comment: { id: string } }) {
  return (
    <li id={comment.id}>
      <SeriesCommentLikeButton seriesComment={comment} />
    </li>
  );
}
