import { createContext, use } from 'react';
import type { TablesInsert } from '@/lib/database.types';

/** What is known of a video before it is there. */
export type UploadDraft = TablesInsert<'videos'>;

interface UploadDraftState {
  draft: UploadDraft;
  change: (change: Partial<UploadDraft>) => void;
}

export const UploadDraftContext = createContext<UploadDraftState | null>(null);

/** The video that is being uploaded, for the fields of the form. */
export function useUploadDraft(): UploadDraftState {
  const state = use(UploadDraftContext);
  if (!state) throw new Error('useUploadDraft must be used inside the upload form');
  return state;
}
