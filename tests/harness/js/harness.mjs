// What a script that runs against the gateway imports as './harness.mjs'.
import { writeFileSync } from 'node:fs';
import { createClient } from '@supabase/supabase-js';

export const url = process.env.VITE_SUPABASE_URL;
export const key = process.env.VITE_SUPABASE_PUBLISHABLE_KEY;

const auth = { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false };

/** A client of its own: with an access token, or as nobody. */
export const connect = (token, apikey = key, more = {}) =>
  createClient(url, apikey, {
    auth: { ...auth, ...more },
    global: token ? { headers: { Authorization: `Bearer ${token}` } } : {},
  });

/** Hands a value to the Python side; the last call counts. */
export const report = (value) =>
  writeFileSync(process.env.HARNESS_RESULT, JSON.stringify(value ?? null));

const results = {};

/** Runs one named check; what it throws becomes its result. */
export async function check(name, work) {
  if (name in results) throw new Error(`two checks are named ${name}`);
  try {
    await work();
    results[name] = 'ok';
  } catch (error) {
    results[name] = String(error?.message ?? error);
  }
  report(results);
}

/** Unwraps an answer of supabase-js, which must be a success. */
export function good({ data, error }) {
  if (error) throw new Error(`${error.code}: ${error.message} ${error.details ?? ''}`);
  return data;
}
