import type { Enums } from '@/lib/database.types';
import { Constants } from '@/lib/database.types';
import { supabase } from '@/lib/supabase';

export type ReportReason = Enums<'report_reason'>;
export const reportReasons = Constants.public.Enums.report_reason;

export interface NewReport {
  kind: string;
  id: string;
  reason: ReportReason;
  details: string;
}

/** Reporting the same again while the first report is open is a success, too. */
export async function sendReport({ kind, id, reason, details }: NewReport): Promise<void> {
  await supabase
    .rpc('report_subject', {
      p_kind: kind,
      p_subject: id,
      p_reason: reason,
      p_details: details,
    })
    .throwOnError();
}
