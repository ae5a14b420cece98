// The facts of every article and the log of one, over HTTP: what each person finds there, and what never reaches them.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readJson } from '#core/formats/read-json.ts';
import type { FactsAnswer } from '#core/sync/facts-answer.ts';
import {
  liveServer,
  until,
  type Answer,
  type LiveServer,
  type Tab,
} from '#tests/server/live-server.ts';

let live: LiveServer;
beforeAll(async () => {
  live = await liveServer();
});
afterAll(() => live.end());

let counter = 0;

interface Marked {
  words?: string;
  audience?: unknown;
  claimId?: string;
}

const opening = ({ words = 'Says who?', audience = 'all', claimId }: Marked): object => {
  counter += 1;
  const claim = { id: claimId ?? `k${counter}`, type: 'money', text: '$550', check: words };
  const quote = { exact: 'x', prefix: '', suffix: '' };
  return { op: 'occurrence.open', id: `o${counter}`, from: 32, to: 43, quote, claim, audience };
};

async function mark(tab: Tab, article: string, ...facts: Marked[]): Promise<string[]> {
  const ops = facts.map(opening) as { id: string }[];
  const { review } = await tab.join(article);
  const done = await tab.commit(article, { base: review?.rev ?? 0, ops });
  expect(done).toMatchObject({ ok: true });
  return ops.map(({ id }) => id);
}

const change = (tab: Tab, articleId: string, occurrenceId: string, what: object): Promise<Answer> =>
  tab.say('claim:change', { articleId, occurrenceId, change: what });

const wrong = (rationale: string): object => ({
  do: 'check',
  verdict: 'wrong',
  certainty: null,
  rationale,
  citationIds: [],
});
const cite = {
  do: 'cite',
  source: { kind: 'web', title: 'A briefing', publisher: '', address: '', dated: '' },
  locator: 'p. 2',
  stance: 'supports',
  quote: '=five hundred fifty',
};

async function get(userId: string, path: string): Promise<Response> {
  return live.ask(path, { cookie: await live.cookie(userId) });
}
async function facts(userId: string, query = ''): Promise<FactsAnswer> {
  const answer = await get(userId, `/api/facts${query}`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as FactsAnswer;
}
const checks = ({ articles }: FactsAnswer): string[] =>
  articles.flatMap((article) => article.facts.map(({ check }) => check));

/** A checker at an article with one fact for everybody and one for the desk, both found wrong, and a writer beside. */
async function desk(): Promise<{
  article: string;
  sana: Tab;
  writer: string;
  open: string;
  secret: string;
}> {
  const article = await live.article();
  const sana = await live.tab(await live.person('Sana', 'fact-checker'));
  const writer = await live.person('Maria', 'writer');
  await live.member(article, writer, 'writer');
  const [open = '', secret = ''] = await mark(
    sana,
    article,
    { words: 'The open fact' },
    { words: 'The hidden fact', audience: 'desk' },
  );
  for (const [id, why] of [
    [open, 'The open reason'],
    [secret, 'The hidden reason'],
  ] as const) {
    expect(await change(sana, article, id, cite)).toMatchObject({ ok: true });
    expect(await change(sana, article, id, wrong(why))).toMatchObject({ ok: true });
  }
  return { article, sana, writer, open, secret };
}

it('[FA13] the facts of all articles one may open are listed with where they stand, and nobody else’s', async () => {
  const { article, sana, writer, open } = await desk();
  const other = await live.article();
  await mark(sana, other, { words: 'Of another article' });
  const hers = await facts(writer);
  expect(checks(hers)).toEqual(['The open fact']);
  expect(hers.articles).toMatchObject([
    {
      id: article,
      headline: 'A headline of its own',
      facts: [
        {
          id: open,
          words: 'safe heaven',
          type: 'money',
          word: 'Wrong',
          again: false,
          place: '1',
          sources: ['A briefing'],
          checker: 'Sana',
        },
      ],
    },
  ]);
  expect(JSON.stringify(hers)).not.toMatch(/hidden/i);
  expect(checks(await facts(sana.userId))).toEqual([
    'Of another article',
    'The open fact',
    'The hidden fact',
  ]);
  const stranger = await live.person('Nobody', 'viewer');
  expect(await facts(stranger)).toEqual({ articles: [], next: null });
  expect((await live.ask('/api/facts')).status).toBe(401);
});

it('[FA13] the list is filtered by state, by words and by article; what is no filter is refused', async () => {
  const { article, sana } = await desk();
  await mark(sana, article, { words: 'Straße and 50 %' });
  const of = async (query: string): Promise<string[]> =>
    checks(await facts(sana.userId, `?article=${article}${query}`));
  expect(await of('')).toHaveLength(3);
  expect(await of('&state=Wrong')).toEqual(['The open fact', 'The hidden fact']);
  expect(await of('&state=Open')).toEqual(['Straße and 50 %']);
  expect(await of('&state=re-check')).toEqual([]);
  expect(await of(`&q=${encodeURIComponent('straße AND')}`)).toEqual(['Straße and 50 %']);
  expect(await of('&q=HEADLINE')).toHaveLength(3);
  expect(await of('&q=%25')).toEqual(['Straße and 50 %']);
  for (const query of ['?state=maybe', '?article=..%2F', `?q=${'x'.repeat(201)}`, '?after=%22'])
    expect((await get(sana.userId, `/api/facts${query}`)).status).toBe(400);
});

it('[FA13] a long list comes in pages of whole articles, each fact once', async () => {
  const sana = await live.tab(await live.person('Sana', 'fact-checker'));
  const first = await live.article();
  await mark(sana, first, { words: 'Paged: on the second page' });
  const second = await live.article();
  await mark(sana, second, ...Array.from({ length: 101 }, (_, i) => ({ words: `Paged: ${i}` })));
  const one = await facts(sana.userId, '?q=paged');
  expect(checks(one)).toHaveLength(101);
  const two = await facts(sana.userId, `?q=paged&after=${encodeURIComponent(one.next ?? '')}`);
  expect(checks(two)).toEqual(['Paged: on the second page']);
});

it('[FA14] the log is a CSV file named after the article, without what the reader may not see, and noted in the audit', async () => {
  const { article, sana, writer } = await desk();
  const answer = await get(writer, `/api/articles/${article}/facts.csv`);
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(answer.headers.get('content-disposition')).toBe(
    `attachment; filename="A headline of its own (facts).csv"; filename*=UTF-8''A%20headline%20of%20its%20own%20%28facts%29.csv`,
  );
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const text = bytes.toString();
  expect(text).toContain('"The open fact"');
  expect(text).toContain('"The open reason"');
  expect(text).toContain('A briefing, p. 2 “=five hundred fifty”');
  expect(text).not.toMatch(/hidden/i);
  const plain = await (await get(sana.userId, `/api/articles/${article}/facts.csv?bom=0`)).text();
  expect(plain.startsWith('"Fact",')).toBe(true);
  expect(plain).toContain('The hidden reason');
  const audits = (await live.audits('article.export')).filter((one) => one.articleId === article);
  expect(audits.map(({ detail }) => detail)).toMatchObject([
    { format: 'facts.csv' },
    { format: 'facts.csv' },
  ]);
  const stranger = await live.person('Nobody', 'viewer');
  for (const path of [`/api/articles/${article}/facts.csv`, '/api/articles/none/facts.csv'])
    expect((await get(stranger, path)).status).toBe(404);
});

it('[FA14] the JSON copy holds the verdicts and sources of the facts its reader sees, and names those who gave them', async () => {
  const { article, writer } = await desk();
  const text = await (await get(writer, `/api/articles/${article}/export?format=json`)).text();
  const read = readJson(text);
  if (!read.ok) throw new Error(read.detail);
  expect(read.facts.claims).toMatchObject([
    {
      checks: [{ rationale: 'The open reason', verdict: 'wrong' }],
      citations: [{ locator: 'p. 2' }],
    },
  ]);
  expect(read.facts.sources).toMatchObject([{ title: 'A briefing' }]);
  expect([...read.review.people.values()].map(({ name }) => name)).toContain('Sana');
  expect(text).not.toMatch(/hidden/i);
  const page = await (await get(writer, `/api/articles/${article}/export?format=html`)).text();
  expect(page).toContain('Verdict: Wrong');
  expect(page).not.toMatch(/The hidden/);
});

it('[FA9] a check made where the reader does not see it stays unheard, also when they see its claim elsewhere', async () => {
  const article = await live.article();
  const sana = await live.tab(await live.person('Sana', 'fact-checker'));
  const maria = await live.person('Maria', 'writer');
  await live.member(article, maria, 'writer');
  const hers = await live.tab(maria);
  const claimId = 'k-shared';
  const [open = ''] = await mark(sana, article, { claimId });
  const [secret = ''] = await mark(sana, article, { claimId, audience: 'desk' });
  await hers.join(article);
  expect(await change(sana, article, secret, wrong('The hidden reason'))).toMatchObject({
    ok: true,
  });
  expect(await change(sana, article, open, wrong('The open reason'))).toMatchObject({ ok: true });
  await until(() => hers.received.includes('The open reason'));
  expect((await hers.join(article)).facts?.claims[0]?.checks).toMatchObject([
    { rationale: 'The open reason' },
  ]);
  expect(hers.received).not.toContain('The hidden reason');
});
