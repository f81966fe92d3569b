import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { toast } from 'sonner';
import { describe, expect, it, vi } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { isReason } from './moderation-api';
import { reportReasons } from './reports-api';
import { subjectKind, subjectPath } from './subjects';
import { useDecide, useSendReport } from './use-moderation';

function renderWith<Result>(hook: () => Result) {
  const client = new QueryClient();
  client.setQueryData(['videos', 'feed'], []);
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  return { client, ...renderHook(hook, { wrapper }) };
}

describe('useSendReport', () => {
  it('sends what is reported and why', async () => {
    const request = fakeRest({ report_subject: null });
    const shown = vi.spyOn(toast, 'success').mockReturnValue(1);
    const { result } = renderWith(useSendReport);
    act(() => result.current.mutate({ kind: 'film', id: 'f1', reason: 'spam', details: '' }));
    await waitFor(() => expect(result.current.isSuccess).toBe(true));
    expect(request.mock.calls[0]?.[1]?.body).toBe(
      JSON.stringify({ p_kind: 'film', p_subject: 'f1', p_reason: 'spam', p_details: '' }),
    );
    expect(shown).toHaveBeenCalledWith(i18n.t('reports.sent'));
  });
});

describe('useDecide', () => {
  it('has everything asked for again', async () => {
    const request = fakeRest({ moderate_subject: null });
    vi.spyOn(toast, 'success').mockReturnValue(1);
    const { client, result } = renderWith(useDecide);
    const action = 'remove' as const;
    act(() =>
      result.current.mutate({ kind: 'film', id: 'f1', action, reason: 'hate', note: '', days: 7 }),
    );
    await waitFor(() => expect(result.current.isSuccess).toBe(true));
    expect(request).toHaveBeenCalledWith(
      expect.stringContaining('/rpc/moderate_subject'),
      expect.objectContaining({ body: expect.stringContaining('"p_reason":"hate"') as string }),
    );
    expect(client.getQueryState(['videos', 'feed'])?.isInvalidated).toBe(true);
  });
});

describe('subjects', () => {
  it('of an unknown kind lead to the start and cannot be removed', () => {
    expect(subjectPath('of a later version', 'x', null)).toBe('/');
    expect(subjectKind('of a later version').removable).toBe(false);
  });
});

describe('isReason', () => {
  it('knows the reasons of this version', () => {
    expect(isReason('spam', reportReasons)).toBe(true);
    expect(isReason('of a later version', reportReasons)).toBe(false);
  });
});
