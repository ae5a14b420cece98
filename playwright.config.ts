// Browser tests, one worker: each starts real servers and databases, and two cores are all we count on.
// `npm run e2e` finds a browser first and names it in CHROMIUM_PATH.
import { existsSync } from 'node:fs';
import { defineConfig, devices } from '@playwright/test';

const debian = '/usr/bin/chromium';
const browser = process.env['CHROMIUM_PATH'] ?? (existsSync(debian) ? debian : undefined);

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  workers: 1,
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: {
      timeout: 120_000,
      ...(browser === undefined ? {} : { executablePath: browser }),
    },
  },
});
