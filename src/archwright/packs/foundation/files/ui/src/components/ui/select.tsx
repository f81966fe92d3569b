import { CheckIcon, ChevronDownIcon } from 'lucide-react';
import { Select as Primitive } from 'radix-ui';
import type { ComponentProps, ReactNode, Ref } from 'react';
import { cn } from '@/lib/cn';
import { fieldClasses } from './input';

interface SelectProps extends Omit<ComponentProps<typeof Primitive.Root>, 'children'> {
  /** For the label's `htmlFor`; without a label give `aria-label`. */
  id?: string;
  'aria-label'?: string;
  'aria-invalid'?: boolean | undefined;
  'aria-describedby'?: string | undefined;
  /** To what has the focus: forms lead to the first field that is wrong. */
  ref?: Ref<HTMLButtonElement>;
  placeholder?: string;
  className?: string;
  children: ReactNode;
}

export function Select({
  id,
  ref,
  placeholder,
  className,
  children,
  'aria-label': ariaLabel,
  'aria-invalid': ariaInvalid,
  'aria-describedby': ariaDescribedBy,
  ...props
}: SelectProps) {
  return (
    <Primitive.Root {...props}>
      <Primitive.Trigger
        id={id}
        ref={ref}
        aria-label={ariaLabel}
        aria-invalid={ariaInvalid}
        aria-describedby={ariaDescribedBy}
        className={cn(
          fieldClasses,
          'flex h-11 cursor-pointer items-center justify-between gap-2 text-left data-placeholder:text-muted-foreground',
          className,
        )}
      >
        <Primitive.Value placeholder={placeholder} />
        <Primitive.Icon>
          <ChevronDownIcon aria-hidden="true" className="size-4 text-muted-foreground" />
        </Primitive.Icon>
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          aria-label={ariaLabel}
          aria-labelledby={ariaLabel === undefined && id ? `${id}-label` : undefined}
          position="popper"
          sideOffset={6}
          className="z-50 max-h-72 min-w-(--radix-select-trigger-width) overflow-hidden rounded-xl border bg-popover p-1 text-popover-foreground shadow-lg data-[state=closed]:animate-pop-out data-[state=open]:animate-pop-in"
        >
          <Primitive.Viewport>{children}</Primitive.Viewport>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

export function SelectItem({
  children,
  className,
  ...props
}: ComponentProps<typeof Primitive.Item>) {
  return (
    <Primitive.Item
      className={cn(
        'flex h-11 cursor-pointer items-center justify-between gap-3 rounded-lg px-3 text-sm outline-none select-none data-disabled:pointer-events-none data-disabled:opacity-50 data-highlighted:bg-accent data-highlighted:text-accent-foreground',
        className,
      )}
      {...props}
    >
      <Primitive.ItemText>{children}</Primitive.ItemText>
      <Primitive.ItemIndicator>
        <CheckIcon aria-hidden="true" className="size-4" />
      </Primitive.ItemIndicator>
    </Primitive.Item>
  );
}
