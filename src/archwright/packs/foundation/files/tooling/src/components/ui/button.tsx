import { cva, type VariantProps } from 'class-variance-authority';
import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';

const buttonVariants = cva(
  'inline-flex shrink-0 cursor-pointer items-center justify-center gap-2 rounded-full text-sm font-semibold whitespace-nowrap transition-[background-color,color,border-color,opacity,scale,box-shadow] duration-150 select-none focus-visible:outline-2 focus-visible:outline-offset-2 active:scale-[0.97] disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50 [&_svg]:size-5 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'bg-primary text-primary-foreground hover:ring-4 hover:ring-primary/25',
        secondary: 'bg-secondary text-secondary-foreground hover:bg-accent',
        outline: 'border bg-transparent hover:bg-accent hover:text-accent-foreground',
        ghost: 'hover:bg-accent hover:text-accent-foreground',
        destructive: 
          'bg-destructive text-destructive-foreground hover:ring-4 hover:ring-destructive/25',
        link: 'text-link underline-offset-4 hover:underline active:scale-100',
      },
      size: {
        md: 'h-11 px-5',
        sm: 'h-9 px-4 pointer-coarse:h-11',
        lg: 'h-13 px-7 text-base',
        icon: 'size-11',
      },
    },
    defaultVariants: { variant: 'primary', size: 'md' },
  },
);

export interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof buttonVariants> {
  /** Render the only child (a link, say) with the looks of a button. */
  asChild?: boolean;
  /** Work in progress: not clickable, and announced as busy. */
  pending?: boolean | undefined;
}

export function Button({
  className,
  variant,
  size,
  asChild = false,
  pending = false,
  type = 'button',
  disabled,
  ...props
}: ButtonProps) {
  const classes = cn(buttonVariants({ variant, size }), pending && 'animate-pulse', className);
  if (asChild) return <Slot.Root data-slot="button" className={classes} {...props} />;
  return (
    <button
      data-slot="button"
      type={type}
      aria-busy={pending || undefined}
      disabled={pending || disabled}
      className={classes}
      {...props}
    />
  );
}
