// Where the embedded database keeps its files.
//
// DATA_DIR when it is set; else `.galley` in the checkout (`.galley-demo`, or DATA_DIR-demo, for the demo), so that one folder holds all of an
// installation and two checkouts never share a database. Only when Galley runs as root and the
// checkout is in a place the database's user cannot reach (a private home) it is a folder of this
// checkout's own under /var/lib/galley. Inside:
//   postgres/            the database, owned by the user it runs as, 0700
//   postgres.password    made once, readable by us alone
//   postgres.log         what PostgreSQL itself has to say (no statements, no article text)
//   postgres-VERSION/    a copy of the programs, only where they cannot be used in place
//   lock                 a listening socket: one Galley at a time
import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  readdirSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { closedFolders, databaseIdentity, type Identity } from '#server/platform/identity.ts';
import { Refusal } from '#server/platform/refusal.ts';

const OUR_NAMES = /^(postgres.*|lock.*)$/;

export interface DataDirectory {
  path: string;
  identity: Identity;
  /** A sentence for the person when the place is not the one they would look in. */
  notice?: string;
}

/** Chooses and makes the data directory; refuses one that cannot be used, with the cure. */
export function prepareDataDirectory(
  given: string | undefined,
  root: string,
  demo = false,
): DataDirectory {
  const suffix = demo ? '-demo' : '';
  if (given !== undefined && given !== '') return prepareGiven(resolve(given) + suffix);

  const inCheckout = join(root, `.galley${suffix}`);
  const elsewhere = join('/var/lib/galley', nameFor(root) + suffix);
  const first = makeUsable(inCheckout);
  namesIn(inCheckout);
  if (closedFolders(inCheckout, first).length === 0) return { path: inCheckout, identity: first };

  const identity = makeUsable(elsewhere);
  const closed = closedFolders(elsewhere, identity);
  if (closed.length > 0) throw unreachable(elsewhere, identity, closed);
  return {
    path: elsewhere,
    identity,
    notice:
      `The database runs as the user ${identity?.name ?? ''}, who cannot reach ${root}, ` +
      `so the data is kept in ${elsewhere}.`,
  };
}

function prepareGiven(path: string): DataDirectory {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat !== undefined && !stat.isDirectory()) {
    throw new Refusal(`DATA_DIR is ${path}, which is not a folder.`);
  }
  // A folder that is empty or holds our data is ours to open to the database's user; one that
  // somebody keeps other things in is not.
  const isOurs = stat === undefined || namesIn(path).every((name) => OUR_NAMES.test(name));
  const identity = isOurs ? makeUsable(path) : databaseIdentity(join(path, 'postgres'));
  const closed = closedFolders(path, identity);
  if (closed.length > 0) throw unreachable(path, identity, closed);
  return { path, identity };
}

function namesIn(path: string): string[] {
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return readdirSync(path);
  } catch {
    throw new Refusal(
      `The data directory ${path} may not be used by this user. Run Galley as the user it belongs ` +
        'to, or set DATA_DIR to another folder.',
    );
  }
}

/** Makes a folder of our own: private, or as root one that others may pass through but not read. */
function makeUsable(path: string): Identity {
  try {
    mkdirSync(path, { recursive: true });
    const identity = databaseIdentity(join(path, 'postgres'));
    const isOurs = process.getuid === undefined || statSync(path).uid === process.getuid();
    if (isOurs) chmodSync(path, identity === undefined ? 0o700 : 0o711);
    return identity;
  } catch (error) {
    throw new Refusal(
      `The data directory ${path} cannot be made (${(error as Error).message}). ` +
        'Set DATA_DIR to a folder you may write to.',
    );
  }
}

function unreachable(path: string, identity: Identity, closed: string[]): Refusal {
  const folders = closed.map((folder) => `'${folder}'`).join(' ');
  return new Refusal(
    `Galley runs as root, so its database runs as the user ${identity?.name ?? ''}, who cannot ` +
      `reach the data directory ${path}. Run: chmod o+x ${folders || `'${path}'`} - or set DATA_DIR ` +
      'to another folder.',
  );
}

function nameFor(root: string): string {
  return createHash('sha256').update(realpathSync(root)).digest('hex').slice(0, 12);
}
