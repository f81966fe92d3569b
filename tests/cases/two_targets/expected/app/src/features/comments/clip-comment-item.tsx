import { ClipCommentLikeButton } from '@/features/likes/clip-comment-like-button';

export function ClipCommentItem({ comment }: { comment: { id: string } }) {
  return (
    <li id={comment.id}>
      <ClipCommentLikeButton clipComment={comment} />
    </li>
  );
}
