import { QueryClient, QueryClientProvider, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { toast } from 'sonner';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetAccount } from './account-change';
import { i18n } from './i18n';
import { useOptimisticMutation } from './optimistic';
import { patchRow, removeRow } from './patch-row';

interface Film {
  id: string;
  likes: number;
}

describe('useOptimisticMutation', () => {
  let client: QueryClient;
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const likes = () => client.getQueryData<Film[]>(['films'])?.[0]?.likes;

  beforeEach(() => {
    client = new QueryClient();
    client.setQueryData(['films'], [{ id: 'a', likes: 1 }]);
  });

  function renderLike(save: () => Promise<unknown>) {
    const { result } = renderHook(
      () =>
        useOptimisticMutation<string>({
          mutationKey: ['films', 'like'],
          tables: ['films'],
          mutationFn: save,
          optimistic: (cache, id) =>
            patchRow<Film>(cache, 'films', id, (row) => ({ likes: row.likes + 1 })),
        }),
      { wrapper },
    );
    return result;
  }

  it('shows the result before the server has answered, and keeps it', async () => {
    const saved = Promise.withResolvers<void>();
    const result = renderLike(() => saved.promise);
    act(() => result.current.mutate('a'));
    await waitFor(() => expect(likes()).toBe(2));
    expect(result.current.isPending).toBe(true);
    expect(client.getMutationCache().find({ status: 'pending' })?.meta).toEqual({
      tables: ['films'],
    });
    saved.resolve();
    await waitFor(() => expect(result.current.isSuccess).toBe(true));
    expect(likes()).toBe(2);
    expect(client.getQueryState(['films'])?.isInvalidated).toBe(true);
  });

  it('takes the change back and says why when the server refuses', async () => {
    const shown = vi.spyOn(toast, 'error').mockReturnValue(1);
    const saved = Promise.withResolvers<void>();
    const result = renderLike(() => saved.promise);
    act(() => result.current.mutate('a'));
    await waitFor(() => expect(likes()).toBe(2));
    saved.reject({ code: '42501', message: 'denied' });
    await waitFor(() => expect(result.current.isError).toBe(true));
    expect(likes()).toBe(1);
    expect(shown).toHaveBeenCalledWith(i18n.t('app.errorForbidden'));
  });

  describe('when somebody else has signed in', () => {
    const others = () => {
      client.setQueryData(['films'], [{ id: 'a', likes: 7 }]);
      forgetAccount();
    };

    it('neither takes back nor says anything', async () => {
      const shown = vi.spyOn(toast, 'error').mockClear().mockReturnValue(1);
      const saved = Promise.withResolvers<void>();
      const result = renderLike(() => saved.promise);
      act(() => result.current.mutate('a'));
      await waitFor(() => expect(likes()).toBe(2));
      others();
      saved.reject({ code: '42501', message: 'denied' });
      await waitFor(() => expect(result.current.isError).toBe(true));
      expect(likes()).toBe(7);
      expect(shown).not.toHaveBeenCalled();
    });

    it('does not begin what the one before has asked for', async () => {
      const shown = vi.spyOn(toast, 'error').mockClear().mockReturnValue(1);
      const save = vi.fn(() => Promise.resolve());
      const result = renderLike(save);
      act(() => result.current.mutate('a'));
      others();
      await waitFor(() => expect(result.current.isError).toBe(true));
      expect(likes()).toBe(7);
      expect(save).not.toHaveBeenCalled();
      expect(shown).not.toHaveBeenCalled();
    });
  });

  it('fetches a list again that has lost all its rows', async () => {
    const fetchPage = vi.fn().mockResolvedValueOnce([{ id: 'a' }]).mockResolvedValue([{ id: 'b' }]);
    const shown = renderHook(
      () =>
        useInfiniteQuery({
          queryKey: ['plays'],
          queryFn: (): Promise<{ id: string }[]> => fetchPage(),
          initialPageParam: null,
          getNextPageParam: () => null,
        }),
      { wrapper },
    );
    await waitFor(() => expect(shown.result.current.data?.pages).toEqual([[{ id: 'a' }]]));
    const removal = renderHook(
      () =>
        useOptimisticMutation<string>({
          mutationKey: ['plays', 'remove'],
          tables: ['plays'],
          mutationFn: () => Promise.resolve(),
          optimistic: (cache, id) => removeRow(cache, 'plays', id),
        }),
      { wrapper },
    );
    act(() => removal.result.current.mutate('a'));
    await waitFor(() => expect(shown.result.current.data?.pages).toEqual([[{ id: 'b' }]]));
  });

  it('runs double taps in order and settles once', async () => {
    const settle = vi.spyOn(client, 'invalidateQueries');
    const order: string[] = [];
    let call = 0;
    const result = renderLike(async () => {
      const name = `call ${++call}`;
      order.push(`${name} starts`);
      await new Promise((resolve) => setTimeout(resolve, 5));
      order.push(`${name} ends`);
    });
    act(() => {
      result.current.mutate('a');
      result.current.mutate('a');
    });
    await waitFor(() => expect(order).toHaveLength(4));
    await waitFor(() => expect(client.isMutating()).toBe(0));
    expect(order).toEqual(['call 1 starts', 'call 1 ends', 'call 2 starts', 'call 2 ends']);
    expect(settle).toHaveBeenCalledTimes(1);
    expect(likes()).toBe(3);
  });

  it('begins a first fetch again that it had to stop', async () => {
    const first = Promise.withResolvers<Film[]>();
    const fetchFilms = vi.fn(() => first.promise);
    fetchFilms.mockReturnValueOnce(new Promise(() => {}));
    const shown = renderHook(
      () => useQuery({ queryKey: ['films', 'new'], queryFn: fetchFilms, retry: false }),
      { wrapper },
    );
    const saved = Promise.withResolvers<void>();
    const result = renderLike(() => saved.promise);
    act(() => result.current.mutate('a'));
    await waitFor(() => expect(likes()).toBe(2));
    first.resolve([{ id: 'b', likes: 0 }]);
    saved.resolve();
    await waitFor(() => expect(shown.result.current.data).toEqual([{ id: 'b', likes: 0 }]));
    expect(fetchFilms).toHaveBeenCalledTimes(2);
  });
});
