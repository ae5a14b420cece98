// A review that Galley wrote, brought back as it was: over HTTP, into houses that have nothing yet and into those that have.
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PreviewAnswer } from '#core/formats/import/about.ts';
import { readJson } from '#core/formats/read-json.ts';
import { writeJson } from '#core/formats/write-json.ts';
import { articleHeads } from '#server/backup/articles.ts';
import { seedDemo } from '#server/auth/demo.ts';
import { atDayBreak, seedDemoContent } from '#server/demo/seed.ts';
import { importFirstArticles } from '#server/library/first-articles.ts';
import { projectRoot } from '#server/platform/migrate.ts';
import { sampleFacts } from '#tests/formats/sample-facts.ts';
import { sampleReview } from '#tests/formats/sample-review.ts';
import { liveServer, type LiveServer } from '#tests/server/live-server.ts';
import { freshDatabase } from '#tests/support/database.ts';

const root = projectRoot();
const tom = 'demo-tom-whelan';

let first: LiveServer;
let files: string[];
const houses: LiveServer[] = [];
const house = async (): Promise<LiveServer> => {
  const live = await liveServer();
  houses.push(live);
  return live;
};
/** The demo's people and articles; the day is played only where asked. */
async function demo(played: boolean): Promise<LiveServer> {
  const live = await house();
  await importFirstArticles(atDayBreak(live.context), join(root, 'content', 'articles'));
  await seedDemo(live.context);
  if (played) await seedDemoContent(live.context, join(root, 'content', 'demo'));
  return live;
}
async function exported(live: LiveServer, id: string, by: string): Promise<string> {
  const path = `/api/articles/${id}/export?preset=archive&format=json`;
  const answer = await live.ask(path, { cookie: await live.cookie(by) });
  expect(answer.status).toBe(200);
  return answer.text();
}
const ask = async (live: LiveServer, by: string, path: string, body: object): Promise<Response> =>
  live.ask(path, { cookie: await live.cookie(by), json: body });
async function saved(live: LiveServer, by: string, body: object): Promise<string> {
  const answer = await ask(live, by, '/api/import', { format: 'json', ...body });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { id: string }).id;
}
async function shown(live: LiveServer, by: string, body: object): Promise<PreviewAnswer> {
  const answer = await ask(live, by, '/api/import/preview', { format: 'json', ...body });
  expect(answer.status).toBe(200);
  return (await answer.json()) as PreviewAnswer;
}
const idOf = (text: string): string => (JSON.parse(text) as { article: { id: string } }).article.id;

/** Decides two suggestions, one of them against it, and writes notes that few may see. */
async function workedOn(live: LiveServer, id: string): Promise<void> {
  const tab = await live.tab(tom);
  const { rev = 0, review } = await tab.join(id);
  const pending = (review?.suggestions ?? []).filter(({ status }) => status === 'pending');
  const [yes, no] = pending.map((one) => one.id);
  const quote = { exact: '', prefix: '', suffix: '' };
  const acts = [
    { intent: 'decide', ops: [{ op: 'decide', ids: [yes], verdict: 'accept' }] },
    { intent: 'decide', ops: [{ op: 'decide', ids: [no], verdict: 'reject' }] },
    ...['desk', 'legal', { people: [tom] }].map((audience, i) => ({
      ops: [
        { op: 'comment.open', id: `hidden-${i}`, from: 1, to: 5 + i, quote, text: 'So.', audience },
      ],
    })),
  ];
  for (const [i, act] of acts.entries())
    expect(await tab.commit(id, { base: rev + i, ...act })).toMatchObject({ ok: true });
}

beforeAll(async () => {
  first = await demo(true);
  const articles = await first.context.store.listArticles();
  // What a day of work leaves behind, and what is hidden from most.
  for (const { id } of articles) await workedOn(first, id);
  files = [];
  for (const { id } of articles) files.push(await exported(first, id, tom));
}, 120_000);
afterAll(() => Promise.all(houses.map((live) => live.end())));

it('[FX21] both articles of the demo, brought into an empty house, are written as the same bytes', async () => {
  const live = await house();
  const admin = await live.person('Ada', 'admin');
  for (const text of files) {
    const preview = await shown(live, admin, { text });
    expect(preview.keeping).toMatchObject({ mayChoose: true, kept: { changes: [] } });
    const id = await saved(live, admin, { text });
    expect(id).toBe(idOf(text));
    expect(await exported(live, id, admin)).toBe(text);
  }
  // The demo did more than a file without notes would show.
  const found = readJson(files[0] ?? '');
  const audiences = found.ok && [...found.review.comments.values()].map(({ audience }) => audience);
  expect(audiences).toEqual(expect.arrayContaining(['legal', 'desk', { people: [tom] }]));
  const statuses = found.ok && [...found.review.suggestions.values()].map(({ status }) => status);
  expect(statuses).toEqual(expect.arrayContaining(['pending', 'accepted', 'rejected']));
  expect(found.ok && found.review.rev).toBeGreaterThan(10);
  const checked = files.map((text) => (JSON.parse(text) as { checks: unknown[] }).checks.length);
  expect(Math.max(...checked)).toBeGreaterThan(2);
  expect(await live.audits('article.restore-file')).toHaveLength(2);
});

it('[FX21] so they are beside the people they name, in a house in which nobody has said anything', async () => {
  const live = await demo(false);
  for (const text of files) {
    const preview = await shown(live, tom, { text });
    expect(preview.keeping?.kept?.linked).toBeGreaterThan(0);
    const id = await saved(live, tom, { text });
    expect(await exported(live, id, tom)).toBe(text);
  }
});

it('[FX21] detached and protected anchors, decided and hidden things come back, and the article goes on', async () => {
  const text = writeJson(sampleReview(), sampleFacts());
  const live = await house();
  const admin = await live.person('Ada', 'admin');
  const id = await saved(live, admin, { text });
  const back = await exported(live, id, admin);
  expect(back).toBe(text);
  const read = readJson(back);
  expect(
    read.ok && [...read.review.anchors.byId.values()].some(({ state }) => state === 'detached'),
  ).toBe(true);
  // Work goes on from the version it has, and the whole of it is kept.
  const tab = await live.tab(admin);
  const joined = await tab.join(id);
  expect(joined.rev).toBe(sampleReview().rev);
  const rev = joined.rev ?? 0;
  const answer = await tab.commit(id, {
    base: rev,
    ops: [{ op: 'reply', id: 'another', on: 'c1', text: 'Going on.' }],
  });
  expect(answer).toMatchObject({ ok: true, rev: rev + 1 });
  const again = JSON.parse(await exported(live, id, admin)) as { rev: number };
  expect(again.rev).toBe(rev + 1);
  const history = await live.ask(`/api/articles/${id}/history`, {
    cookie: await live.cookie(admin),
  });
  expect(history.status).toBe(200);
});

it('[FX21] a backup takes an article that was brought back for whole, and one that lost its past for damaged', async () => {
  const fresh = await freshDatabase();
  const live = await liveServer({}, fresh);
  const client = new pg.Client({ connectionString: fresh.url });
  try {
    const admin = await live.person('Ada', 'admin');
    const id = await saved(live, admin, { text: files[0] ?? '' });
    await client.connect();
    const looked = async (): Promise<unknown[]> => {
      const found = [];
      await client.query('BEGIN');
      for await (const one of articleHeads(client)) found.push(one);
      await client.query('COMMIT');
      return found;
    };
    expect(await looked()).toEqual([
      { id, rev: (JSON.parse(files[0] ?? '') as { rev: number }).rev, docHash: expect.any(String) },
    ]);
    await client.query('UPDATE "Article" SET rev = rev + 1');
    expect(await looked()).toEqual([expect.objectContaining({ problem: expect.any(String) })]);
  } finally {
    await client.end();
    await live.end();
    await fresh.drop();
  }
});

it('[FX22] the same file twice is said: a second article with ids of its own, sharing its facts', async () => {
  const text = files[0] ?? '';
  const live = await house();
  const admin = await live.person('Ada', 'admin');
  await saved(live, admin, { text });
  const { keeping } = await shown(live, admin, { text });
  expect(keeping?.kept?.changes.join(' ')).toContain('in this house already');
  const id = await saved(live, admin, { text });
  expect(id).not.toBe(idOf(text));
  const before = JSON.parse(text) as {
    comments: unknown;
    sources: unknown[];
    checks: { id: string }[];
  };
  const second = JSON.parse(await exported(live, id, admin)) as typeof before;
  expect(second.comments).toEqual(before.comments);
  expect(second.sources).toEqual(before.sources);
  expect(second.checks).toHaveLength(before.checks.length);
  // The first is as it was, but for the versions of the facts that both share.
  const still = JSON.parse(await exported(live, idOf(text), admin)) as {
    claims: unknown[];
    checks: unknown;
  };
  expect(still.checks).toEqual(before.checks);
});

it('[FX22] another person, source or claim under an id of the file is left alone, and each is listed', async () => {
  const live = await house();
  const admin = await live.person('Ada', 'admin');
  const review = sampleReview();
  const facts = sampleFacts();
  await saved(live, admin, { text: writeJson(review, facts) });
  const other = JSON.parse(writeJson(review, facts)) as {
    article: { id: string };
    people: { id: string; name: string }[];
    claims: { text: string }[];
    sources: { title: string }[];
  };
  other.article.id = 'another-article';
  for (const one of other.people) one.name = `Not ${one.name}`;
  for (const one of other.claims) one.text = 'Something else';
  for (const one of other.sources) one.title = 'Another book';
  const text = JSON.stringify(other);
  const { keeping } = await shown(live, admin, { text });
  const said = keeping?.kept?.changes.join('\n') ?? '';
  expect(said).toContain('stands under another id');
  expect(said).toMatch(/claim.* new one/);
  expect(said).toMatch(/sources? .*new one/);
  const id = await saved(live, admin, { text });
  expect(id).toBe('another-article');
  const back = JSON.parse(await exported(live, id, admin)) as typeof other;
  expect(back.people.every(({ name }) => /^Not .* \(from a file\)$/.test(name))).toBe(true);
  expect(back.claims[0]?.text).toBe('Something else');
  expect(back.sources.every(({ title }) => title === 'Another book')).toBe(true);
  const first = JSON.parse(await exported(live, review.article.id, admin)) as typeof other;
  expect(first.claims[0]?.text).not.toBe('Something else');
});

it('[FX23] nobody speaks for others through a file: where work has been done only an administrator brings one back', async () => {
  const live = await house();
  const editor = await live.person('Tom', 'editor');
  const checker = await live.person('Nell', 'fact-checker');
  const text = writeJson(sampleReview(), sampleFacts());
  const own = await live.article();
  expect((await shown(live, editor, { text })).keeping?.mayChoose).toBe(true);
  expect((await shown(live, checker, { text })).keeping).toEqual({
    mayChoose: false,
    kept: null,
    why: null,
  });
  const tab = await live.tab(editor);
  const { rev = 0 } = await tab.join(own);
  await tab.commit(own, {
    base: rev,
    ops: [
      {
        op: 'comment.open',
        id: 'mine',
        from: 1,
        to: 4,
        quote: { exact: 'x', prefix: '', suffix: '' },
        text: 'So.',
        audience: 'all',
      },
    ],
  });
  expect((await shown(live, editor, { text })).keeping?.mayChoose).toBe(false);
  const id = await saved(live, editor, { text, as: 'whole' });
  expect(id).not.toBe(idOf(text));
  // Nobody of the file can sign in, and what it calls them gives no right.
  const admin = await live.person('Ada', 'admin');
  await saved(live, admin, { text });
  const people = await live.context.people.all();
  expect(people.map(({ id: one }) => one).filter((one) => ['ada', 'ben'].includes(one))).toEqual(
    [],
  );
});

it('[FX23] a file that does not hold together is a new article, and the preview says why', async () => {
  const live = await house();
  const admin = await live.person('Ada', 'admin');
  const whole = JSON.parse(writeJson(sampleReview(), sampleFacts())) as {
    comments: { at: string }[];
    suggestions: { status: string }[];
    people: unknown[];
    claims: { version: number }[];
    article: { id: string };
  };
  const changed = (change: (file: typeof whole) => void): string => {
    const file = structuredClone(whole);
    change(file);
    return JSON.stringify(file);
  };
  const plans: [string, string][] = [
    ['ids', changed((file) => (file.article.id = '../x'))],
    ['times', changed((file) => file.comments.forEach((one) => (one.at = 'yesterday')))],
    [
      'suggestions',
      changed((file) => file.suggestions.forEach((one) => (one.status = 'accepted'))),
    ],
    ['people', changed((file) => (file.people = []))],
    ['versions', changed((file) => file.claims.forEach((one) => (one.version = 0)))],
  ];
  for (const [why, text] of plans) {
    expect((await shown(live, admin, { text })).keeping).toEqual({
      mayChoose: false,
      kept: null,
      why,
    });
    expect(await saved(live, admin, { text })).not.toBe(idOf(text));
  }
});
