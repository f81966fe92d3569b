import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  addCategory,
  changeCategory,
  deleteCategory,
  type CategoryInput,
} from './category-admin-api';

function useChange<Input>(mutationFn: (input: Input) => Promise<void>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () => client.invalidateQueries({ queryKey: ['categories'] }),
  });
}

/** Adds a category, or changes the one with the id. */
export function useSaveCategory(id: string | null) {
  return useChange((input: CategoryInput) =>
    id === null ? addCategory(input) : changeCategory(id, input),
  );
}

export function useDeleteCategory() {
  return useChange((id: string) => deleteCategory(id));
}
