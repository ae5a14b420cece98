// A PostgreSQL of a test's own, that writes to the disk as a real one does; the one all tests share does not.
import { readFileSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase } from '#server/platform/database.ts';
import { databaseIdentity } from '#server/platform/identity.ts';
import { migrate } from '#server/platform/migrate.ts';
import { startPostgres } from '#server/platform/postgres.ts';

export interface OwnPostgres {
  /** A migrated database. */
  url: string;
  pid(): number;
  /** Seconds of CPU that it and all its processes have taken so far; 0 where the system does not tell. */
  cpuSeconds(): number;
  end(): Promise<void>;
}

export async function ownPostgres(): Promise<OwnPostgres> {
  const dataDir = await mkdtemp(join(tmpdir(), 'galley-nodes-'));
  await chmod(dataDir, 0o711);
  const postgres = await startPostgres({ dataDir, identity: databaseIdentity(dataDir) });
  const url = postgres.url('house');
  await createDatabase(postgres.url('postgres'), 'house');
  await migrate(url);
  return {
    url,
    pid: postgres.pid,
    cpuSeconds: () => cpuOf(postgres.pid()),
    end: async () => {
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Clock ticks are hundredths of a second on every Linux. */
const ticks = 100;

/** The fields of /proc/PID/stat behind the name; null for a process that has gone. */
function fieldsOf(pid: string): number[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat
      .slice(stat.lastIndexOf(')') + 4)
      .split(' ')
      .map(Number);
  } catch {
    return null;
  }
}

/** What a process took, with its children that have ended, and with those that live. */
function cpuOf(pid: number): number {
  const own = fieldsOf(String(pid));
  if (!own) return 0;
  const sum = (fields: readonly number[], from: number, to: number): number =>
    fields.slice(from, to).reduce((all, one) => all + one, 0);
  let spent = sum(own, 10, 14);
  for (const other of readdirSync('/proc')) {
    const fields = /^\d+$/.test(other) ? fieldsOf(other) : null;
    if (fields?.[0] === pid) spent += sum(fields, 10, 12);
  }
  return spent / ticks;
}
