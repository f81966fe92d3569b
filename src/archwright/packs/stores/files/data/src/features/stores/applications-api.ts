import type { Tables } from '@/lib/database.types';
import { supabase } from '@/lib/supabase';

export type Application = Tables<'store_applications'>;

export interface ApplicationInput {
  name: string;
  slug: string;
  country: string;
  currency: string;
  about: string;
}

/** What one has applied for, the latest first. */
export async function fetchOwnApplications(
  userId: string,
  signal: AbortSignal,
): Promise<Application[]> {
  const { data } = await supabase
    .from('store_applications')
    .select()
    .eq('applicant_id', userId)
    .order('created_at', { ascending: false })
    .order('id', { ascending: false })
    .limit(20)
    .abortSignal(signal)
    .throwOnError();
  return data;
}

/** An application that waits for a decision, and whose it is. */
export type OpenApplication = Application & {
  applicant: { handle: string; display_name: string; avatar_path: string | null };
};

/** Those that wait longest, for administrators; who has decided these sees the next. */
export async function fetchOpenApplications(signal: AbortSignal): Promise<OpenApplication[]> {
  const { data } = await supabase
    .from('store_applications')
    .select(
      '*, applicant:profiles!store_applications_applicant_id_fkey(handle, display_name, avatar_path)',
    )
    .eq('status', 'submitted')
    .order('created_at')
    .order('id')
    .limit(20)
    .abortSignal(signal)
    .throwOnError();
  return data;
}

export async function applyForStore(input: ApplicationInput): Promise<void> {
  await supabase
    .rpc('apply_for_store', {
      p_name: input.name,
      p_slug: input.slug,
      p_country: input.country,
      p_currency: input.currency,
      p_about: input.about,
    })
    .throwOnError();
}

export interface Decision {
  id: string;
  approve: boolean;
  reason: string;
}

export async function decideApplication({ id, approve, reason }: Decision): Promise<void> {
  await supabase
    .rpc('decide_store_application', {
      p_application: id,
      p_approve: approve,
      p_reason: reason,
    })
    .throwOnError();
}

/** The currencies that a store can be opened in. */
export async function fetchCurrencies(signal: AbortSignal) {
  const { data } = await supabase.rpc('known_currencies').abortSignal(signal).throwOnError();
  return data;
}

/** What a name is in an address: "Café Blå" -> "cafe-bla"; "" where nothing of it is left. */
export function slugOf(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replaceAll(/^-+|-+$/g, '');
}
