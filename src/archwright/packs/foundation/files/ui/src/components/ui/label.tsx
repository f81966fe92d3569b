import { Label as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';

/** Its `id` follows from that of its field, so that what belongs to the field can name it, too. */
export function Label({ className, htmlFor, ...props }: ComponentProps<typeof Primitive.Root>) {
  return (
    <Primitive.Root
      data-slot="label"
      id={htmlFor && `${htmlFor}-label`}
      htmlFor={htmlFor}
      className={cn('flex items-center gap-2 text-sm leading-none font-medium', className)}
      {...props}
    />
  );
}
