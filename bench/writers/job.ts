// What the process that types is told, and what it answers.

export interface Stage {
  /** Keystrokes a second of each writer. */
  rate: number;
  warmSeconds: number;
  seconds: number;
}

export interface Job {
  system: 'galley' | 'hocuspocus' | 'collab';
  url: string;
  cookies: string[];
  origin: string;
  articles: string[];
  writersEach: number;
  readersEach: number;
  /** How many writers of each article are whole clients, with their documents. */
  wholeEach: number;
  roundTrip: number;
  stages: Stage[];
  /** Further stages are left out once the 95th percentile is above this. */
  until?: number;
  /** At the end the server is killed, and what it has kept is looked at. */
  kill: boolean;
}

/** What came of one stage; times in milliseconds. */
export interface Measured {
  perSecond: number;
  keys: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
  /** Keystrokes that had not come everywhere some seconds after the end. */
  late: number;
  /** How far behind its schedule the generator was at the 95th percentile, and its share of its core. */
  lagP95: number;
  generatorCpu: number;
  /** When the stage was measured, on the generator's clock. */
  wallMs: number;
}

export interface Outcome {
  stages: Measured[];
  typed: number;
  refused: number;
  /** Keystrokes that are in the article less often, and more often, than they were struck. */
  lost: number;
  twice: number;
  faults: string[];
}

/** From the generator. */
export type Said =
  | { at: 'connected' }
  | { at: 'begin' }
  | { at: 'end' }
  | { at: 'quiet' }
  | { at: 'done'; outcome: Outcome };

/** To the generator: what it waits for after 'connected', 'begin', 'end' and 'quiet'. */
export type Told = { job: Job } | { go: true; url?: string };
