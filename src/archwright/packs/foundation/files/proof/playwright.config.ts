import { existsSync } from 'node:fs';
import { defineConfig, type LaunchOptions } from '@playwright/test';
import { origins } from './e2e/support/world';

if (existsSync('.env.local')) process.loadEnvFile('.env.local');

const { CI, E2E_CHROMIUM, E2E_CHROMIUM_ARGS, E2E_CHROMIUM_SANDBOX } = process.env;

/** Playwright's own browser (`npx playwright install chromium`), or the one that is named. */
const launchOptions: LaunchOptions = {
  args: E2E_CHROMIUM_ARGS?.split(' ').filter(Boolean) ?? [],
  chromiumSandbox: E2E_CHROMIUM_SANDBOX === '1',
  ...(E2E_CHROMIUM && { executablePath: E2E_CHROMIUM }),
};

export default defineConfig({
  testDir: './e2e',
  outputDir: './test-results',
  // one app for each worker, so that nobody changes what another one looks at
  workers: origins().length,
  fullyParallel: true,
  forbidOnly: Boolean(CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['html', { open: 'never' }]],
  use: {
    browserName: 'chromium',
    launchOptions,
    locale: 'en-US',
    timezoneId: 'UTC',
    viewport: { width: 1280, height: 800 },
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 15_000,
    // without a film, which costs more than all else of a trace
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: true, sources: true },
    screenshot: 'only-on-failure',
  },
});
