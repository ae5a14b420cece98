// Unit, contract and platform tests. Browser tests are Playwright's (playwright.config.ts).
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    exclude: ['tests/e2e/**', '**/node_modules/**'],
    globalSetup: ['tests/support/database-server.ts', 'tests/support/convert-program.ts'],
    setupFiles: ['tests/support/silent-console.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // What a test polls for comes when it comes: one second, as it would be, is a guess about the machine.
    expect: { poll: { timeout: 30_000 } },
    testTimeout: 90_000,
    hookTimeout: 120_000,
    teardownTimeout: 20_000,
  },
});
