import { createClient } from '@supabase/supabase-js';
import type { Database } from './database.types';
import { env } from './env';

/** When to try again after a connection is lost: soon, not all at once, and without end. */
function reconnectAfterMs(tries: number): number {
  return Math.min(tries * 1000, 5000) * (0.75 + Math.random() / 2);
}

export const supabase = createClient<Database>(env.supabaseUrl, env.supabaseKey, {
  auth: {
    flowType: 'pkce',
    persistSession: true,
    autoRefreshToken: true,
    detectSessionInUrl: true,
  },
  realtime: { reconnectAfterMs },
});
