import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useOptimisticMutation } from '@/lib/optimistic';
import { patchRow } from '@/lib/patch-row';
import type { ProductPicture, Variant } from './details-api';
import {
  addOption,
  addPicture,
  createProduct,
  deletePicture,
  generateVariants,
  setProductStatus,
  updateProduct,
  updateVariant,
  type PictureInput,
  type ProductInput,
  type ProductStatus,
  type VariantChange,
} from './editor-api';

/** Everything that shows products asks again. */
function useChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: ['products'] }),
        client.invalidateQueries({ queryKey: ['variants'] }),
      ]);
    },
  });
}

export function useCreateProduct(storeId: string) {
  return useChange((input: ProductInput) => createProduct(storeId, input));
}

export function useUpdateProduct(id: string) {
  return useChange((input: ProductInput) => updateProduct(id, input));
}

export function useSetStatus(id: string) {
  return useChange((status: ProductStatus) => setProductStatus(id, status));
}

export function useAddPicture() {
  return useChange((input: PictureInput) => addPicture(input));
}

export function useDeletePicture() {
  return useChange((picture: ProductPicture) => deletePicture(picture));
}

/** An option with its values, and at once the variants that it calls for. */
export function useAddOption(productId: string) {
  return useChange(async (input: { name: string; labels: readonly string[]; position: number }) => {
    await addOption(productId, input.name, input.labels, input.position);
    return generateVariants(productId);
  });
}

export function useGenerateVariants(productId: string) {
  return useChange(() => generateVariants(productId));
}

export function useUpdateVariant() {
  return useOptimisticMutation<VariantChange>({
    mutationKey: ['variants', 'update'],
    tables: ['variants'],
    mutationFn: updateVariant,
    optimistic: (client, { id, ...changes }) => patchRow<Variant>(client, 'variants', id, changes),
  });
}
