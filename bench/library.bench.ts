// The library with 10,000 articles: how long the server takes to answer for a list and for a search, over HTTP on this machine.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Comment } from '#core/annotate/annotation.ts';
import type { Anchor } from '#core/annotate/anchor.ts';
import { schema } from '#core/article/schema.ts';
import type { Library } from '#core/sync/answers.ts';
import { newReview } from '#core/sync/review.ts';
import { stages } from '#core/sync/stage.ts';
import type { Context } from '#server/context.ts';
import { projectRoot } from '#server/platform/migrate.ts';
import { openDatabase } from '#server/store/client.ts';
import { percentile, type Figure } from './figure.ts';
import { record } from './record.ts';
import { openServer } from './server.ts';

const articles = Number(process.env['ARTICLES'] ?? 10_000);
const wordsEach = 1000;
const notesEach = 12;
const rounds = 20;

/** The same numbers each time. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const places = 'Belém Łódź München Kabul Quetta Zürich Reykjavík İzmir Kandahar Peshawar'.split(
  ' ',
);
const pashto = 'کابُل په بازار کې ښځې راټولې شوې او د سولې غږ یې پورته کړ'.split(' ');

/** Words as often as they are in the articles of content, with names that few articles hold. */
async function vocabulary(): Promise<(roll: () => number, article: number) => string> {
  const folder = join(projectRoot(), 'content', 'articles');
  const texts = await Promise.all(
    (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')),
  );
  const words = texts.join(' ').split(/\s+/u).filter(Boolean);
  return (roll, article) => {
    const at = roll();
    if (at < 0.002) return `${places[Math.floor(roll() * places.length)]}`;
    if (at < 0.004) return `Name${Math.floor(roll() * articles).toString(36)}`;
    if (at < 0.01 && article % 50 === 0) return `${pashto[Math.floor(roll() * pashto.length)]}`;
    return words[Math.floor(roll() * words.length)] ?? '';
  };
}

const people = [
  { id: 'bench-editor', name: 'Edda', role: 'editor' as const, color: 1, email: 'e@bench.test' },
  { id: 'bench-writer', name: 'Will', role: 'writer' as const, color: 2, email: 'w@bench.test' },
];

async function fill({ store, accounts }: Context): Promise<void> {
  await accounts.seed(people);
  const word = await vocabulary();
  const roll = dice(7);
  const begun = Date.UTC(2026, 0, 1);
  const make = async (n: number): Promise<void> => {
    const say = (count: number): string =>
      Array.from({ length: count }, () => word(roll, n)).join(' ');
    const doc = schema.node('doc', null, [
      schema.node('headline', null, [schema.text(`${say(7)} ${n}`)]),
      ...Array.from({ length: wordsEach / 50 }, () =>
        schema.node('block', null, [schema.text(say(50))]),
      ),
    ]);
    const at = new Date(begun + n * 600_000).toISOString();
    const comments = new Map<string, Comment>();
    const byId = new Map<string, Anchor>();
    for (let i = 0; i < notesEach; i++) {
      const id = `c${i}`;
      const audience = i % 4 === 0 ? ('desk' as const) : ('all' as const);
      const base = { id, by: 'bench-editor', at, audience, replies: [] };
      comments.set(id, { ...base, text: say(20), status: 'open' });
      const [from, to] = [20 + i * 10, 25 + i * 10];
      const good = { rev: 0, from, to };
      const quote = { exact: doc.textBetween(from, to), prefix: '', suffix: '' };
      byId.set(id, { id, kind: 'comment', from, to, state: 'attached', good, ...quote });
    }
    const stage = stages[n % 4] ?? 'desk';
    const writerId = n % 100 === 0 ? { writerId: 'bench-writer' } : {};
    const info = { id: `bench-${n}`, language: 'en', stage, ...writerId };
    const review = { ...newReview(info, [], doc), comments, anchors: { byId, graves: [] } };
    await store.createArticle({ info, doc, review, importFlags: [], createdBy: 'bench', at });
  };
  for (let n = 0; n < articles; n += 8)
    await Promise.all(Array.from({ length: Math.min(8, articles - n) }, (_, i) => make(n + i)));
}

const searches: Record<string, string[]> = {
  'a word that most articles hold': ['government', 'the', 'million', 'said'],
  'a name that few articles hold': ['Name1a', 'Name2b', 'Name3c', 'Name5x'],
  'a part of a word, accents left out': ['unchen', 'eykjavik', 'odz', 'zmir'],
  'two words and a phrase': ['kabul belem', '"the government" lodz', 'quetta zurich'],
  'Pashto and one or two letters': ['بازار', 'کابل', 'ښځې', 'qx', 'ł'],
  'nothing holds it': ['heffalump', 'zzzz', 'Name1a woozle'],
};

export async function measure(): Promise<Figure[]> {
  // Filling takes minutes; LIBRARY_DATA names a folder that is filled once and kept.
  const { server, databaseUrl, close } = await openServer({ kept: process.env['LIBRARY_DATA'] });
  const { context, port } = server;
  const database = openDatabase(databaseUrl);
  const figures: Figure[] = [];
  const aim = 'at most 100 ms';
  const add = (what: string, value: number, unit: string, aim?: string): void =>
    void figures.push({ what, value, unit, ...(aim === undefined ? {} : { aim }) });
  try {
    if ((await context.store.article('bench-0')) === null) {
      const start = performance.now();
      await fill(context);
      add(`${articles} articles made, each`, (performance.now() - start) / articles, 'ms');
    }
    const start = performance.now();
    const gathered = await context.store.refreshSearch(null, articles * 2);
    if (gathered > 0)
      add('words gathered for the search, each', (performance.now() - start) / gathered, 'ms');
    await database.pool.query(
      `UPDATE "Article" SET deadline = "createdAt" + interval '90 days' WHERE "createdAt"::text LIKE '%:_0:00%'
         AND length(id) % 2 = 0`,
    );
    await database.pool.query(
      `INSERT INTO "ReadMark" SELECT id, 'bench-editor', 0, now() FROM "Article" ORDER BY id LIMIT 2000
       ON CONFLICT DO NOTHING`,
    );
    // As the database's own housekeeping would within minutes.
    await database.pool.query('VACUUM ANALYZE');
    for (const person of people) {
      const who = person.role;
      const cookies = await context.auth.signInAs(person.id, new Headers());
      const cookie = cookies.map((one) => one.split(';')[0]).join('; ');
      const ask = async (query: Record<string, string>): Promise<[number, Library]> => {
        const from = performance.now();
        const answer = await fetch(
          `http://127.0.0.1:${port}/api/articles?${new URLSearchParams(query)}`,
          { headers: { cookie } },
        );
        const body = (await answer.json()) as Library;
        if (!answer.ok) throw new Error(JSON.stringify(body));
        return [performance.now() - from, body];
      };
      const times = async (queries: Record<string, string>[]): Promise<number[]> => {
        for (const query of queries) await ask(query);
        const all: number[] = [];
        for (let i = 0; i < rounds; i++)
          for (const query of queries) all.push((await ask(query))[0]);
        return all;
      };
      const report = (what: string, taken: number[]): void => {
        add(`${who}: ${what}, p50`, percentile(taken, 0.5), 'ms');
        add(`${who}: ${what}, p95`, percentile(taken, 0.95), 'ms', aim);
      };
      report('list, first page', await times([{}, {}, {}]));
      const deep: string[] = [];
      for (let after: string | null = ''; after !== null && deep.length < 100;) {
        const [, page]: [number, Library] = await ask(after === '' ? {} : { after });
        after = page.next;
        if (after !== null) deep.push(after);
      }
      report(`list, page ${deep.length}`, await times([{ after: deep.at(-1) ?? '' }]));
      report('list of one stage', await times([{ stage: 'checking' }]));
      const every: number[] = [];
      for (const [what, words] of Object.entries(searches)) {
        const taken = await times(words.map((q) => ({ q })));
        report(`search, ${what}`, taken);
        every.push(...taken);
      }
      report('search, all of these', every);
    }
    const size = async (what: string): Promise<number> =>
      Number(
        (await database.pool.query<{ n: string }>(`SELECT ${what} AS n`)).rows[0]?.n ?? Number.NaN,
      ) / 1_048_576;
    add('texts of the search on disk', await size(`pg_total_relation_size('"SearchText"')`), 'MB');
    add('of these the index', await size(`pg_relation_size('"SearchText_grams_idx"')`), 'MB');
    add('all articles on disk', await size('pg_database_size(current_database())'), 'MB');
    const how = { articles, wordsEach, notesEach, rounds, searches };
    record('library', figures, how);
    return figures;
  } finally {
    await database.close();
    await close();
  }
}
