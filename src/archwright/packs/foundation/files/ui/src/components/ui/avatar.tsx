import { Avatar as Primitive } from 'radix-ui';
import { cn } from '@/lib/cn';

interface AvatarProps {
  /** Whose picture it is; the initials stand in for a picture that is missing. */
  name: string;
  src?: string | null | undefined;
  size?: 'sm' | 'md' | 'lg' | 'xl';
  className?: string;
}

const sizes = {
  sm: 'size-8 text-xs',
  md: 'size-11 text-sm',
  lg: 'size-16 text-lg',
  xl: 'size-24 text-3xl',
} as const;

function initials(name: string): string {
  const words = name.trim().split(/\s+/u);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters
    .map((word) => Array.from(word ?? '')[0] ?? '')
    .join('')
    .toUpperCase();
}

/** Decorative: the name stands beside it, or on the link around it. */
export function Avatar({ name, src, size = 'md', className }: AvatarProps) {
  return (
    <Primitive.Root
      data-slot="avatar"
      aria-hidden="true"
      className={cn(
        'inline-grid shrink-0 place-items-center overflow-hidden rounded-full bg-secondary font-semibold text-secondary-foreground select-none',
        sizes[size],
        className,
      )}
    >
      {src && <Primitive.Image src={src} alt="" className="size-full object-cover" />}
      {/* drawn, not written: a link around it is called what its label says */}
      <Primitive.Fallback
        data-initials={initials(name)}
        className="before:content-[attr(data-initials)]"
      />
    </Primitive.Root>
  );
}
