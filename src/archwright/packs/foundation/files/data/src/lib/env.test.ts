import { describe, expect, it } from 'vitest';
import { readEnv } from './env';

const url = 'https://example.supabase.co';
const key = 'sb_publishable_0123456789';

describe('readEnv', () => {
  it('reads the address without a trailing slash', () => {
    expect(readEnv({ VITE_SUPABASE_URL: `${url}/`, VITE_SUPABASE_PUBLISHABLE_KEY: key })).toEqual({
      supabaseUrl: url,
      supabaseKey: key,
    });
  });

  it('names the variable that is missing', () => {
    expect(() => readEnv({ VITE_SUPABASE_URL: url })).toThrow('VITE_SUPABASE_PUBLISHABLE_KEY');
    expect(() => readEnv({ VITE_SUPABASE_PUBLISHABLE_KEY: key })).toThrow('VITE_SUPABASE_URL');
  });

  it('refuses keys that must stay on the server', () => {
    const legacy = `header.${btoa(JSON.stringify({ role: 'service_role' }))}.signature`;
    const current = `sb_secret_${'0'.repeat(24)}`;
    for (const secret of [current, legacy]) {
      expect(() =>
        readEnv({ VITE_SUPABASE_URL: url, VITE_SUPABASE_PUBLISHABLE_KEY: secret }),
      ).toThrow('never reach the browser');
    }
  });
});
