import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/ui/button';
import { cn } from '@/lib/cn';
import { EmptyState, ErrorState, LoadingState, type EmptyStateProps } from './query-state';

interface InfiniteListProps<Row> {
  /** A query whose pages are lists of rows. */
  query: UseInfiniteQueryResult<InfiniteData<readonly Row[]>>;
  /** Names the list for screen readers. */
  label: string;
  empty: EmptyStateProps;
  skeleton?: ReactNode;
  getKey: (row: Row) => string;
  className?: string;
  /** One row; the list puts it into an `li`. */
  children: (row: Row, index: number) => ReactNode;
}

/** Loads the next page before its end comes into view; a button does it where that fails. */
export function InfiniteList<Row>({
  query,
  label,
  empty,
  skeleton,
  getKey,
  className,
  children,
}: InfiniteListProps<Row>) {
  const { t } = useTranslation();
  const end = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  const automatic = hasNextPage && !isFetchingNextPage && !isFetchNextPageError;

  useEffect(() => {
    const element = end.current;
    if (!element || !automatic) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) void fetchNextPage();
      },
      { rootMargin: '600px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [automatic, fetchNextPage]);

  if (query.isPending) return <LoadingState>{skeleton}</LoadingState>;
  if (query.data === undefined) {
    return (
      <ErrorState
        error={query.error}
        onRetry={() => void query.refetch()}
        retrying={query.isFetching}
      />
    );
  }
  const rows = query.data.pages.flat();
  if (rows.length === 0 && !hasNextPage) return <EmptyState {...empty} />;
  return (
    <div>
      <ul
        aria-label={label}
        aria-busy={isFetchingNextPage}
        className={cn('flex flex-col', className)}
      >
        {rows.map((row, index) => (
          <li key={getKey(row)}>{children(row, index)}</li>
        ))}
      </ul>
      <div ref={end} />
      {isFetchNextPageError && (
        <ErrorState error={query.error} onRetry={() => void fetchNextPage()} />
      )}
      {hasNextPage && !isFetchNextPageError && (
        <div className="flex justify-center py-6">
          <Button
            variant="secondary"
            pending={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            {t('app.loadMore')}
          </Button>
        </div>
      )}
    </div>
  );
}
