import { XIcon } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { cn } from '@/lib/cn';
import { Button } from './button';
import { useReturnFocus } from './use-return-focus';

interface SheetProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** For screen readers; not shown. */
  description?: string | undefined;
  /** Stays at the lower edge while the content scrolls: a field to write a comment, say. */
  footer?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** Comes up from the lower edge; on wide screens it is a panel at the right. */
export function Sheet({
  open,
  onOpenChange,
  title,
  description,
  footer,
  className,
  children,
}: SheetProps) {
  const { t } = useTranslation();
  const returnFocus = useReturnFocus();
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-50 bg-black/50 data-[state=closed]:animate-fade-out data-[state=open]:animate-fade-in" />
        <Primitive.Content
          {...returnFocus}
          {...(description === undefined && { 'aria-describedby': undefined })}
          className={cn(
            'fixed inset-x-0 bottom-0 z-50 flex max-h-[80dvh] flex-col rounded-t-2xl border-t bg-popover text-popover-foreground shadow-2xl focus:outline-none data-[state=closed]:animate-sheet-out data-[state=open]:animate-sheet-in md:inset-y-3 md:right-3 md:left-auto md:max-h-none md:w-104 md:rounded-2xl md:border',
            className,
          )}
        >
          <div
            aria-hidden="true"
            className="mx-auto mt-2 h-1 w-10 rounded-full bg-border md:hidden"
          />
          <header className="flex items-center justify-between gap-4 py-2 pr-2 pl-5">
            <Primitive.Title className="font-bold">{title}</Primitive.Title>
            {description !== undefined && (
              <Primitive.Description className="sr-only">{description}</Primitive.Description>
            )}
            <Primitive.Close asChild>
              <Button variant="ghost" size="icon" aria-label={t('app.close')}>
                <XIcon aria-hidden="true" />
              </Button>
            </Primitive.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
          {footer !== undefined && (
            <footer className="border-t p-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
              {footer}
            </footer>
          )}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
