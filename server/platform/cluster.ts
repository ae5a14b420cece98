// The files of the embedded database: made once by initdb, its password beside them.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries } from '#server/platform/binaries.ts';
import { asUser, type Identity } from '#server/platform/identity.ts';
import { stopOrphan } from '#server/platform/orphan.ts';
import { Refusal } from '#server/platform/refusal.ts';

/** The one database user of an embedded server. */
export const DATABASE_USER = 'galley';

export interface Cluster {
  folder: string;
  password: string;
  /** True when it was made just now. */
  isNew: boolean;
}

/** Opens the cluster of a data directory, making it when there is none. */
export async function openCluster(
  dataDir: string,
  binaries: Binaries,
  identity: Identity,
): Promise<Cluster> {
  const folder = join(dataDir, 'postgres');
  const passwordFile = join(dataDir, 'postgres.password');
  const exists = existsSync(join(folder, 'PG_VERSION'));
  if (exists) await checkVersion(folder, binaries);
  if (exists && !existsSync(passwordFile)) {
    throw new Refusal(
      `The file ${passwordFile} is missing, so the database beside it cannot be opened. ` +
        'Put it back from a copy of the data directory.',
    );
  }
  if (!existsSync(passwordFile)) {
    const secret = randomBytes(24).toString('base64url');
    await writeFile(`${passwordFile}.new`, secret, { mode: 0o600 });
    await rename(`${passwordFile}.new`, passwordFile);
  }
  const password = (await readFile(passwordFile, 'utf8')).trim();
  if (!exists) await initialise(folder, password, binaries, identity);
  return { folder, password, isNew: !exists };
}

/** Deletes a cluster for good; call it with the lock held. A database still running on it is ended. */
export async function removeCluster(dataDir: string): Promise<void> {
  const folder = join(await realpath(dataDir), 'postgres');
  await stopOrphan(folder);
  await rm(folder, { recursive: true, force: true });
}

async function checkVersion(folder: string, binaries: Binaries): Promise<void> {
  const version = (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim();
  if (version === String(binaries.major)) return;
  throw new Refusal(
    `The data in ${folder} was written by PostgreSQL ${version}, but PostgreSQL ${binaries.major} ` +
      'was found. Install the version that wrote it, or set DATA_DIR to a new folder.',
  );
}

/** A cluster is complete once it has its name; one that was cut short is made again. */
async function initialise(
  folder: string,
  password: string,
  binaries: Binaries,
  identity: Identity,
): Promise<void> {
  const part = `${folder}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { mode: 0o700 });
  // The password file stands inside a private folder and is gone before initdb would mind it.
  const secrets = `${folder}.init`;
  await rm(secrets, { recursive: true, force: true });
  await mkdir(secrets, { mode: 0o700 });
  const passwordFile = join(secrets, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (identity !== undefined) {
    for (const path of [part, secrets, passwordFile]) await chown(path, identity.uid, identity.gid);
  }
  // The builtin locale sorts by code point on every system alike; PostgreSQL 17 brought it.
  const locale =
    binaries.major >= 17
      ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
      : ['--locale=C'];
  const args = ['-D', part, '-U', DATABASE_USER, '-A', 'scram-sha-256', '-E', 'UTF8'];
  try {
    await run(binaries.initdb, [...args, ...locale, `--pwfile=${passwordFile}`], identity);
  } finally {
    await rm(secrets, { recursive: true, force: true });
  }
  await rename(part, folder);
}

function run(program: string, args: string[], identity: Identity): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: '/',
      env: databaseEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      ...asUser(identity),
    });
    let said = '';
    const hear = (chunk: Buffer): void => {
      said = (said + chunk.toString()).slice(-4000);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Refusal(`The database could not be made: ${said.trim()}`));
    });
  });
}

/** Our environment without PG* settings of other databases, in the plain locale. */
export function databaseEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('PG') && !name.startsWith('LC_') && !name.startsWith('NODE'),
  );
  return { ...Object.fromEntries(own), LANG: 'C', LC_ALL: 'C' };
}
