import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { errorMessage } from '@/lib/errors';
import { useSession } from '@/lib/session';
import { mergeCart } from './carts-api';
import { useGuestCartStore } from './guest-cart-store';

/** What was chosen as a guest goes into the member's cart once they are signed in; until that has worked it stays here. */
export function useMergeCart(): void {
  const { t } = useTranslation();
  const { userId } = useSession();
  const client = useQueryClient();
  const lines = useGuestCartStore((state) => state.lines);
  const forget = useGuestCartStore((state) => state.forget);
  const { mutate } = useMutation({
    mutationKey: ['cart_lines', 'merge'],
    scope: { id: 'cart_lines merge' },
    mutationFn: mergeCart,
    onSuccess: async (_data, merged) => {
      forget(merged);
      // a first fetch that began before the merge would be taken for the answer
      await client.cancelQueries({ queryKey: ['cart_lines'] });
      await client.invalidateQueries({ queryKey: ['cart_lines'] });
    },
    onError: (error) => toast.error(errorMessage(error, t)),
  });
  useEffect(() => {
    if (userId !== null && lines.length > 0) mutate(lines);
  }, [userId, lines, mutate]);
}
