// What is left of work that a reader sees nothing of: no name, no count, no source.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ArticleAnswer } from '#core/sync/answers.ts';
import type { Commit } from '#core/sync/commit.ts';
import type { Facts } from '#core/sync/protocol.ts';
import { importText } from '#server/library/import.ts';
import {
  comment,
  insertion,
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

interface Scene {
  article: string;
  ines: Tab;
  lea: Tab;
  maria: Tab;
}

async function open(): Promise<Scene> {
  const article = await live.article();
  const ines = await live.tab(await live.person('Ines', 'reviewer'));
  const lea = await live.tab(await live.person('Lea', 'legal'));
  const maria = await live.tab(await live.person('Maria', 'writer'));
  await live.member(article, maria.userId, 'writer');
  for (const tab of [ines, lea, maria]) expect((await tab.join(article)).ok).toBe(true);
  return { article, ines, lea, maria };
}

const done = async (answer: Promise<Answer>): Promise<number> => {
  const told = await answer;
  expect(told).toMatchObject({ ok: true });
  return told.rev ?? 0;
};

it('[AU8] a commit that holds only what a reader may not see is nobody’s to them, in frames and when they catch up', async () => {
  const { article, ines, lea, maria } = await open();
  await done(ines.commit(article, { base: 0, ops: [comment('c1', 'a', 'desk')] }));
  await done(ines.commit(article, { base: 1, ops: [comment('c2', 'b', 'all')] }));
  const both = [comment('c3', 'c', 'desk'), comment('c4', 'd', 'all')];
  await done(ines.commit(article, { base: 2, ops: both }));
  for (const tab of [ines, lea, maria]) await until(() => tab.commits.length === 3, 20_000);
  const signed = (commits: readonly Commit[]): string[] =>
    commits.map(({ userId, clientId, seq }) => `${userId} ${clientId} ${seq}`);
  const whole = [1, 2, 3].map((seq) => `${ines.userId} ${ines.clientId} ${seq}`);
  const hers = ['  0', ...whole.slice(1)];
  expect(signed(maria.commits)).toEqual(hers);
  expect(signed(lea.commits)).toEqual(whole);
  expect(signed(ines.commits)).toEqual(whole);
  const late = await live.tab(maria.userId);
  expect(signed((await late.join(article, { rev: 0 })).commits ?? [])).toEqual(hers);
  const since = await late.say('article:since', { articleId: article, rev: 0, steps: true });
  expect(signed(since.commits ?? [])).toEqual(hers);
  expect(maria.commits.map(({ rev }) => rev)).toEqual([1, 2, 3]);
});

it('[AU8] the author of a note that is not for themselves knows their own commit again', async () => {
  const { article, lea, maria } = await open();
  const op = comment('c1', 'for you', { people: [lea.userId] });
  const answer = await maria.commit(article, { base: 0, ops: [op] });
  // Whoever writes a note sees it, or is refused; then there is nothing to know again.
  if (!answer.ok) return expect(answer.code).toBe('FORBIDDEN');
  await until(() => maria.commits.length === 1, 20_000);
  expect(maria.commits[0]).toMatchObject({ userId: maria.userId, clientId: maria.clientId });
});

it('[AU8] changes since one last read are counted without those one sees nothing of', async () => {
  const { article, ines, lea, maria } = await open();
  const unread = async (tab: Tab): Promise<number | null> => {
    const cookie = await live.cookie(tab.userId);
    const told = await live.ask(`/api/articles/${article}`, { cookie });
    return ((await told.json()) as ArticleAnswer).article.unread;
  };
  for (const tab of [lea, maria]) {
    const told = await live.ask(`/api/articles/${article}/read`, {
      cookie: await live.cookie(tab.userId),
      json: { rev: 0 },
    });
    expect(told.status).toBe(200);
  }
  let rev = 0;
  const tom = await live.tab(await live.person('Tom', 'editor'));
  await tom.join(article);
  const commit = async (over: object, hers: number, theirs: number, by = ines): Promise<void> => {
    rev = await done(by.commit(article, { base: rev, ...over }));
    expect([await unread(maria), await unread(lea)], JSON.stringify(over)).toEqual([hers, theirs]);
  };
  await commit({ ops: [comment('c1', 'half a pair: \ud800', 'desk')] }, 0, 1);
  await commit({ ops: [comment('c2', 'b', { people: [ines.userId, maria.userId] })] }, 1, 1);
  await commit({ ops: [comment('c3', 'c')] }, 2, 2);
  await commit({ ops: [comment('c4', 'd', 'desk'), comment('c5', 'e')] }, 3, 3);
  await commit({ ops: [{ op: 'reply', id: 'r1', on: 'c1', text: 'f' }] }, 3, 4);
  await commit({ intent: 'edit', steps: [insertion(30, 'new ')] }, 4, 5, tom);
}, 120_000);

it('[AU7] a source given at a fact for the desk stays with the desk, also where the same claim stands for everyone', async () => {
  const { article, ines, lea, maria } = await open();
  const mark = (id: string, audience: string): object => ({
    op: 'occurrence.open',
    id,
    from: 32,
    to: 43,
    quote: { exact: 'x', prefix: '', suffix: '' },
    audience,
    claim: { id: 'one-claim', type: 'money', text: 'money', check: 'says who' },
  });
  await done(ines.commit(article, { base: 0, ops: [mark('o-desk', 'desk')] }));
  await done(ines.commit(article, { base: 1, ops: [mark('o-all', 'all')] }));
  const change = (tab: Tab, occurrenceId: string, what: object): Promise<Answer> =>
    tab.say('claim:change', { articleId: article, occurrenceId, change: what });
  const cite = (words: string): object => ({
    do: 'cite',
    source: { kind: 'web', title: words, publisher: '', address: '', dated: '' },
    locator: words,
    stance: 'supports',
    quote: words,
  });
  await done(change(ines, 'o-desk', cite('walrus')));
  await done(change(ines, 'o-all', cite('porpoise')));
  const factsOf = async (tab: Tab): Promise<Facts> => {
    const { facts } = await tab.join(article);
    if (!facts) throw new Error('no facts');
    return facts;
  };
  await until(() => maria.received.includes('porpoise'), 20_000);
  expect(JSON.stringify(await factsOf(maria))).not.toContain('walrus');
  const told = async (path: string): Promise<string> => {
    const cookie = await live.cookie(maria.userId);
    return (await live.ask(`/api/articles/${article}/${path}`, { cookie })).text();
  };
  for (const path of [
    'facts.csv',
    'export?format=json&view=marked',
    'export?format=html&view=marked',
  ])
    expect(await told(path), path).not.toContain('walrus');
  expect(maria.received).not.toContain('walrus');
  // The control: the desk finds both.
  const desk = JSON.stringify(await factsOf(lea));
  for (const word of ['walrus', 'porpoise']) expect(desk).toContain(word);
  // It stays so in an article that is made of a file.
  const asked = `/api/articles/${article}/export?preset=file&format=json&view=marked`;
  const sent = await live.ask(asked, { cookie: await live.cookie(ines.userId) });
  const bytes = Buffer.from(await sent.arrayBuffer());
  expect(bytes.toString()).toContain('walrus');
  const by = await live.context.store.person(ines.userId);
  const again = await importText(live.context, by, { bytes, name: 'copy.json' });
  await live.member(again, maria.userId, 'writer');
  const late = await live.tab(maria.userId);
  await late.join(again);
  expect(late.received).not.toContain('walrus');
  expect(JSON.stringify((await lea.join(again)).facts)).toContain('walrus');
  // A verdict for everyone that rests on it names it.
  const [file] = (await factsOf(ines)).claims;
  const hidden = file?.citations.find(({ quote }) => quote === 'walrus');
  expect(hidden?.audience).toBe('desk');
  const verdict = {
    do: 'check',
    verdict: 'confirmed',
    certainty: 'primary',
    rationale: 'seen',
    citationIds: [hidden?.id],
  };
  await done(change(lea, 'o-all', verdict));
  await until(() => maria.received.includes('walrus'), 20_000);
}, 120_000);
