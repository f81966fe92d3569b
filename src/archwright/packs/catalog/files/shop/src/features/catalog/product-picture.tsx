import { ImageIcon } from 'lucide-react';
import { cn } from '@/lib/cn';
import { pictureUrl } from './products-api';

interface ProductPictureProps {
  picture: { path: string; alt: string } | undefined;
  /** Where the title stands beside it, the picture says nothing new. */
  decorative?: boolean;
  className?: string;
}

/** A picture of a product, or the sign that it has none. */
export function ProductPicture({ picture, decorative = false, className }: ProductPictureProps) {
  const frame = cn(
    'grid aspect-square w-full place-items-center overflow-hidden rounded-xl bg-muted text-muted-foreground',
    className,
  );
  return (
    <span className={frame}>
      {picture ? (
        <img
          src={pictureUrl(picture.path)}
          alt={decorative ? '' : picture.alt}
          loading="lazy"
          className="size-full object-cover"
        />
      ) : (
        <ImageIcon aria-hidden="true" className="size-10" />
      )}
    </span>
  );
}
