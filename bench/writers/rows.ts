// What the runs of a scenario come to: of each figure the median, and between which values the runs lay.
import type { Job } from './job.ts';
import type { Run } from './run.ts';
import type { Scenario } from './scenarios.ts';

export interface Middle {
  median: number;
  least: number;
  most: number;
}

export interface Row {
  scenario: string;
  what: string;
  system: Job['system'];
  at: string;
  commit: string;
  how: { runs: number; seconds: number; load: number };
  aims: Scenario['aims'];
  /** Why there are no figures. */
  failed?: string;
  /** Of the stage, or of the fastest one that stayed within the bound. */
  p50?: Middle;
  p95?: Middle;
  p99?: Middle;
  serverCpu?: Middle;
  databaseCpu?: Middle;
  serverShare?: Middle;
  memoryEach?: Middle;
  lagP95?: Middle;
  generatorCpu?: Middle;
  /** Keystrokes a second at which p95 was within 100 and 250 ms; with a ramp only. */
  within100?: Middle;
  within250?: Middle;
  typed?: number;
  refused?: number;
  lost?: number;
  twice?: number;
  faults?: string[];
  runs?: Run[];
}

export interface Results {
  command: string;
  node: string;
  machine: { cpus: string; memory: string; pinned: boolean };
  versions: Record<string, string>;
  rows: Row[];
}

const round = (value: number): number => Number(value.toPrecision(4));

function middleOf(values: readonly number[]): Middle {
  const sorted = values.toSorted((a, b) => a - b).map(round);
  return {
    median: sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN,
    least: sorted[0] ?? Number.NaN,
    most: sorted.at(-1) ?? Number.NaN,
  };
}

/** The most keystrokes a second a run reached before the 95th percentile went over `ms`. */
function reached(run: Run, ms: number): number {
  let best = 0;
  for (const { p95, perSecond } of run.stages) {
    if (p95 > ms) break;
    best = perSecond;
  }
  return best;
}

/** The stage a run is known by: its only one, or the last within 250 ms. */
function chosen(run: Run): number {
  const last = run.stages.findLastIndex(({ p95 }) => p95 <= 250);
  return Math.max(0, last);
}

export function rowOf(
  { name, what, aims, stages, until }: Scenario,
  system: Job['system'],
  runs: readonly Run[],
  kept: Pick<Row, 'at' | 'commit' | 'how'>,
): Row {
  const ofStage = (pick: (run: Run, at: number) => number | undefined): Middle =>
    middleOf(runs.map((run) => pick(run, chosen(run)) ?? Number.NaN));
  const sum = (pick: (run: Run) => number): number =>
    runs.reduce((total, run) => total + pick(run), 0);
  const isRamp = until !== undefined && stages.length > 1;
  return {
    scenario: name,
    what,
    system,
    ...kept,
    aims,
    p50: ofStage((run, at) => run.stages[at]?.p50),
    p95: ofStage((run, at) => run.stages[at]?.p95),
    p99: ofStage((run, at) => run.stages[at]?.p99),
    serverCpu: ofStage((run, at) => run.use[at]?.serverCpu),
    databaseCpu: ofStage((run, at) => run.use[at]?.databaseCpu),
    serverShare: ofStage((run, at) => run.use[at]?.serverShare),
    memoryEach: middleOf(runs.map((run) => run.memoryEach)),
    lagP95: ofStage((run, at) => run.stages[at]?.lagP95),
    generatorCpu: ofStage((run, at) => run.stages[at]?.generatorCpu),
    ...(isRamp
      ? {
          within100: middleOf(runs.map((run) => reached(run, 100))),
          within250: middleOf(runs.map((run) => reached(run, 250))),
        }
      : {}),
    typed: sum((run) => run.typed),
    refused: sum((run) => run.refused),
    lost: sum((run) => run.lost),
    twice: sum((run) => run.twice),
    faults: [...new Set(runs.flatMap((run) => run.faults))],
    runs: [...runs],
  };
}
