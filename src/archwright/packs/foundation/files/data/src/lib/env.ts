import { z } from 'zod';

const envSchema = z.object({
  VITE_SUPABASE_URL: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')),
  VITE_SUPABASE_PUBLISHABLE_KEY: z
    .string()
    .min(20)
    .refine((key) => !key.startsWith('sb_secret_'), 'a secret key must never reach the browser')
    .refine(
      (key) => claimedRole(key) !== 'service_role',
      'a service key must never reach the browser',
    ),
});

/** The role in a legacy key, which is a JSON web token; null for anything else. */
function claimedRole(key: string): unknown {
  try {
    const payload = (key.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const claims: unknown = JSON.parse(atob(payload));
    return typeof claims === 'object' && claims !== null && 'role' in claims ? claims.role : null;
  } catch {
    return null;
  }
}

export interface Env {
  supabaseUrl: string;
  supabaseKey: string;
}

/** Reads the environment, or throws an error that names each missing or wrong variable. */
export function readEnv(source: Record<string, unknown>): Env {
  const parsed = envSchema.safeParse(source);
  if (!parsed.success) throw new Error(`Invalid environment:\n${z.prettifyError(parsed.error)}`);
  return {
    supabaseUrl: parsed.data.VITE_SUPABASE_URL,
    supabaseKey: parsed.data.VITE_SUPABASE_PUBLISHABLE_KEY,
  };
}

export const env = readEnv(import.meta.env);
