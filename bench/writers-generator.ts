// The process that types. It is told what to do over its channel, sits everybody down, types at the times that were set beforehand
// whatever the server does (an open loop), and looks at the end whether everything is there once.
import { percentile } from './figure.ts';
import { letterOf, type Client, type Driver, type Setup } from './writers/driver.ts';
import { fastParser } from './writers/fast-parser.ts';
import { GalleyDriver } from './writers/galley.ts';
import type { Job, Measured, Said, Stage, Told } from './writers/job.ts';
import { headline, paragraphs, placeOf } from './writers/text.ts';
import { Latencies } from './writers/tracker.ts';

const atOnce = 20;
/** How long is waited for stragglers at the end of a stage, and of everything. */
const stragglersMs = 3000;
const settleMs = 20_000;

const say = (said: Said): void => void process.send?.(said);
const heard: Told[] = [];
let listener: ((told: Told) => void) | null = null;
process.on('message', (told: Told) => {
  if (listener) listener(told);
  else heard.push(told);
});
process.on('disconnect', () => process.exit(1));

function hear(): Promise<Told> {
  const first = heard.shift();
  if (first) return Promise.resolve(first);
  return new Promise((resolve) => {
    listener = (told) => {
      listener = null;
      resolve(told);
    };
  });
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function until(look: () => boolean, ms: number): Promise<boolean> {
  const end = performance.now() + ms;
  while (!look()) {
    if (performance.now() > end) return false;
    await wait(20);
  }
  return true;
}

async function driverOf(job: Job, setup: Setup): Promise<Driver> {
  if (job.system === 'galley') return new GalleyDriver(setup);
  const at = new URL(`./peers/${job.system}-client.mjs`, import.meta.url).href;
  const { makeDriver } = (await import(at)) as { makeDriver(setup: Setup): Driver };
  return makeDriver(setup);
}

interface Seated {
  client: Client;
  n: number;
  article: string;
  writes: boolean;
}

async function sitDown(job: Job, driver: Driver): Promise<Seated[]> {
  const each = job.writersEach + job.readersEach;
  const seated: Seated[] = [];
  const coming: (() => Promise<void>)[] = [];
  for (let i = 0; i < each * job.articles.length; i++) {
    // One of each article in turn, so that all articles fill evenly.
    const at = Math.floor(i / job.articles.length);
    const article = job.articles[i % job.articles.length] ?? '';
    const writes = at < job.writersEach;
    const place = {
      ...placeOf(at),
      article,
      n: i,
      others: each - 1,
      whole: writes && at < job.wholeEach,
      writes,
    };
    coming.push(async () => {
      const client = driver.join(place);
      seated.push({ client, n: i, article, writes });
      await client.ready;
    });
  }
  const next = async (): Promise<void> => {
    for (let one = coming.shift(); one; one = coming.shift()) await one();
  };
  await Promise.all(Array.from({ length: atOnce }, next));
  return seated;
}

/** Types at the rate for the time; keys struck after the warm-up are counted. Resolves after the last with how late each was struck. */
function typeAway(
  writers: readonly Seated[],
  stage: Stage,
  typed: Map<number, number>,
  onCounting: () => void,
): Promise<number[]> {
  const perMs = (stage.rate * writers.length) / 1000;
  const total = Math.round((stage.warmSeconds + stage.seconds) * 1000 * perMs);
  const warm = Math.round(stage.warmSeconds * 1000 * perMs);
  const begun = performance.now() + 20;
  const lags: number[] = [];
  return new Promise((resolve) => {
    let i = 0;
    const strike = (): void => {
      for (; i < total; i++) {
        const due = begun + i / perMs;
        const now = performance.now();
        if (due > now) {
          setTimeout(strike, due - now);
          return;
        }
        if (i === warm) onCounting();
        if (i >= warm) lags.push(now - due);
        const writer = writers[i % writers.length];
        if (!writer) continue;
        typed.set(writer.n, (typed.get(writer.n) ?? 0) + 1);
        writer.client.type({ due, counted: i >= warm });
      }
      resolve(lags);
    };
    strike();
  });
}

async function measure(
  stage: Stage,
  writers: readonly Seated[],
  typed: Map<number, number>,
  latencies: Latencies,
): Promise<Measured> {
  latencies.take();
  let since = performance.now();
  let cpu = process.cpuUsage();
  const lags = await typeAway(writers, stage, typed, () => {
    since = performance.now();
    cpu = process.cpuUsage();
    say({ at: 'begin' });
  });
  const wallMs = performance.now() - since;
  const { user, system } = process.cpuUsage(cpu);
  say({ at: 'end' });
  await until(() => latencies.samples.length >= lags.length, stragglersMs);
  const samples = latencies.take();
  // Whatever has not come counts like the slowest that has: it will have taken longer.
  const late = lags.length - samples.length;
  const slowest = Math.max(stragglersMs, percentile(samples, 1) || 0);
  for (let i = 0; i < late; i++) samples.push(slowest);
  return {
    perSecond: stage.rate * writers.length,
    keys: samples.length,
    p50: percentile(samples, 0.5),
    p95: percentile(samples, 0.95),
    p99: percentile(samples, 0.99),
    max: percentile(samples, 1),
    late,
    lagP95: percentile(lags, 0.95),
    generatorCpu: (user + system) / 1000 / wallMs,
    wallMs,
  };
}

const waitingOf = (seated: readonly Seated[]): number =>
  seated.reduce((sum, { client }) => sum + client.waiting, 0);

/** Everything that must hold at the end, and does not. */
async function lookBack(
  job: Job,
  driver: Driver,
  seated: readonly Seated[],
  typed: ReadonlyMap<number, number>,
  latencies: Latencies,
): Promise<{ lost: number; twice: number; faults: string[] }> {
  const faults = new Set<string>();
  const isSettled = (): boolean =>
    waitingOf(seated) === 0 &&
    job.articles.every((article) => {
      const heads = new Set(
        seated.filter((one) => one.article === article).map((one) => one.client.head),
      );
      return heads.size === 1;
    });
  if (!job.kill && !(await until(isSettled, settleMs)))
    faults.add('Not everybody came to the same end.');
  if (!job.kill) {
    for (const { client } of seated) for (const fault of client.faults) faults.add(fault);
    if (latencies.missing > 0)
      faults.add(`${latencies.missing} changes did not come to everybody.`);
    if (latencies.doubled > 0) faults.add(`${latencies.doubled} changes came to somebody twice.`);
  }
  let [lost, twice] = [0, 0];
  for (const article of job.articles) {
    const text = await driver.textNow(article);
    const here = seated.filter((one) => one.article === article);
    for (const { client, n } of here) {
      const own = client.text();
      if (!job.kill && own !== null && own !== text) faults.add(`Client ${n} sees another text.`);
    }
    const counts = new Map<string, number>();
    for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    for (const { n, writes } of here) {
      const more = (counts.get(letterOf(n)) ?? 0) - (writes ? (typed.get(n) ?? 0) : 0);
      if (more > 0) twice += more;
      else lost -= more;
    }
  }
  return { lost, twice, faults: [...faults].slice(0, 10) };
}

async function work(job: Job): Promise<void> {
  const latencies = new Latencies();
  const { url, roundTrip, cookies, origin } = job;
  const setup = {
    url,
    roundTrip,
    cookies,
    origin,
    headline,
    paragraphs,
    tracker: latencies,
    parser: fastParser,
  };
  const driver = await driverOf(job, setup);
  const seated = await sitDown(job, driver);
  say({ at: 'connected' });
  await hear();
  const writers = seated.filter(({ writes }) => writes);
  const typed = new Map<number, number>();
  const stages: Measured[] = [];
  for (const stage of job.stages) {
    const measured = await measure(stage, writers, typed, latencies);
    stages.push(measured);
    if (measured.p95 > (job.until ?? Infinity)) break;
    await wait(300);
  }
  if (job.kill) {
    await until(() => waitingOf(writers) === 0, settleMs);
    say({ at: 'quiet' });
    const told = await hear();
    if ('go' in told && told.url !== undefined) setup.url = told.url;
  }
  const refused = seated.reduce((sum, { client }) => sum + client.refused, 0);
  const found = await lookBack(job, driver, seated, typed, latencies);
  const all = [...typed.values()].reduce((sum, many) => sum + many, 0);
  say({ at: 'done', outcome: { stages, typed: all, refused, ...found } });
  for (const { client } of seated) client.close();
  setTimeout(() => process.exit(0), 200);
}

const told = await hear();
if ('job' in told) await work(told.job);
