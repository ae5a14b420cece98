// The day of review that the demo shows: its words stand in the articles, its verdicts agree with a
// careful reader's (gold.json), and it is made once, through the rooms.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { factState } from '#core/facts/fact-state.ts';
import type { ScreenWord, Verdict } from '#core/facts/verdict.ts';
import { screenWord } from '#core/facts/verdict.ts';
import { apply, reviewFromJson, reviewToJson, type Review } from '#core/sync/review.ts';
import { demoPeople, seedDemo } from '#server/auth/demo.ts';
import { readConfig } from '#server/config.ts';
import { readDemoContent, type DemoContent, type DemoNote } from '#server/demo/content.ts';
import { changedWords } from '#server/demo/find-words.ts';
import { atDayBreak, seedDemoContent } from '#server/demo/seed.ts';
import { importFirstArticles } from '#server/library/first-articles.ts';
import { projectRoot } from '#server/platform/migrate.ts';
import type { ArticleRow } from '#server/store/store.ts';
import { liveServer, type LiveServer } from '#tests/server/live-server.ts';

const root = projectRoot();
const texts = join(root, 'content', 'articles');
const folder = join(root, 'content', 'demo');

interface Gold {
  claims: { id: string; article: string; quote: string; verdict: string }[];
}

let content: DemoContent;
let gold: Gold;
beforeAll(async () => {
  content = await readDemoContent(folder);
  gold = JSON.parse(await readFile(join(root, 'tests', 'demo', 'gold.json'), 'utf8')) as Gold;
});

const servers: LiveServer[] = [];
afterEach(async () => {
  for (const live of servers.splice(0)) await live.end();
});

/** A server with the demo's people and articles, as a first start makes it; the day not yet played. */
async function opened(): Promise<LiveServer> {
  const live = await liveServer();
  servers.push(live);
  await importFirstArticles(atDayBreak(live.context), texts);
  await seedDemo(live.context);
  return live;
}

async function played(): Promise<LiveServer> {
  const live = await opened();
  expect(await seedDemoContent(live.context, folder)).toEqual([]);
  return live;
}

const articlesOf = async ({ context }: LiveServer): Promise<ArticleRow[]> =>
  (await context.store.listArticles()).toSorted((a, b) => (a.source! < b.source! ? -1 : 1));

async function reviewOf({ context }: LiveServer, id: string): Promise<Review> {
  const stored = await context.store.open(id);
  if (!stored) throw new Error('The article is not there.');
  return stored.commits.reduce(apply, reviewFromJson(stored.snapshot));
}

const all = (): DemoNote[] => [...content.notes.values()].flat();
const facts = (): [string, DemoNote & { kind: 'fact' }][] =>
  [...content.notes].flatMap(([file, notes]) =>
    notes.flatMap((note): [string, DemoNote & { kind: 'fact' }][] =>
      note.kind === 'fact' ? [[file, note]] : [],
    ),
  );

/** The codes that a careful reader's verdict, in their own words, stands for; none: the fact stays open. */
function codesOf(verdict: string): Verdict[] {
  switch (verdict) {
    case 'supported':
    case 'mostly supported':
    case 'supported, easily confused':
      return ['confirmed'];
    case 'misattributed':
    case 'half wrong':
    case 'stale quote presented as current':
      return ['wrong', 'needs-context'];
    case 'contradicted':
    case 'misquoted':
    case 'wrong term':
    case 'probably wrong unit and place':
      return ['wrong'];
    case 'premature':
    case 'overstated':
      return ['misleading'];
    case 'doubtful':
    case 'not found':
      return ['unverifiable'];
    case 'unverified':
      return [];
    default:
      return ['needs-context'];
  }
}

/** Why a demo verdict on `quote` says something else than the reader found; null when it does not. */
function disagrees(file: string, quote: string, verdict: Verdict): string | null {
  const known = gold.claims.filter(
    (claim) =>
      claim.article === file && (claim.quote.includes(quote) || quote.includes(claim.quote)),
  );
  if (known.length !== 1) return `${known.length} claims of the reader are about “${quote}”.`;
  const codes = known.flatMap((claim) => codesOf(claim.verdict));
  return codes.includes(verdict) ? null : `${verdict}, but the reader found: ${known[0]?.verdict}`;
}

describe('the notes as they are written down', () => {
  it('[DM1] quote words that stand in the text once, and in no other note’s id twice', async () => {
    for (const [file, notes] of content.notes) {
      const text = await readFile(join(texts, file), 'utf8');
      for (const { id, quote } of notes) expect(text.split(quote).length - 1, id).toBe(1);
    }
    expect([...content.notes.keys()]).toEqual(
      (await readdir(texts)).filter((name) => name.endsWith('.txt')).toSorted(),
    );
    const ids = all().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('[DM1] cite sources that are described, by titles of their own, without made-up links', () => {
    const cited = facts().flatMap(([, note]) => note.cites.map(({ source }) => source));
    expect(cited.length).toBeGreaterThan(0);
    for (const key of cited) expect(Object.keys(content.sources)).toContain(key);
    const sources = Object.entries(content.sources);
    expect(new Set(sources.map(([, { title }]) => title)).size).toBe(sources.length);
    for (const [key, source] of sources) {
      expect(cited, key).toContain(key);
      expect(`${source.publisher}${source.dated}`, key).not.toBe('');
      expect(source.address, key).toBe('');
    }
  });

  it('[DM1] change something, and only whole words', () => {
    for (const note of all()) {
      if (note.kind !== 'suggestion') continue;
      const { from, to, text } = changedWords(note.quote, note.to);
      expect(note.quote.slice(0, from) + text + note.quote.slice(to), note.id).toBe(note.to);
      expect(to > from || text !== '', note.id).toBe(true);
    }
    expect(changedWords('safe heaven here', 'safe haven here')).toEqual({
      from: 5,
      to: 11,
      text: 'haven',
    });
    expect(changedWords('did come', 'did not come')).toEqual({ from: 4, to: 4, text: 'not ' });
  });

  it('[DM2] verdicts agree with the reader’s; the sum is a calculation that is queried', () => {
    const judged = facts().filter(([, note]) => note.verdict);
    const words = new Map<string, ScreenWord>();
    for (const [file, { id, type, quote, verdict }] of judged) {
      if (!verdict) continue;
      words.set(id, screenWord(verdict.verdict));
      // The reader judged the amount, which is right; that it does not add up is a check of its own.
      if (type !== 'calculation') expect(disagrees(file, quote, verdict.verdict), id).toBeNull();
    }
    expect(Object.fromEntries(words)).toEqual({
      'who-said-it': 'Queried',
      fifty: 'Confirmed',
      sum: 'Queried',
    });
    const sum = judged.find(([, note]) => note.id === 'sum')?.[1];
    expect(sum).toMatchObject({ type: 'calculation', quote: 'already received $550 million' });
  });

  it('[DM2] a verdict the reader contradicts is found', () => {
    const file = '001_467324d51fb2e055.txt';
    const first = gold.claims.find(({ id }) => id === 'BC45')?.quote ?? '';
    expect(disagrees(file, first, 'confirmed')).toContain('misattributed');
    expect(disagrees(file, '$50 million will be withheld', 'wrong')).toContain('supported');
    expect(disagrees(file, 'nobody marked this', 'confirmed')).toContain('0 claims');
  });
});

describe('the day in a new demo', () => {
  it('[DM3] shows about thirty notes by four people, in every state', async () => {
    const live = await played();
    const reviews = await Promise.all((await articlesOf(live)).map(({ id }) => reviewOf(live, id)));
    const comments = reviews.flatMap(({ comments }) => [...comments.values()]);
    const suggestions = reviews.flatMap(({ suggestions }) => [...suggestions.values()]);
    const occurrences = reviews.flatMap(({ occurrences }) => [...occurrences.values()]);
    const total = comments.length + suggestions.length + occurrences.length;
    expect(total).toBe(all().length);
    expect(total).toBeGreaterThanOrEqual(28);
    expect(total).toBeLessThanOrEqual(34);
    const authors = new Set([...comments, ...suggestions, ...occurrences].map(({ by }) => by));
    expect(authors).toEqual(new Set(demoPeople.map(({ id }) => id)));
    const count = (status: string): number =>
      suggestions.filter((row) => row.status === status).length;
    expect({ accepted: count('accepted'), rejected: count('rejected') }).toEqual({
      accepted: 3,
      rejected: 1,
    });
    expect(count('pending')).toBe(suggestions.length - 4);
    expect(comments.filter(({ status }) => status === 'resolved')).toHaveLength(1);
    expect(comments.filter(({ audience }) => audience === 'desk')).toHaveLength(1);
    const detached = reviews.flatMap(({ anchors }) =>
      [...anchors.byId.values()].filter(({ state }) => state === 'detached'),
    );
    expect(detached.map(({ id, exact }) => [id, exact])).toEqual([
      ['demo-expansion', 'North Atlantic Treaty Organisation'],
    ]);
    const answered = comments.filter(
      ({ text, replies }) =>
        text.startsWith('Maria, ') && replies.some(({ by }) => by === 'demo-maria-amjad'),
    );
    expect(answered).toHaveLength(1);
    const haven = suggestions.find(({ id }) => id === 'demo-haven');
    expect(haven).toMatchObject({ deleted: 'heaven', inserted: 'haven', reason: 'Wrong word' });
    expect(haven?.replies[0]).toMatchObject({ by: 'demo-tom-whelan' });
    expect(suggestions.find(({ id }) => id === 'demo-remotely')).toMatchObject({
      deleted: '',
      inserted: 'not ',
    });
  });

  it('[DM2] on screen one fact is confirmed, two are queried, the others are open', async () => {
    const live = await played();
    const words: Record<string, number> = {};
    for (const { id } of await articlesOf(live)) {
      const { doc, anchors, occurrences } = await reviewOf(live, id);
      for (const [occurrenceId, { claimId }] of occurrences) {
        const { claims } = await live.context.claims.facts([claimId]);
        const state = factState(claims[0], occurrenceId, anchors.byId.get(occurrenceId), doc);
        expect(state.stale, occurrenceId).toBeNull();
        words[state.word] = (words[state.word] ?? 0) + 1;
      }
    }
    expect(words).toEqual({ Confirmed: 1, Queried: 2, Open: facts().length - 3 });
  });

  it('[DM4] has handed both articles over, with an hour and what is asked', async () => {
    const live = await played();
    const cookie = await live.cookie('demo-tom-whelan');
    const list = await (await live.ask('/api/articles', { cookie })).json();
    expect(list).toMatchObject({
      articles: [
        { source: '001_467324d51fb2e055.txt', stage: 'with-writer', writerId: 'demo-maria-amjad' },
        { source: '000_bd47d7479e93f355.txt', stage: 'checking' },
      ],
    });
    for (const { deadline } of (list as { articles: { deadline: string }[] }).articles)
      expect(deadline > live.context.now()).toBe(true);
  });

  it('[DM4] has the authors and times of the day, in order, and the log replays to it', async () => {
    const live = await played();
    const ids = new Set(demoPeople.map(({ id }) => id));
    for (const { id, rev, createdAt } of await articlesOf(live)) {
      const commits = await live.context.store.commits(id, 0, rev);
      expect(commits).toHaveLength(rev);
      const times = commits.map(({ at }) => at);
      expect(times).toEqual(times.toSorted());
      expect((times[0] ?? '') > createdAt).toBe(true);
      expect((times.at(-1) ?? '') < live.context.now()).toBe(true);
      expect(Date.parse(times.at(-1) ?? '') - Date.parse(times[0] ?? '')).toBeLessThan(28_800_000);
      for (const { userId } of commits) expect(ids).toContain(userId);
      const bare = await live.context.store.open(id, 0);
      if (!bare) throw new Error('There is no beginning.');
      const replayed = commits.reduce(apply, reviewFromJson(bare.snapshot));
      expect(reviewToJson(replayed)).toEqual(reviewToJson(await reviewOf(live, id)));
    }
  });

  it('[DM3] a note for the desk is not in what the writer is sent', async () => {
    const live = await played();
    const [, own] = await articlesOf(live);
    const exported = async (userId: string): Promise<string> => {
      const cookie = await live.cookie(userId);
      return (await live.ask(`/api/articles/${own?.id}/export?format=json`, { cookie })).text();
    };
    expect(await exported('demo-tom-whelan')).toContain('Credit it or write it anew');
    const seen = await exported('demo-maria-amjad');
    expect(seen).toContain('Wrong word');
    expect(seen).not.toContain('Credit it or write it anew');
  });

  it('[DM5] is not played again, nor in articles somebody worked on; a new house gets it anew', async () => {
    const live = await played();
    const heads = async (): Promise<[string, number][]> =>
      (await articlesOf(live)).map(({ source, rev }) => [source ?? '', rev]);
    const before = await heads();
    await seedDemo(live.context);
    expect(await seedDemoContent(live.context, folder)).toEqual([]);
    expect(await heads()).toEqual(before);

    const again = await played();
    expect((await articlesOf(again)).map(({ source, rev }) => [source, rev])).toEqual(before);

    const used = await opened();
    const [first] = await articlesOf(used);
    const tab = await used.tab('demo-tom-whelan');
    const review = await tab.join(first?.id ?? '');
    const op = {
      op: 'comment.open',
      id: 'mine',
      from: 1,
      to: 4,
      quote: { exact: 'x', prefix: '', suffix: '' },
      text: 'Mine',
      audience: 'all',
    };
    const answer = await tab.commit(first?.id ?? '', { base: review.rev, ops: [op] });
    expect(answer.ok).toBe(true);
    expect(await seedDemoContent(used.context, folder)).toEqual([]);
    expect((await articlesOf(used)).map(({ rev }) => rev)).toEqual([1, 0]);
  });

  it('[DM6] is made within seconds, only in a demo, and not where it is not wanted', async () => {
    const live = await opened();
    const begun = performance.now();
    await seedDemoContent(live.context, folder);
    expect(performance.now() - begun).toBeLessThan(60_000);
    const asked = (env: Record<string, string>): boolean => readConfig(env).demoContent;
    expect(asked({ GALLEY_DEMO: '1' })).toBe(true);
    expect(asked({ GALLEY_DEMO: '1', GALLEY_DEMO_CONTENT: '0' })).toBe(false);
    expect(asked({})).toBe(false);
    expect(asked({ GALLEY_DEMO_CONTENT: '1' })).toBe(false);
  });

  it('[DM7] says so when it was cut short', async () => {
    const live = await opened();
    await live.context.store.putSetting('demo-content', 'begun');
    const [sentence] = await seedDemoContent(live.context, folder);
    expect(sentence).toContain('npm run demo -- --fresh');
    expect((await articlesOf(live)).map(({ rev }) => rev)).toEqual([0, 0]);
  });
});
