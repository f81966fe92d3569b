import type { ReactNode } from 'react';
import { ClipLikeButton } from '@/features/likes/clip-like-button';

export function ClipCard({ clip }: { clip: { id: string } }): ReactNode {
  return (
    <article id={clip.id}>
      <ClipLikeButton clip={clip} />
    </article>
  );
}
