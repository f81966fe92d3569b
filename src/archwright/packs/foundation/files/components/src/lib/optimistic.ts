import { useMutation, type QueryKey } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { accountChanges } from './account-change';
import { errorMessage, isAbort } from './errors';
import { isEmptied, type Undo } from './patch-row';

declare module '@tanstack/react-query' {
  interface Register {
    /** Whose queries a change keeps from being fetched until it is through. */
    mutationMeta: { tables?: readonly string[] };
  }
}

interface OptimisticMutationOptions<Variables, Data> {
  /** Names the action. Calls of one action run one after the other, so double taps stay in order. */
  mutationKey: QueryKey;
  /** The tables whose cached queries change; they are marked stale when the last call is through. */
  tables: readonly string[];
  mutationFn: (variables: Variables) => Promise<Data>;
  /** Changes the cache at once, by `patchRow` and `removeRow`, and returns how to undo that. */
  optimistic: (client: QueryClient, variables: Variables) => Undo | readonly Undo[];
  /** Fetch what is on screen again after a success. Off by default: a ranked feed must not jump. */
  refetch?: boolean;
  onSuccess?: (data: Data, variables: Variables) => void;
}

/**
 * Begins again what has nothing to show: a first fetch that `cancelQueries` stopped would not come
 * back by itself, and what it is for would wait for ever; and behind rows that were all removed there
 * may be others.
 */
export async function resumeQueries(client: QueryClient, table: string): Promise<void> {
  await client.refetchQueries({
    queryKey: [table],
    type: 'active',
    predicate: ({ state }) =>
      state.fetchStatus === 'idle' && (state.status === 'pending' || isEmptied(state.data)),
  });
}

/**
 * A mutation that shows its result at once, and takes it back with a message when it fails. When
 * somebody else has signed in by then, it concerns nobody any more: nothing is said or taken back.
 */
export function useOptimisticMutation<Variables, Data = unknown>({
  mutationKey,
  tables,
  mutationFn,
  optimistic,
  refetch = false,
  onSuccess,
}: OptimisticMutationOptions<Variables, Data>) {
  const { t } = useTranslation();
  return useMutation({
    mutationKey,
    scope: { id: JSON.stringify(mutationKey) },
    meta: { tables },
    mutationFn: (variables: Variables) => mutationFn(variables),
    onMutate: async (variables, { client }) => {
      const account = accountChanges();
      await Promise.all(tables.map((table) => client.cancelQueries({ queryKey: [table] })));
      if (account !== accountChanges()) throw new DOMException('signed out', 'AbortError');
      const undo = optimistic(client, variables);
      return { account, undos: typeof undo === 'function' ? [undo] : undo };
    },
    onSuccess: (data, variables, { account }) => {
      if (account === accountChanges()) onSuccess?.(data, variables);
    },
    onError: (error, _variables, begun) => {
      if (begun ? begun.account !== accountChanges() : isAbort(error)) return;
      for (const undo of begun?.undos.toReversed() ?? []) undo();
      toast.error(errorMessage(error, t));
    },
    onSettled: async (_data, error, _variables, _begun, { client }) => {
      // a later call of the same action is under way: its own end settles the cache
      if (client.isMutating({ mutationKey }) > 1) return;
      const refetchType = refetch || error ? 'active' : 'none';
      await Promise.all(
        tables.flatMap((table) => [
          client.invalidateQueries({ queryKey: [table], refetchType }),
          resumeQueries(client, table),
        ]),
      );
    },
  });
}
