/** Where an app runs: its pages, its API, and the keys to it. */
export interface World {
  site: string;
  api: string;
  key: string;
  /** Known where the app runs for the specs alone. */
  secret: string | null;
}

/** The addresses of the apps under test: one for each worker. */
export function origins(): readonly [string, ...string[]] {
  const { E2E_ORIGINS, E2E_URL } = process.env;
  const listed: unknown = JSON.parse(E2E_ORIGINS ?? '[]');
  const [first, ...rest] = Array.isArray(listed) ? listed.map(String) : [];
  return [first ?? E2E_URL ?? 'http://127.0.0.1:5173', ...rest];
}

/** The app of one worker; where there are fewer apps than workers, they share. */
export function worldOf(parallelIndex: number): World {
  const env = process.env;
  const all = origins();
  const site = all[parallelIndex % all.length] ?? all[0];
  // an app of a worker's own answers at one address for both
  const api = env['E2E_ORIGINS'] === undefined ? env['VITE_SUPABASE_URL'] : site;
  const key = env['VITE_SUPABASE_PUBLISHABLE_KEY'];
  if (api === undefined || key === undefined) {
    throw new Error('VITE_SUPABASE_URL and VITE_SUPABASE_PUBLISHABLE_KEY say where the API is');
  }
  return { site, api, key, secret: env['E2E_SECRET_KEY'] ?? null };
}
