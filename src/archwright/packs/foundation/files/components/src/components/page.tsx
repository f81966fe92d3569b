import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { cn } from '@/lib/cn';

interface PageProps {
  title: string;
  /** A line below the title. */
  text?: string | undefined;
  /** Buttons at the right of the title. */
  actions?: ReactNode;
  /** `narrow` for forms and text, `wide` for grids, `bleed` for pages that use the whole screen. */
  width?: 'narrow' | 'normal' | 'wide' | 'bleed';
  /** Keep the heading for screen readers only, where the content says what it is. */
  hideTitle?: boolean;
  className?: string;
  children: ReactNode;
}

const widths = {
  narrow: 'mx-auto max-w-xl px-4 py-6 md:px-6 md:pt-4 md:pb-12',
  normal: 'mx-auto max-w-2xl px-4 py-6 md:px-6 md:pt-4 md:pb-12',
  wide: 'mx-auto max-w-6xl px-4 py-6 md:px-8 md:pt-4 md:pb-12',
  bleed: '',
} as const;

/** The frame of every page: its title in the browser's tab and as the one h1. */
export function Page({
  title,
  text,
  actions,
  width = 'normal',
  hideTitle = false,
  className,
  children,
}: PageProps) {
  const { t } = useTranslation();
  const heading = (
    <h1 className={hideTitle ? 'sr-only' : 'text-2xl font-bold tracking-tight md:text-3xl'}>
      {title}
    </h1>
  );
  return (
    <div className={cn('flex w-full flex-col gap-6', widths[width], className)}>
      <title>{`${title} · ${t('app.name')}`}</title>
      {hideTitle ? (
        heading
      ) : (
        <div className="flex flex-wrap items-center justify-between gap-3">
          <div className="flex flex-col gap-1">
            {heading}
            {text !== undefined && <p className="text-muted-foreground">{text}</p>}
          </div>
          {actions !== undefined && <div className="flex items-center gap-2">{actions}</div>}
        </div>
      )}
      {children}
    </div>
  );
}
