import type { ReportDialogState } from './report-dialog-store';

/** The menu that offers a report closes, so the form stands in the layout. */
export function reportDialogActions(
  set: (change: Partial<ReportDialogState>) => void,
  _get: () => ReportDialogState,
) {
  return {
    ask: (kind: string, id: string) => set({ subject: { kind, id } }),
    close: () => set({ subject: null }),
  };
}
