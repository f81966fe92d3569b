import type { ReactNode } from 'react';

export function ClipCard({ clip }: { clip: { id: string } }): ReactNode {
  return (
    <article id={clip.id}>
      {/*% slot "clip.actions" %*/}
    </article>
  );
}
