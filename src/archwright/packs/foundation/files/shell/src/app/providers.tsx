import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, ScrollRestoration } from 'react-router';
import { Toaster, toast } from 'sonner';
import { LiveProvider } from '@/lib/live';
import { createQueryClient } from '@/lib/query-client';
import { SessionProvider, useSession } from '@/lib/session';
import { useTheme } from '@/lib/theme';

const toastStyle = {
  '--normal-bg': 'var(--popover)',
  '--normal-text': 'var(--popover-foreground)',
  '--normal-border': 'var(--border)',
  '--border-radius': 'var(--radius-lg)',
  fontFamily: 'inherit',
} as CSSProperties;

/** Tells members why they are guests all of a sudden. */
function SessionEndNotice() {
  const { t } = useTranslation();
  const { expired } = useSession();
  useEffect(() => {
    if (expired) toast.warning(t('app.errorSession'), { id: 'session-end' });
  }, [expired, t]);
  return null;
}

/** What every page needs around it. */
export function Providers() {
  const [queryClient] = useState(createQueryClient);
  const theme = useTheme((state) => state.choice);
  return (
    <QueryClientProvider client={queryClient}>
      <SessionProvider>
        <LiveProvider>
          <SessionEndNotice />
          <Outlet />
          <ScrollRestoration />
        </LiveProvider>
      </SessionProvider>
      <Toaster theme={theme} position="top-center" style={toastStyle} />
    </QueryClientProvider>
  );
}
