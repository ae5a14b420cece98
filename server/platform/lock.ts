// One Galley per data directory. The lock is a listening local socket: it ends with its process,
// however that ends, so nothing has to be guessed from process ids.
import { createHash, randomBytes } from 'node:crypto';
import { link, rename, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { realpathSync } from 'node:fs';
import { Refusal } from '#server/platform/refusal.ts';

/** A socket's path may not be longer than 107 bytes (103 on macOS); leave room for our suffixes. */
const LONGEST_PATH = 80;

export interface Lock {
  release(): Promise<void>;
}

/** Takes the lock of a data directory or refuses when another process holds it. */
export async function takeLock(dataDir: string): Promise<Lock> {
  const server = createServer((socket) => socket.destroy());
  server.unref();
  if (process.platform === 'win32') {
    await listen(server, String.raw`\\.\pipe\galley-${nameOf(dataDir)}`).catch(() => {
      throw taken(dataDir);
    });
    return { release: () => close(server) };
  }
  const path = lockPath(dataDir);
  const own = `${path}.${randomBytes(4).toString('hex')}`;
  await listen(server, own);
  try {
    // link() is atomic and never replaces: of two that start at once, one gets the name.
    for (let attempt = 0; !(await linkUnlessTaken(own, path)); attempt++) {
      if (attempt > 20 || !(await removeIfDead(path))) throw taken(dataDir);
    }
  } catch (error) {
    await close(server);
    throw error;
  } finally {
    await rm(own, { force: true });
  }
  return {
    release: async () => {
      await rm(path, { force: true });
      await close(server);
    },
  };
}

function taken(dataDir: string): Refusal {
  return new Refusal(
    `Another Galley is running on the data in ${dataDir}. Stop it first, or start this one with ` +
      'another DATA_DIR (and PORT).',
  );
}

function lockPath(dataDir: string): string {
  const inside = join(dataDir, 'lock');
  return Buffer.byteLength(inside) <= LONGEST_PATH ? inside : `/tmp/galley-lock-${nameOf(dataDir)}`;
}

function nameOf(dataDir: string): string {
  return createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 16);
}

async function linkUnlessTaken(own: string, path: string): Promise<boolean> {
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Removes a socket nobody listens on; false when somebody does. It is moved aside before the last
 * look, so that a lock taken in between is put back instead of deleted.
 */
async function removeIfDead(path: string): Promise<boolean> {
  if (await answers(path)) return false;
  const aside = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw error;
  }
  const alive = await answers(aside);
  if (alive) await linkUnlessTaken(aside, path);
  await rm(aside, { force: true });
  return !alive;
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    // A full backlog or a missing right means that somebody is there.
    socket.once('error', (error: NodeJS.ErrnoException) => {
      resolve(
        error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT' && error.code !== 'ENOTSOCK',
      );
    });
  });
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
