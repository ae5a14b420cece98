// An article that grows old: what its opening, its history and its past cost after 100, 10,000 and 100,000 commits.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { schema } from '#core/article/schema.ts';
import { newReview } from '#core/sync/review.ts';
import { reviewAt } from '#server/history/past.ts';
import { listHistory } from '#server/history/list.ts';
import { openDatabase } from '#server/store/client.ts';
import { percentile, type Figure } from './figure.ts';
import { record } from './record.ts';
import { openServer } from './server.ts';

const sizes = (process.env['COMMITS'] ?? '100,10000,100000').split(',').map(Number);
const copies = 5;
const words = 2000;
const snapshotEvery = 200;

const lexicon = 'turtles nest on warm sand along the coast and nobody counts them twice'.split(' ');
const say = (count: number, at: number): string =>
  Array.from({ length: count }, (_, i) => lexicon[(at + i * 5) % lexicon.length] ?? '').join(' ');

/** Megabytes that are in use once what is not is cleared away. */
function inUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** All times in milliseconds. A letter is typed and taken out again, so that only the log grows. */
export async function measure(): Promise<Figure[]> {
  const { server, databaseUrl, close } = await openServer();
  const { context } = server;
  const database = openDatabase(databaseUrl);
  const figures: Figure[] = [];
  try {
    const person = { id: 'bench-editor', name: 'Edda', role: 'editor' as const, color: 1 };
    await context.accounts.seed([{ ...person, email: 'e@bench.test' }]);
    const doc = schema.node('doc', null, [
      schema.node('headline', null, [schema.text('Counted')]),
      ...Array.from({ length: words / 50 }, (_, i) =>
        schema.node('block', null, [schema.text(say(50, i))]),
      ),
    ]);
    const at = new Date(Date.UTC(2026, 0, 1)).toISOString();
    for (const size of sizes) {
      const opening: number[] = [];
      for (let copy = 0; copy < copies; copy++) {
        const id = `grown-${size}-${copy}`;
        const info = { id, language: 'en', stage: 'desk' as const };
        const review = newReview(info, [], doc);
        await context.store.createArticle({
          info,
          doc,
          review,
          importFlags: [],
          createdBy: 'b',
          at,
        });
        await database.pool.query(
          `INSERT INTO "Commit" ("articleId", rev, "clientId", seq, "userId", at, intent, steps, origins, ops, dropped)
           SELECT $1, r, 'bench', r, 'bench-editor', now() + r * interval '1 second', 'edit',
             CASE WHEN r % 2 = 1
               THEN '[{"stepType":"replace","from":20,"to":20,"slice":{"content":[{"type":"text","text":"x"}]}}]'
               ELSE '[{"stepType":"replace","from":20,"to":21}]' END::json,
             '[0]', '[]', '[]'
           FROM generate_series(1, $2::int) r`,
          [id, size],
        );
        await database.pool.query(
          `INSERT INTO "Snapshot" ("articleId", rev, review, "docHash", at)
           SELECT "articleId", r, jsonb_set(review::jsonb, '{rev}', to_jsonb(r))::json, '', at
           FROM "Snapshot", generate_series($2::int, $3::int, $2::int) r WHERE "articleId" = $1 AND rev = 0`,
          [id, snapshotEvery, size - 1],
        );
      }
      await database.pool.query('VACUUM ANALYZE');
      const before = inUse();
      for (let copy = 0; copy < copies; copy++) {
        const start = performance.now();
        const room = await context.rooms.room(`grown-${size}-${copy}`);
        opening.push(performance.now() - start);
        if (room?.review.rev !== size) throw new Error(`Opened at ${String(room?.review.rev)}.`);
      }
      figures.push({
        what: `memory of an open article, after ${size.toLocaleString('en')} commits`,
        value: Math.max(0, (inUse() - before) / copies),
        unit: 'MB',
      });
      const add = (what: string, taken: number[]): void =>
        void figures.push({
          what: `${what}, after ${size.toLocaleString('en')} commits`,
          value: percentile(taken, 0.5),
          unit: 'ms',
        });
      add('open an article of 2,000 words', opening);
      const id = `grown-${size}-0`;
      const past: number[] = [];
      const listed: number[] = [];
      for (let i = 1; i <= 10; i++) {
        const from = performance.now();
        await reviewAt(context, person, id, Math.floor((size * i) / 11));
        past.push(performance.now() - from);
        const then = performance.now();
        await listHistory(context, person, id, undefined);
        listed.push(performance.now() - then);
      }
      add('the review at some revision', past);
      add('the first page of the history', listed);
    }
    record('growth', figures, { sizes, copies, words, snapshotEvery });
    return figures;
  } finally {
    await database.close();
    await close();
  }
}
