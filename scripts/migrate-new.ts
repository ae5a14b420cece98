// Works out a migration on a throw-away embedded PostgreSQL and writes it for a person to read.
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseIdentity } from '#server/platform/identity.ts';
import { projectRoot } from '#server/platform/migrate.ts';
import { startPostgres } from '#server/platform/postgres.ts';
import { schemaDrift } from '#server/platform/shadow.ts';

const name = process.argv[2] ?? '';
const scratch = await mkdtemp(join(tmpdir(), 'galley-migrate-'));
try {
  await chmod(scratch, 0o711); // As root, the database runs as somebody else.
  const identity = databaseIdentity(scratch);
  const postgres = await startPostgres({ dataDir: scratch, identity, throwAway: true });
  const sql = await schemaDrift(postgres.url('postgres')).finally(() => postgres.stop());
  if (sql === '') {
    console.log('The migrations already give the schema; there is nothing to write.');
  } else {
    const time = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
    const folder = join(projectRoot(), 'prisma', 'migrations', `${time}_${name}`);
    await mkdir(folder);
    await writeFile(join(folder, 'migration.sql'), `${sql}\n`);
    console.log(`Written: ${folder}/migration.sql. Read it before you commit it.`);
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}
