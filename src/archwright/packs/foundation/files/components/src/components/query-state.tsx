import type { UseQueryResult } from '@tanstack/react-query';
import { CloudOffIcon, InboxIcon, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { errorMessage } from '@/lib/errors';

export interface EmptyStateProps {
  icon?: LucideIcon;
  title: string;
  text?: string | undefined;
  /** What one can do about it: a button or a link that looks like one. */
  action?: ReactNode;
}

export function EmptyState({ icon: Icon = InboxIcon, title, text, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-3 px-6 py-14 text-center">
      <span className="grid size-14 place-items-center rounded-2xl bg-muted text-muted-foreground">
        <Icon aria-hidden="true" className="size-7" />
      </span>
      <p className="text-lg font-semibold">{title}</p>
      {text !== undefined && <p className="max-w-sm text-muted-foreground">{text}</p>}
      {action !== undefined && <div className="mt-2">{action}</div>}
    </div>
  );
}

interface ErrorStateProps {
  error: unknown;
  onRetry: () => void;
  retrying?: boolean;
}

export function ErrorState({ error, onRetry, retrying = false }: ErrorStateProps) {
  const { t } = useTranslation();
  return (
    <div role="alert" className="flex flex-col items-center gap-4 px-6 py-14 text-center">
      <CloudOffIcon aria-hidden="true" className="size-10 text-muted-foreground" />
      <p>{errorMessage(error, t)}</p>
      <Button variant="secondary" pending={retrying} onClick={onRetry}>
        {t('app.retry')}
      </Button>
    </div>
  );
}

interface LoadingStateProps {
  /** Skeletons in the shape of what is coming; by default some lines. */
  children?: ReactNode;
}

export function LoadingState({ children }: LoadingStateProps) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('app.loading')}>
      {children ?? (
        <div className="flex flex-col gap-4">
          <Skeleton className="h-20" />
          <Skeleton className="h-20" />
          <Skeleton className="h-20" />
        </div>
      )}
    </div>
  );
}

interface QueryStateProps<Data> {
  query: UseQueryResult<Data>;
  skeleton?: ReactNode;
  /** Shown when `isEmpty` says so; by default for null and for a list of nothing. */
  empty?: EmptyStateProps;
  isEmpty?: (data: Data) => boolean;
  children: (data: NonNullable<Data>) => ReactNode;
}

function isNothing(data: unknown): boolean {
  return data === null || data === undefined || (Array.isArray(data) && data.length === 0);
}

/** One query on screen in each of its states: pending, failed, empty, and there. */
export function QueryState<Data>({
  query,
  skeleton,
  empty,
  isEmpty = isNothing,
  children,
}: QueryStateProps<Data>) {
  if (query.isPending) return <LoadingState>{skeleton}</LoadingState>;
  // what was loaded before stays on screen when a refresh fails
  if (query.isError && query.data === undefined) {
    return (
      <ErrorState
        error={query.error}
        onRetry={() => void query.refetch()}
        retrying={query.isFetching}
      />
    );
  }
  const { data } = query;
  if (data === null || data === undefined || (empty && isEmpty(data))) {
    return empty ? <EmptyState {...empty} /> : null;
  }
  return children(data);
}
