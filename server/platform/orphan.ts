// A database left running by a Galley that was killed. Its process id is in postmaster.pid; it is
// only ever stopped when its command line names this very data folder.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Refusal } from '#server/platform/refusal.ts';

const STOP_WITHIN_MS = 20_000;

/**
 * Stops the database that still runs on `folder`, if any, and removes what a dead one left. Call it
 * with the lock held. Returns whether one was stopped.
 */
export async function stopOrphan(folder: string): Promise<boolean> {
  const pidFile = join(folder, 'postmaster.pid');
  let lines: string[];
  try {
    lines = readFileSync(pidFile, 'utf8').split('\n');
  } catch {
    return false;
  }
  // Lines: process id, data folder, start time, port, socket folder, ...
  const pid = Number(lines[0]);
  const socketFolder = lines[4] ?? '';
  const isOurs = Number.isInteger(pid) && pid > 1 && commandLine(pid).includes(folder);
  if (isOurs) {
    process.kill(pid, 'SIGINT');
    await untilGone(pid, folder);
  } else {
    // The process id may belong to somebody else by now, which would keep PostgreSQL from starting.
    await rm(pidFile, { force: true });
  }
  if (basename(socketFolder).startsWith('galley-')) {
    await rm(socketFolder, { recursive: true, force: true });
  }
  return isOurs;
}

async function untilGone(pid: number, folder: string): Promise<void> {
  const end = Date.now() + STOP_WITHIN_MS;
  while (commandLine(pid).includes(folder)) {
    if (Date.now() > end) {
      throw new Refusal(
        `A database of an earlier start (process ${pid}) still runs on ${folder} and does not stop. ` +
          `End it with: kill -QUIT ${pid}`,
      );
    }
    await wait(10);
  }
}

/** The command line of a process; empty when there is none. */
function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux') {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    }
    if (process.platform === 'win32') return '';
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}
