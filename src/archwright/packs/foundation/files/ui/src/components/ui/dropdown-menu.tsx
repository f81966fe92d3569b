import { CheckIcon, type LucideIcon } from 'lucide-react';
import { DropdownMenu as Primitive } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from '@/lib/cn';

interface DropdownMenuProps {
  /** One button; it gets the trigger's behaviour. */
  trigger: ReactNode;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'right' | 'bottom' | 'left';
  children: ReactNode;
}

export function DropdownMenu({
  trigger,
  align = 'end',
  side = 'bottom',
  children,
}: DropdownMenuProps) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={12}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-52 origin-(--radix-dropdown-menu-content-transform-origin) overflow-y-auto rounded-xl border bg-popover p-1 text-popover-foreground shadow-lg data-[state=closed]:animate-pop-out data-[state=open]:animate-pop-in"
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

const itemClasses =
  'flex h-11 cursor-pointer items-center gap-3 rounded-lg px-3 text-sm outline-none select-none data-disabled:pointer-events-none data-disabled:opacity-50 data-highlighted:bg-accent data-highlighted:text-accent-foreground [&_svg]:size-4.5 [&_svg]:shrink-0';

interface DropdownMenuItemProps extends ComponentProps<typeof Primitive.Item> {
  destructive?: boolean;
}

export function DropdownMenuItem({
  className,
  destructive = false,
  ...props
}: DropdownMenuItemProps) {
  return (
    <Primitive.Item
      className={cn(itemClasses, destructive && 'text-destructive', className)}
      {...props}
    />
  );
}

interface DropdownMenuChoicesProps {
  value: string;
  onValueChange: (value: string) => void;
  choices: readonly { value: string; label: string; icon?: LucideIcon }[];
}

/** One of several: a check mark stands at the chosen one. */
export function DropdownMenuChoices({ value, onValueChange, choices }: DropdownMenuChoicesProps) {
  return (
    <Primitive.RadioGroup value={value} onValueChange={onValueChange}>
      {choices.map(({ value: choice, label, icon: Icon }) => (
        <Primitive.RadioItem key={choice} value={choice} className={itemClasses}>
          {Icon && <Icon aria-hidden="true" />}
          <span className="flex-1">{label}</span>
          <Primitive.ItemIndicator>
            <CheckIcon aria-hidden="true" />
          </Primitive.ItemIndicator>
        </Primitive.RadioItem>
      ))}
    </Primitive.RadioGroup>
  );
}

export function DropdownMenuLabel({ className, ...props }: ComponentProps<typeof Primitive.Label>) {
  return (
    <Primitive.Label
      className={cn('truncate px-3 py-2 text-xs font-semibold text-muted-foreground', className)}
      {...props}
    />
  );
}

export function DropdownMenuSeparator() {
  return <Primitive.Separator className="mx-1 my-1 h-px bg-border" />;
}
