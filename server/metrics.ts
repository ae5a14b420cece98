/** What a server counts of itself, in the words of Prometheus. One registry a server, nothing global. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { RoomMeter } from '#server/review/room.ts';

/** What is read at the moment of asking. */
export interface Gauges {
  connections: number;
  seats: number;
  halls: number;
  nodes: number;
  rooms: number;
  queued: number;
  databaseAnswers: boolean;
  nodesHeard: boolean;
  converting: number;
  waitingToConvert: number;
}

export interface Meter extends RoomMeter {
  /** An event of a connection was answered: `ok` or a code of the table. */
  event(name: string, outcome: string): void;
  request(method: string, status: number, seconds: number): void;
  disconnected(): void;
  /** A reader took its frames too slowly. */
  heldBack(): void;
  /** A file was read or a copy written, or not: `ok`, `refused`, or why it was stopped. */
  converted(kind: string, outcome: string, seconds: number): void;
  /** Everything, as text. */
  text(): Promise<string>;
  readonly contentType: string;
}

const latencies = [0.002, 0.005, 0.01, 0.02, 0.04, 0.06, 0.1, 0.25, 0.5, 1, 2.5, 5];
const slow = [0.01, 0.03, 0.1, 0.3, 1, 3, 10];

/** `read` gives the gauges; it is called when somebody asks. With `process` also memory, CPU and the lag of the event loop. */
export function makeMeter(read: () => Gauges, options: { process: boolean }): Meter {
  const registry = new Registry();
  const registers = [registry];
  if (options.process) collectDefaultMetrics({ register: registry });
  const counter = (name: string, help: string, labelNames: string[] = []): Counter =>
    new Counter({ name: `galley_${name}_total`, help, labelNames, registers });
  const histogram = (
    name: string,
    help: string,
    buckets: number[],
    labelNames: string[] = [],
  ): Histogram => new Histogram({ name: `galley_${name}`, help, buckets, labelNames, registers });
  const gauge = (name: string, help: string, value: (now: Gauges) => number | boolean): Gauge =>
    new Gauge({
      name: `galley_${name}`,
      help,
      registers,
      collect() {
        this.set(Number(value(read())));
      },
    });

  const events = counter('events', 'Events of connections, by name and by outcome.', [
    'event',
    'outcome',
  ]);
  const commits = counter('commits', 'Commits stored by this node.');
  const foreign = counter('foreign_commits', 'Commits of other nodes that were read here.');
  const conflicts = counter('conflicts', 'Flushes that came after another node and were redone.');
  const disconnects = counter('disconnects', 'Connections that ended.');
  const behind = counter('slow_readers', 'Readers that were sent nothing more for a while.');
  const durable = histogram('commit_seconds', 'From arrival until durable.', latencies);
  const flush = histogram('flush_commits', 'Commits in one flush.', [1, 2, 4, 8, 16, 32, 50]);
  const requests = histogram('request_seconds', 'HTTP requests.', latencies, ['method', 'status']);
  const conversions = counter('conversions', 'Files read and copies written, by outcome.', [
    'kind',
    'outcome',
  ]);
  const kills = counter(
    'conversions_killed',
    'Conversions whose process was ended, by the limit.',
    ['kind', 'limit'],
  );
  const conversion = histogram('conversion_seconds', 'Reading a file or writing a copy.', slow, [
    'kind',
  ]);
  gauge('connections', 'Live connections.', (now) => now.connections);
  gauge('readers', 'Places taken in articles.', (now) => now.seats);
  gauge('articles_with_readers', 'Articles with a reader on this node.', (now) => now.halls);
  gauge('articles_open', 'Articles in memory.', (now) => now.rooms);
  gauge('commits_queued', 'Commits that wait to be stored.', (now) => now.queued);
  gauge('nodes', 'Nodes on this database, this one included.', (now) => now.nodes);
  gauge('database_up', '1 while the database answers.', (now) => now.databaseAnswers);
  gauge('conversions_running', 'Conversions that run.', (now) => now.converting);
  gauge('conversions_waiting', 'Conversions that wait.', (now) => now.waitingToConvert);
  gauge('nodes_heard', '1 while notices of the database arrive.', (now) => now.nodesHeard);

  return {
    event: (event, outcome) => events.inc({ event, outcome }),
    stored: (count, seconds) => {
      commits.inc(count);
      flush.observe(count);
      durable.observe(seconds);
    },
    conflict: () => conflicts.inc(),
    foreign: (count) => foreign.inc(count),
    request: (method, status, seconds) =>
      requests.observe({ method, status: `${Math.floor(status / 100)}xx` }, seconds),
    disconnected: () => disconnects.inc(),
    heldBack: () => behind.inc(),
    converted: (kind, outcome, seconds) => {
      conversions.inc({ kind, outcome });
      if (outcome === 'time' || outcome === 'memory') kills.inc({ kind, limit: outcome });
      if (outcome !== 'busy') conversion.observe({ kind }, seconds);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
