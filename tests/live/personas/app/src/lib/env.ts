import { z } from 'zod';

const parsed = z
  .object({ VITE_SUPABASE_URL: z.url(), VITE_SUPABASE_PUBLISHABLE_KEY: z.string().min(20) })
  .safeParse(import.meta.env);
if (!parsed.success) throw new Error(`Invalid environment: ${z.prettifyError(parsed.error)}`);

export const env = parsed.data;
