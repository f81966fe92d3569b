/** Likes a thing, and takes the like back. */
export function ThingLikeButton({ thing }: { thing: { id: string } }) {
  const label = 'Like this thing';
  return (
    <button type="button" data-thing-id={thing.id} aria-label={label}>
      Like
    </button>
  );
}
