import { QueryClientProvider } from '@tanstack/react-query';
import { useState, type CSSProperties } from 'react';
import { Outlet, ScrollRestoration } from 'react-router';
import { Toaster } from 'sonner';
import { createQueryClient } from '@/lib/query-client';
import { SessionProvider } from '@/lib/session';
import { useTheme } from '@/lib/theme';

const toastStyle = {
  '--normal-bg': 'var(--popover)',
  '--normal-text': 'var(--popover-foreground)',
  '--normal-border': 'var(--border)',
  '--border-radius': 'var(--radius-lg)',
  fontFamily: 'inherit',
} as CSSProperties;

/** What every page needs around it. */
export function Providers() {
  const [queryClient] = useState(createQueryClient);
  const theme = useTheme((state) => state.choice);
  return (
    <QueryClientProvider client={queryClient}>
      <SessionProvider>
        <Outlet />
        <ScrollRestoration />
      </SessionProvider>
      <Toaster theme={theme} position="top-center" style={toastStyle} />
    </QueryClientProvider>
  );
}
