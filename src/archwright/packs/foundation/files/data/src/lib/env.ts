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

/** Says what is wrong with the project's address; null where nothing is. */
function addressFault(value: unknown): string | null {
  if (typeof value !== 'string' || !URL.canParse(value)) return 'the address of the project';
  return /^https?:/.test(value) ? null : 'an address that starts with http';
}

/** Says what is wrong with the key; null where it may be in a browser. */
function keyFault(value: unknown): string | null {
  if (typeof value !== 'string' || value.length < 20) return 'the publishable key of the project';
  const secret = value.startsWith('sb_secret_') || claimedRole(value) === 'service_role';
  return secret ? 'another key: this one must never reach the browser' : null;
}

/** Reads the environment, or throws an error that names each missing or wrong variable. */
export function readEnv(source: Record<string, unknown>): Env {
  const { VITE_SUPABASE_URL: url, VITE_SUPABASE_PUBLISHABLE_KEY: key } = source;
  const faults = Object.entries({
    VITE_SUPABASE_URL: addressFault(url),
    VITE_SUPABASE_PUBLISHABLE_KEY: keyFault(key),
  }).flatMap(([name, fault]) => (fault === null ? [] : [`${name} must be ${fault}`]));
  if (faults.length > 0) throw new Error(`Invalid environment:\n${faults.join('\n')}`);
  return { supabaseUrl: String(url).replace(/\/+$/, ''), supabaseKey: String(key) };
}

export const env = readEnv(import.meta.env);
