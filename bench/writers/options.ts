// What stands after `npm run bench -- writers`.
import type { Job } from './job.ts';
import { scenarios, type Scenario } from './scenarios.ts';
import { systemNames } from './systems.ts';

export interface Options {
  scenarios: Scenario[];
  systems: Job['system'][];
  /** Too short to be kept. */
  short: boolean;
}

const usage = `npm run bench -- writers [--short] [--only NAME,…] [--systems NAME,…] [--runs N] [--seconds N] [--ramp-seconds N]
  --short         one run of two seconds of everything, to see that it works; the results are not kept
  --only          these scenarios; what was kept of the others stays
  --systems       these systems: ${Object.keys(systemNames).join(', ')}
  --runs          how often each is measured (3)
  --seconds       how long (6)
  --ramp-seconds  how long each step of the ramp (3)`;

/** Reads the options; throws the usage for what it does not know. */
export function readOptions(args: readonly string[]): Options {
  const given = new Map<string, string>();
  for (let i = 0; i < args.length; i++) {
    const name = args[i] ?? '';
    if (name === '--short') given.set(name, 'yes');
    else if (/^--(only|systems|runs|seconds|ramp-seconds)$/.test(name))
      given.set(name, args[++i] ?? '');
    else throw new Error(usage);
  }
  const short = given.has('--short');
  const number = (name: string, otherwise: number): number => {
    const value = Number(given.get(name) ?? otherwise);
    if (!(value > 0)) throw new Error(usage);
    return value;
  };
  const known = scenarios({
    runs: number('--runs', short ? 1 : 3),
    warmSeconds: short ? 1 : 3,
    seconds: number('--seconds', short ? 2 : 6),
    rampSeconds: number('--ramp-seconds', short ? 1.5 : 3),
  });
  const pick = <T extends string>(name: string, all: readonly T[]): T[] => {
    const asked = given.get(name)?.split(',');
    if (asked?.some((one) => !all.some((it) => it === one))) throw new Error(usage);
    return all.filter((one) => asked?.includes(one) ?? true);
  };
  const only = pick(
    '--only',
    known.map(({ name }) => name),
  );
  return {
    scenarios: known.filter(({ name }) => only.includes(name)),
    systems: pick('--systems', Object.keys(systemNames) as Job['system'][]),
    short,
  };
}
