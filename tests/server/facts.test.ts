// Facts on a whole server: sources, verdicts, who may give them, and who hears of it.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Facts } from '#core/sync/protocol.ts';
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

async function fact(tab: Tab, article: string, audience: unknown = 'all'): Promise<string> {
  const id = `o${++counter}`;
  const claim = { id: `k${counter}`, type: 'money', text: '$550', check: 'Says who?' };
  const quote = { exact: 'x', prefix: '', suffix: '' };
  const op = { op: 'occurrence.open', id, from: 32, to: 43, quote, claim, audience };
  const { review } = await tab.join(article);
  expect(await tab.commit(article, { base: review?.rev ?? 0, ops: [op] })).toMatchObject({
    ok: true,
  });
  return id;
}

const change = (tab: Tab, articleId: string, occurrenceId: string, what: object): Promise<Answer> =>
  tab.say('claim:change', { articleId, occurrenceId, change: what });

const source = {
  kind: 'web',
  title: 'Pentagon briefing',
  publisher: 'DoD',
  address: 'https://example.org/1',
  dated: '21 July 2017',
};
const cite = {
  do: 'cite',
  source,
  locator: 'p. 2',
  stance: 'supports',
  quote: 'five hundred fifty',
};
const check = {
  do: 'check',
  verdict: 'confirmed',
  certainty: 'primary',
  rationale: 'As reported.',
  citationIds: [],
};

const factsOf = async (tab: Tab, article: string): Promise<Facts> => {
  const { facts } = await tab.join(article);
  if (!facts) throw new Error('no facts');
  return facts;
};

it('[FA7] a checker cites a source and confirms; the words checked, the author and the time are the server’s; others hear at once', async () => {
  const article = await live.article();
  const sana = await live.tab(await live.person('Sana', 'fact-checker'));
  const tom = await live.tab(await live.person('Tom', 'editor'));
  const id = await fact(sana, article);
  await tom.join(article);
  expect(await change(sana, article, id, check)).toMatchObject({
    ok: false,
    code: 'NEEDS_CITATION',
  });
  expect(await change(sana, article, id, cite)).toMatchObject({ ok: true, version: 2 });
  const { claims, sources } = await factsOf(sana, article);
  const [citation] = claims[0]?.citations ?? [];
  expect(sources).toMatchObject([{ ...source, by: sana.userId }]);
  const done = { ...check, citationIds: [citation?.id] };
  expect(await change(sana, article, id, done)).toMatchObject({ ok: true, version: 3 });
  await until(() => tom.received.includes('As reported.'));
  const [file] = (await factsOf(tom, article)).claims;
  expect(file?.checks).toMatchObject([
    {
      by: sana.userId,
      occurrenceId: id,
      verdict: 'confirmed',
      words: 'safe heaven',
      rationale: 'As reported.',
    },
  ]);
  expect(file?.checks[0]?.sentence).toContain('for a long time before that.');
});

it('[FA8] the same source is cited again by its id, and one that a verdict rests on cannot be taken away', async () => {
  const article = await live.article();
  const sana = await live.tab(await live.person('Sana', 'fact-checker'));
  const first = await fact(sana, article);
  const second = await fact(sana, article);
  await change(sana, article, first, cite);
  const { sources } = await factsOf(sana, article);
  const again = { ...cite, source: { id: sources[0]?.id } };
  expect(await change(sana, article, second, again)).toMatchObject({ ok: true });
  expect(await change(sana, article, second, { ...cite, source: { id: 'none' } })).toMatchObject({
    ok: false,
  });
  const { claims, sources: all } = await factsOf(sana, article);
  expect(all).toHaveLength(1);
  const citationId = claims.find((one) => one.claim.id === `k${counter}`)?.citations[0]?.id;
  await change(sana, article, second, { ...check, verdict: 'wrong', citationIds: [citationId] });
  expect(await change(sana, article, second, { do: 'uncite', citationId })).toMatchObject({
    code: 'CITATION_IN_USE',
  });
});

it('[FA9] the article’s writer, a reviewer and a stranger give no verdict; a hidden fact is unknown and unheard', async () => {
  const article = await live.article();
  const sana = await live.tab(await live.person('Sana', 'fact-checker'));
  const wendy = await live.person('Wendy', 'fact-checker');
  await live.context.accounts.setWriter(article, wendy);
  live.context.standings.forget();
  const writer = await live.tab(wendy);
  const ines = await live.tab(await live.person('Ines', 'reviewer'));
  const maria = await live.person('Maria', 'writer');
  await live.member(article, maria, 'writer');
  const hers = await live.tab(maria);
  const id = await fact(sana, article);
  const secret = await fact(sana, article, 'desk');
  for (const tab of [writer, ines, hers]) await tab.join(article);
  const wrong = { ...check, verdict: 'wrong', rationale: 'The hidden reason' };
  expect(await change(writer, article, id, wrong)).toMatchObject({ code: 'CHECKER_IS_WRITER' });
  expect(await change(ines, article, id, wrong)).toMatchObject({ code: 'FORBIDDEN' });
  expect(await change(hers, article, id, wrong)).toMatchObject({ code: 'FORBIDDEN' });
  expect(await change(sana, article, secret, wrong)).toMatchObject({ ok: true });
  await until(() => ines.received.includes('The hidden reason'));
  expect((await factsOf(hers, article)).claims.map((one) => one.claim.id)).toHaveLength(1);
  expect(hers.received).not.toContain('The hidden reason');
  expect(await change(sana, article, id, { do: 'check', verdict: 'maybe' })).toMatchObject({
    code: 'BAD_MESSAGE',
  });
});
