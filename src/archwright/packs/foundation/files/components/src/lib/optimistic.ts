import { useMutation, type QueryKey } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { errorMessage } from './errors';
import type { Undo } from './patch-row';

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
 * Begins again what has nothing to show yet: a first fetch that `cancelQueries` stopped would not come
 * back by itself, and what it is for would wait for ever.
 */
export async function resumeQueries(client: QueryClient, table: string): Promise<void> {
  await client.refetchQueries({
    queryKey: [table],
    type: 'active',
    predicate: ({ state }) => state.status === 'pending' && state.fetchStatus === 'idle',
  });
}

/** A mutation that shows its result at once, and takes it back with a message when it fails. */
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
    mutationFn: (variables: Variables) => mutationFn(variables),
    onMutate: async (variables, { client }) => {
      await Promise.all(tables.map((table) => client.cancelQueries({ queryKey: [table] })));
      const undo = optimistic(client, variables);
      return typeof undo === 'function' ? [undo] : undo;
    },
    onSuccess: (data, variables) => onSuccess?.(data, variables),
    onError: (error, _variables, undos) => {
      for (const undo of undos?.toReversed() ?? []) undo();
      toast.error(errorMessage(error, t));
    },
    onSettled: async (_data, error, _variables, _undos, { client }) => {
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
