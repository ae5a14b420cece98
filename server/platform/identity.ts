// Who the database runs as. PostgreSQL refuses to run as root, so root hands it to another user;
// then every folder it needs must be one that user can reach.
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Refusal } from '#server/platform/refusal.ts';

/** The user a child process becomes; `undefined` stands for "as we are". */
export type Identity = { uid: number; gid: number; name: string } | undefined;

/**
 * The user for the database: ourselves, or as root the owner of an existing data folder, else
 * `postgres`, else `nobody`.
 */
export function databaseIdentity(dataFolder: string): Identity {
  if (process.getuid?.() !== 0) return undefined;
  const users = readUsers();
  const owner = ownerOf(dataFolder);
  if (owner !== undefined && owner.uid !== 0) {
    const name = users.find((user) => user.uid === owner.uid)?.name ?? String(owner.uid);
    return { ...owner, name };
  }
  const found = ['postgres', 'nobody'].map((name) => users.find((user) => user.name === name));
  return found.find((user) => user !== undefined) ?? { uid: 65534, gid: 65534, name: 'nobody' };
}

function readUsers(): { name: string; uid: number; gid: number }[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
}

function ownerOf(path: string): { uid: number; gid: number } | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? undefined : { uid: stat.uid, gid: stat.gid };
}

/** spawn options that make a child run as `identity`. */
export function asUser(identity: Identity): { uid?: number; gid?: number } {
  return identity === undefined ? {} : { uid: identity.uid, gid: identity.gid };
}

/** Whether `identity` can enter an existing folder; asked of the system itself, so ACLs count. */
export function canEnter(folder: string, identity: Identity): boolean {
  if (identity === undefined) return true;
  const asked = spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], {
    cwd: '/',
    stdio: 'ignore',
    ...asUser(identity),
  });
  if (asked.error !== undefined) {
    throw new Refusal(
      `Galley runs as root but may not start the database as the user ${identity.name} ` +
        `(${asked.error.message}). Run Galley as an ordinary user, or set DATABASE_URL.`,
    );
  }
  return asked.status === 0;
}

/** The folders on the way to `folder` that `identity` cannot enter, outermost first. */
export function closedFolders(folder: string, identity: Identity): string[] {
  const way: string[] = [];
  for (let dir = resolve(folder); ; dir = dirname(dir)) {
    way.unshift(dir);
    if (dir === dirname(dir)) break;
  }
  if (canEnter(resolve(folder), identity)) return [];
  return way.filter((dir) => !opensTo(dir, identity));
}

function opensTo(folder: string, identity: Identity): boolean {
  if (identity === undefined) return true;
  const stat = statSync(folder);
  if (stat.uid === identity.uid) return (stat.mode & 0o100) !== 0;
  if (stat.gid === identity.gid) return (stat.mode & 0o010) !== 0;
  return (stat.mode & 0o001) !== 0;
}
