import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';

/** Holds the place of what is being loaded; whoever shows it announces the loading. */
export function Skeleton({ className, ...props }: ComponentProps<'div'>) {
  return (
    <div
      data-slot="skeleton"
      aria-hidden="true"
      className={cn('animate-pulse rounded-lg bg-muted', className)}
      {...props}
    />
  );
}
