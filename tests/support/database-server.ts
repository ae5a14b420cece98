// Vitest's global setup: one embedded PostgreSQL for the whole run, with one migrated database in
// it that is copied for each test (tests/support/database.ts).
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chmod } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { createDatabase } from '#server/platform/database.ts';
import { databaseIdentity } from '#server/platform/identity.ts';
import { migrate, projectRoot } from '#server/platform/migrate.ts';
import { startPostgres } from '#server/platform/postgres.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Connection string of the run's server; its path names no database of a test. */
    databaseServer: string;
  }
}

/** The migrated database that tests copy. */
export const TEMPLATE = 'galley_template';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'galley-test-'));
  await chmod(dataDir, 0o711);
  const postgres = await startPostgres({
    dataDir,
    identity: databaseIdentity(dataDir),
    throwAway: true,
  });
  await createDatabase(postgres.url('postgres'), TEMPLATE);
  await migrate(postgres.url(TEMPLATE));
  project.provide('databaseServer', postgres.url('postgres'));
  return async () => {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
    // What tests/nodes/build.ts has built for this run.
    await rm(join(projectRoot(), `dist.nodes-${process.pid}`), { recursive: true, force: true });
  };
}
