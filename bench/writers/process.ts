// Processes of the bench: each on its own core where that can be had, and what they use of it.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';

export const serverCore = cpus().length - 1;
export const generatorCore = 0;

const canUse = (core: number): boolean =>
  spawnSync('taskset', ['-c', String(core), process.execPath, '--version']).status === 0;

/** True when processes can be kept on cores of their own. */
export const pins = cpus().length > 1 && canUse(serverCore) && canUse(generatorCore);

export function spawnOn(
  core: number,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; channel?: boolean; cwd: string },
): ChildProcess {
  const { env = process.env, channel = false, cwd } = options;
  const [command, first] = pins
    ? ['taskset', ['-c', String(core), process.execPath]]
    : [process.execPath, []];
  return spawn(command, [...first, ...args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe', ...(channel ? (['ipc'] as const) : [])],
  });
}

/** Moves a process and all its threads to a core; what it starts afterwards is there too. */
export function moveTo(core: number, pid: number | undefined): void {
  if (pins && pid !== undefined)
    spawnSync('taskset', ['-a', '-p', '-c', String(core), String(pid)]);
}

const fieldsOf = (pid: number | string): string[] =>
  readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
const tickMs = 10;

/** Milliseconds of CPU a process has used so far; not a number where the system does not tell. */
export function cpuOf(pid: number): number {
  try {
    // In nanoseconds, by thread; the usual figure is in hundredths of a second.
    let ns = 0;
    for (const thread of readdirSync(`/proc/${pid}/task`))
      ns += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
    return ns / 1e6;
  } catch {
    return Number.NaN;
  }
}

/** The same for a process and its children, those that have ended included: PostgreSQL. */
export function cpuOfTree(pid: number | undefined): number {
  if (pid === undefined) return Number.NaN;
  try {
    const [ended, endedInSystem] = fieldsOf(pid).slice(13, 15);
    let ms = (Number(ended) + Number(endedInSystem)) * tickMs + cpuOf(pid);
    for (const entry of readdirSync('/proc')) {
      if (!/^\d+$/.test(entry)) continue;
      try {
        if (fieldsOf(entry)[1] === String(pid)) ms += cpuOf(Number(entry));
      } catch {
        // It has ended meanwhile.
      }
    }
    return ms;
  } catch {
    return Number.NaN;
  }
}

/** Megabytes a process holds in memory. */
export function memoryOf(pid: number): number {
  try {
    const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) / 1024;
  } catch {
    return Number.NaN;
  }
}
