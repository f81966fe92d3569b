import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** Sources that the built app may load from, besides itself. */
function contentSecurityPolicy(supabaseUrl: string): string {
  const socketUrl = supabaseUrl.replace(/^http/, 'ws');
  const directives = {
    'default-src': ["'self'"],
    'script-src': ["'self'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:', supabaseUrl],
    'media-src': ["'self'", 'blob:', supabaseUrl],
    'connect-src': ["'self'", supabaseUrl, socketUrl],
    'worker-src': ["'self'", 'blob:'],
    'object-src': ["'none'"],
    'base-uri': ["'self'"],
    'form-action': ["'self'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.filter(Boolean).join(' ')}`)
    .join('; ');
}

/** Build only: the development server needs an inline script for fast refresh. */
function contentSecurityPolicyPlugin(): Plugin {
  let supabaseUrl = '';
  return {
    name: 'content-security-policy',
    apply: 'build',
    configResolved(config) {
      supabaseUrl = String(config.env['VITE_SUPABASE_URL'] ?? '');
    },
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: {
          'http-equiv': 'Content-Security-Policy',
          content: contentSecurityPolicy(supabaseUrl),
        },
        injectTo: 'head-prepend',
      },
    ],
  };
}

export default defineConfig({
  plugins: [react(), tailwindcss(), contentSecurityPolicyPlugin()],
  resolve: { tsconfigPaths: true },
  cacheDir: '.cache/vite',
  build: {
    target: 'es2024',
    manifest: true,
    rolldownOptions: {
      output: {
        // what changes with the libraries only stays in the browser's cache
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|react-router|scheduler)\// },
            { name: 'supabase', test: /node_modules\/@supabase\// },
          ],
        },
      },
    },
  },
  test: {
    environment: 'happy-dom',
    isolate: false, // several times faster; spies and globals are restored after each test
    setupFiles: ['./src/test/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
    testTimeout: 30_000, // a busy machine is no failure
    hookTimeout: 30_000,
    unstubGlobals: true,
    env: {
      VITE_SUPABASE_URL: 'http://127.0.0.1:54321',
      VITE_SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_for_unit_tests',
    },
  },
});
