// A change of a fact whose answer was lost is asked again, and done once.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { comment, liveServer, type LiveServer } from '#tests/server/live-server.ts';

let live: LiveServer;
beforeAll(async () => {
  live = await liveServer();
});
afterAll(() => live.end());

it('[OL19] a source and a verdict asked twice under one name are there once; under another name they are another', async () => {
  const article = await live.article();
  const tab = await live.tab(await live.person('Tom', 'editor'));
  await tab.join(article);
  const { text: _none, ...place } = comment('o1', '') as { text: string };
  const claim = { id: 'k1', type: 'money', text: '$550', check: '' };
  await tab.commit(article, { ops: [{ ...place, op: 'occurrence.open', claim }] });
  const source = { kind: 'web', title: 'A page', publisher: '', address: '', dated: '' };
  const cite = { do: 'cite', source, locator: '', stance: 'supports', quote: '' };
  const given = { verdict: 'needs-context', certainty: null, rationale: 'So far', citationIds: [] };
  const check = { do: 'check', ...given };
  const ask = (key: string, change: object): Promise<object> =>
    tab.say('claim:change', { articleId: article, occurrenceId: 'o1', key, change });
  for (const [key, change] of [
    ['key-of-cite', cite],
    ['key-of-cite', cite],
    ['key-of-check', check],
    ['key-of-check', check],
    ['another-cite', cite],
  ] as const)
    expect(await ask(key, change)).toMatchObject({ ok: true });
  const { claims } = await live.context.claims.facts(['k1']);
  expect(claims[0]?.citations).toHaveLength(2);
  expect(claims[0]?.checks).toHaveLength(1);
});
