// What is tried, and what it is meant to reach.
import type { Job, Stage } from './job.ts';

export interface Scenario {
  name: string;
  what: string;
  writersEach: number;
  readersEach: number;
  articles: number;
  wholeEach: number;
  roundTrip: number;
  stages: Stage[];
  until?: number;
  kill: boolean;
  runs: number;
  systems: readonly Job['system'][];
  /** For Galley: at most so many milliseconds, milliseconds of CPU for a key, megabytes for a client, lost keys; at least so many keys a second. */
  aims: Partial<Record<'p95' | 'cpu' | 'memory' | 'lost' | 'reached', number>>;
}

export interface Times {
  runs: number;
  warmSeconds: number;
  seconds: number;
  rampSeconds: number;
}

const all = ['galley', 'hocuspocus', 'collab'] as const;
/** Keystrokes a second of each of fifty writers. */
const rampRates = [10, 20, 40, 60, 80, 120, 180, 260];

export function scenarios({ runs, warmSeconds, seconds, rampSeconds }: Times): Scenario[] {
  const stage = { rate: 3, warmSeconds, seconds };
  const usual = {
    readersEach: 0,
    articles: 1,
    wholeEach: 2,
    roundTrip: 0,
    stages: [stage],
    kill: false,
    runs,
    systems: all,
  };
  return [
    {
      ...usual,
      name: 'writers-10',
      what: '10 writers',
      writersEach: 10,
      wholeEach: 10,
      aims: { cpu: 0.35 },
    },
    {
      ...usual,
      name: 'writers-50',
      what: '50 writers',
      writersEach: 50,
      wholeEach: 5,
      aims: { cpu: 0.35 },
    },
    {
      ...usual,
      name: 'writers-200',
      what: '200 writers',
      writersEach: 200,
      aims: { p95: 60, cpu: 0.35, memory: 1 },
    },
    {
      ...usual,
      name: 'ramp',
      what: '50 writers, faster and faster',
      writersEach: 50,
      wholeEach: 0,
      stages: rampRates.map((rate) => ({ rate, warmSeconds: 1, seconds: rampSeconds })),
      until: 250,
      aims: { reached: 3000 },
    },
    {
      ...usual,
      name: 'far',
      what: '50 writers, 80 ms there and back',
      writersEach: 50,
      wholeEach: 5,
      roundTrip: 80,
      aims: { p95: 150 },
    },
    {
      ...usual,
      name: 'readers',
      what: '10 writers and 1,000 readers',
      writersEach: 10,
      readersEach: 1000,
      aims: { p95: 150, memory: 1 },
    },
    {
      ...usual,
      name: 'articles',
      what: '50 articles with 4 writers each',
      writersEach: 4,
      articles: 50,
      wholeEach: 1,
      aims: { cpu: 0.35 },
    },
    {
      ...usual,
      name: 'kill',
      what: '10 writers; the server is killed once all is confirmed, and started anew',
      writersEach: 10,
      stages: [{ ...stage, seconds: Math.min(seconds, 5) }],
      kill: true,
      runs: 1,
      aims: { lost: 0 },
    },
  ];
}
