// What Galley is measured in: its own PostgreSQL, a thousand people who are signed in, and as many articles as are asked for.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import pg from 'pg';
import { schema } from '#core/article/schema.ts';
import { newReview } from '#core/sync/review.ts';
import { startServer } from '#server/app.ts';
import { readConfig } from '#server/config.ts';
import { makeLog } from '#server/log.ts';
import { openHouse } from '#server/platform/database.ts';
import { projectRoot } from '#server/platform/migrate.ts';
import { openDatabase } from '#server/store/client.ts';
import { PrismaStore } from '#server/store/prisma.ts';
import { moveTo, serverCore } from './process.ts';
import { headline, paragraphs } from './text.ts';

/** The address the house is known under. */
export const origin = 'http://galley.test';
const atOnce = 8;

export interface BenchHouse {
  scratch: string;
  databaseUrl: string;
  databasePid(): number | undefined;
  /** By number: what somebody is signed in with. */
  cookies: string[];
  newArticle(): Promise<string>;
  /** Another database on the same server. */
  otherDatabase(): Promise<string>;
  end(): Promise<void>;
}

export async function openBenchHouse(people: number): Promise<BenchHouse> {
  const scratch = await mkdtemp(join(tmpdir(), 'galley-bench-'));
  const data = await mkdtemp(join(tmpdir(), 'galley-bench-data-'));
  const house = await openHouse({ dataDir: data });
  moveTo(serverCore, house.databasePid());
  const cookies = await signIn(house.databaseUrl, people);
  const database = openDatabase(house.databaseUrl, { max: 2 });
  const store = new PrismaStore(database);
  const run = `${Date.now().toString(36)}`;
  let made = 0;
  let others = 0;
  return {
    scratch,
    databaseUrl: house.databaseUrl,
    databasePid: () => house.databasePid(),
    cookies,
    async newArticle() {
      const doc = schema.node('doc', null, [
        schema.node('headline', null, [schema.text(headline)]),
        ...paragraphs.map((words) => schema.node('block', null, [schema.text(words)])),
      ]);
      const info = { id: `bench-${run}-${++made}`, language: 'en', stage: 'desk' as const };
      const review = newReview(info, [], doc);
      const at = new Date().toISOString();
      await store.createArticle({ info, doc, review, importFlags: [], createdBy: 'writer-0', at });
      return info.id;
    },
    async otherDatabase() {
      const name = `other_${++others}`;
      const client = new pg.Client({ connectionString: house.databaseUrl });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      const url = new URL(house.databaseUrl);
      url.pathname = `/${name}`;
      return url.href;
    },
    async end() {
      await store.close();
      await house.stop();
      for (const folder of [scratch, data]) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Makes so many editors and signs each in. */
async function signIn(databaseUrl: string, people: number): Promise<string[]> {
  const log = makeLog('error', new Writable({ write: (_chunk, _encoding, done) => done() }));
  const server = await startServer({
    config: readConfig({ PORT: '0', GALLEY_DEMO: '1', PUBLIC_URL: origin }),
    databaseUrl,
    pages: join(projectRoot(), 'tests', 'server', 'pages'),
    log,
  });
  try {
    const { accounts, auth } = server.context;
    const persons = Array.from({ length: people }, (_, n) => ({
      id: `writer-${n}`,
      name: `Writer ${n}`,
      role: 'editor' as const,
      color: n % 8,
      email: `writer-${n}@bench.test`,
    }));
    await accounts.seed(persons);
    const cookies: string[] = [];
    const waiting = [...persons.keys()];
    const next = async (): Promise<void> => {
      for (let n = waiting.shift(); n !== undefined; n = waiting.shift()) {
        const made = await auth.signInAs(`writer-${n}`, new Headers());
        cookies[n] = made.map((cookie) => cookie.split(';')[0]).join('; ');
      }
    };
    await Promise.all(Array.from({ length: atOnce }, next));
    return cookies;
  } finally {
    await server.close();
  }
}
