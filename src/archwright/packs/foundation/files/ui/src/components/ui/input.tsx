import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';

/** Shared by all fields that text goes into; 16 px on phones, or iOS zooms in. */
export const fieldClasses =
  'w-full min-w-0 rounded-lg border border-input bg-background px-3.5 text-base transition-[border-color,box-shadow] placeholder:text-muted-foreground focus-visible:border-ring focus-visible:ring-3 focus-visible:ring-ring/30 focus-visible:outline-none disabled:cursor-not-allowed disabled:opacity-50 aria-invalid:border-destructive aria-invalid:ring-destructive/25 md:text-sm';

export function Input({ className, type = 'text', ...props }: ComponentProps<'input'>) {
  return (
    <input
      data-slot="input"
      type={type}
      className={cn(
        fieldClasses,
        'h-11 file:mr-3 file:h-full file:border-0 file:bg-transparent file:text-sm file:font-medium',
        className,
      )}
      {...props}
    />
  );
}
