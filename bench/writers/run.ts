// One run of one scenario on one system: a server, the process that types, and what both used meanwhile.
import { once } from 'node:events';
import { join } from 'node:path';
import { projectRoot } from '#server/platform/migrate.ts';
import { origin, type BenchHouse } from './house.ts';
import type { Job, Outcome, Said, Told } from './job.ts';
import { cpuOf, cpuOfTree, generatorCore, memoryOf, spawnOn } from './process.ts';
import type { Scenario } from './scenarios.ts';
import { startSystem } from './systems.ts';

const patienceMs = 180_000;

export interface StageUse {
  /** Milliseconds of CPU for each keystroke: of the server's process, and of its PostgreSQL. */
  serverCpu: number;
  databaseCpu: number;
  /** Share of the core that the server's process used. */
  serverShare: number;
}

export interface Run extends Outcome {
  use: StageUse[];
  /** Megabytes of the server for each client that came, and in all at the end. */
  memoryEach: number;
  memory: number;
}

export async function runOnce(
  scenario: Scenario,
  system: Job['system'],
  house: BenchHouse,
): Promise<Run> {
  const server = await startSystem(system, house, scenario.articles);
  const { writersEach, readersEach, wholeEach, roundTrip, stages, until, kill } = scenario;
  const clients = (writersEach + readersEach) * scenario.articles;
  const job: Job = {
    system,
    url: server.url,
    cookies: system === 'galley' ? house.cookies : [],
    origin,
    articles: server.articles,
    writersEach,
    readersEach,
    wholeEach,
    roundTrip,
    stages,
    kill,
    ...(until === undefined ? {} : { until }),
  };
  const child = spawnOn(
    generatorCore,
    ['--import', import.meta.resolve('tsx'), join(projectRoot(), 'bench', 'writers-generator.ts')],
    { channel: true, cwd: projectRoot() },
  );
  let out = '';
  child.stdout?.on('data', (chunk) => (out += String(chunk)));
  child.stderr?.on('data', (chunk) => (out += String(chunk)));
  const tell = (told: Told): void => void child.send(told);
  const gone = once(child, 'exit');
  const before = memoryOf(server.pid);
  let memoryEach = Number.NaN;
  const marks: { server: number; database: number }[] = [];
  const mark = (): void =>
    void marks.push({ server: cpuOf(server.pid), database: cpuOfTree(server.databasePid) });
  try {
    const outcome = await new Promise<Outcome>((resolve, reject) => {
      const tooLong = setTimeout(
        () => reject(new Error(`Nothing came within ${patienceMs / 1000} s.`)),
        patienceMs,
      );
      void gone.then(() => reject(new Error(`The generator ended: ${out.slice(-1500)}`)));
      child.on('message', (said: Said) => {
        if (said.at === 'begin' || said.at === 'end') mark();
        else if (said.at === 'connected')
          setTimeout(() => {
            memoryEach = (memoryOf(server.pid) - before) / clients;
            tell({ go: true });
          }, 1000);
        else if (said.at === 'quiet')
          void server
            .end('SIGKILL')
            .then(() => server.again())
            .then(() => tell({ go: true }), reject);
        else {
          clearTimeout(tooLong);
          resolve(said.outcome);
        }
      });
      tell({ job });
    });
    const use = outcome.stages.map(({ perSecond, wallMs }, i): StageUse => {
      const [from, to] = [marks[i * 2], marks[i * 2 + 1]];
      if (!from || !to) throw new Error('A stage was not marked.');
      const keys = (perSecond * wallMs) / 1000;
      return {
        serverCpu: (to.server - from.server) / keys,
        databaseCpu: (to.database - from.database) / keys,
        serverShare: (to.server - from.server) / wallMs,
      };
    });
    return { ...outcome, use, memoryEach, memory: memoryOf(server.pid) };
  } finally {
    child.kill('SIGKILL');
    await server.end('SIGTERM');
  }
}
