import { QueryClient } from '@tanstack/react-query';
import { errorCode, errorStatus, isAbort } from './errors';

const MAX_RETRIES = 2;

/**
 * What the database or the gateway refused stays refused: asking again only delays the message.
 * PGRST0xx says that the database could not be reached just now.
 */
export function isRetryable(error: unknown): boolean {
  if (isAbort(error)) return false;
  const code = errorCode(error);
  if (code !== null && /^(PGRST[1-9X]|0A|22|23|42|P0)/.test(code)) return false;
  const status = errorStatus(error);
  return status === null || status >= 500 || status === 408 || status === 0;
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: 5 * 60_000,
        retry: (count, error) => count < MAX_RETRIES && isRetryable(error),
        refetchOnWindowFocus: false,
      },
      mutations: { retry: false },
    },
  });
}
