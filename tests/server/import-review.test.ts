// A review that Galley wrote, brought into a house: its notes, verdicts and sources, who sees them, and the same file twice.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PreviewAnswer } from '#core/formats/import/about.ts';
import { writeJson } from '#core/formats/write-json.ts';
import { reviewFromJson, type Review } from '#core/sync/review.ts';
import type { ClaimFile } from '#core/facts/claim-file.ts';
import { sampleFacts } from '#tests/formats/sample-facts.ts';
import { comment, people, sampleReview } from '#tests/formats/sample-review.ts';
import { liveServer, type LiveServer } from '#tests/server/live-server.ts';

let live: LiveServer;
let editor: string;
let editorId: string;
beforeAll(async () => {
  live = await liveServer();
  editorId = await live.person('Tom', 'editor');
  editor = await live.cookie(editorId);
});
afterAll(() => live.end());

const ask = (path: string, body: unknown, cookie = editor): Promise<Response> =>
  live.ask(path, { cookie, json: body });
const file = (review: Review = sampleReview(), facts = sampleFacts()): string =>
  writeJson(review, facts);
/** A file of its own article, so that tests do not meet each other's facts. */
const fileOf = (articleId: string, change: (review: Review) => Review = (one) => one): string => {
  const review = sampleReview();
  return file(change({ ...review, article: { ...review.article, id: articleId } }));
};
const preview = async (text: string, cookie = editor): Promise<PreviewAnswer> => {
  const answer = await ask('/api/import/preview', { text, name: 'a.json', as: 'new' }, cookie);
  expect(answer.status).toBe(200);
  return (await answer.json()) as PreviewAnswer;
};
const save = async (
  body: object,
  cookie = editor,
): Promise<{ id: string; review: Review; claim: ClaimFile }> => {
  const answer = await ask('/api/import', body, cookie);
  expect(answer.status).toBe(201);
  const { id } = (await answer.json()) as { id: string };
  const opened = await live.context.store.open(id);
  if (!opened) throw new Error('The article is not there.');
  const review = reviewFromJson(opened.snapshot);
  const facts = await live.context.claims.facts([...review.claims.keys()]);
  const [claim] = facts.claims;
  return { id, review, claim: claim as ClaimFile };
};
const saveJson = (text: string, cookie = editor) =>
  save({ text, format: 'json', as: 'new' }, cookie);

it('[IP40] a review comes in with its suggestions, threads, verdicts and sources, signed by the people of the file', async () => {
  const text = fileOf('whole');
  const shown = await preview(text);
  expect(shown).toMatchObject({
    format: 'json',
    counts: { suggestions: 2, comments: 4, facts: 1 },
    about: { verdicts: 2, sources: 2, shared: 0, before: [] },
  });
  const { id, review, claim } = await saveJson(text);
  const original = sampleReview();
  expect(review.doc.textContent).toBe(original.doc.textContent);
  expect(review.rev).toBe(0);
  expect(review.anchors.byId.get('c3')).toMatchObject({ state: 'detached' });
  expect(review.anchors.byId.get('c1')).toMatchObject({ state: 'attached', good: { rev: 0 } });
  const names = new Map([...review.people.values()].map((one) => [one.id, one.name]));
  const signed = review.comments.get('c1')?.by ?? '';
  expect(signed).toMatch(/^imported-/);
  expect(people.map(({ name }) => name)).toContain(names.get(signed));
  const pending = review.suggestions.get('s1');
  expect(pending).toMatchObject({ status: 'pending', reason: 'Typing error' });
  expect(pending?.replies).toHaveLength(1);
  const authors = new Set(review.doc.toString().match(/imported-\w+/g));
  expect([...authors].every((one) => names.has(one))).toBe(true);
  expect(review.suggestions.get('s2')).toMatchObject({ status: 'rejected' });
  const [occurrence] = review.occurrences.values();
  expect(
    claim.checks.map(({ verdict, articleId, occurrenceId, rev }) => [
      verdict,
      articleId,
      occurrenceId,
      rev,
    ]),
  ).toEqual([
    ['needs-context', id, occurrence?.id, 0],
    ['confirmed', id, occurrence?.id, 0],
  ]);
  expect(claim.citations).toHaveLength(2);
  expect(claim.checks[1]?.citationIds).toEqual([claim.citations[0]?.id]);
  expect(claim.checks[1]?.at).toBe(sampleFacts().claims[0].checks[1]?.at);
  // Two citations and two checks: the claim is at the version its acts made, and each act is kept.
  expect(claim.claim.version).toBe(5);
  // The house's own copy says the same as the file.
  const cookie = editor;
  const copy = await live.ask(`/api/articles/${id}/facts.csv`, { cookie });
  expect(await copy.text()).toContain('Pentagon briefing');
  const tab = await live.tab(editorId);
  const joined = await tab.join(id);
  expect(joined.facts?.claims[0]?.checks).toHaveLength(2);
  // The log goes on.
  const asked = { articleId: id, occurrenceId: occurrence?.id ?? '' };
  const change = { do: 'describe', type: 'money', check: 'Again?' };
  expect(await tab.say('claim:change', { ...asked, change })).toMatchObject({ ok: true });
});

it('[IP41] the same file twice is a second article on the same facts: nothing is doubled, and the preview says so', async () => {
  const text = fileOf('twice');
  const first = await saveJson(text);
  const shown = await preview(text);
  expect(shown.about).toMatchObject({ shared: 1, before: [{ id: first.id }] });
  const sources = (await live.context.claims.sources(1000)).length;
  const second = await saveJson(text);
  expect(second.id).not.toBe(first.id);
  expect([...second.review.claims.keys()]).toEqual([...first.review.claims.keys()]);
  expect((await live.context.claims.sources(1000)).length).toBe(sources);
  expect(second.claim.citations).toHaveLength(2);
  // A verdict belongs to its place: each article has its own two.
  const of = (id: string): number =>
    second.claim.checks.filter(({ articleId }) => articleId === id).length;
  expect([of(first.id), of(second.id), second.claim.checks.length]).toEqual([2, 2, 4]);
  const [one, two] = [first, second].map(({ review }) => [...review.occurrences.keys()][0]);
  expect(one).not.toBe(two);
});

it('[IP42] a file opens no facts that its importer may not see', async () => {
  const text = fileOf('secret');
  const first = await saveJson(text);
  await live.context.people.setRestricted(first.id, true);
  live.context.standings.forget();
  const other = await live.cookie(await live.person('Nell', 'fact-checker'));
  const shown = await preview(text, other);
  expect(shown.about).toMatchObject({ shared: 0, before: [] });
  const second = await saveJson(text, other);
  expect([...second.review.claims.keys()]).not.toEqual([...first.review.claims.keys()]);
  expect(second.claim.checks).toHaveLength(2);
});

it('[IP43] notes keep their audience where the importer is in it, and are else for the importer alone', async () => {
  const text = fileOf('audiences', (review) => ({
    ...review,
    comments: new Map(
      [
        comment('c1', { audience: 'all' }),
        comment('c2', { audience: 'desk' }),
        comment('c3', { audience: 'legal' }),
        comment('c4', { audience: { people: ['ada', 'ben'] } }),
      ].map((one) => [one.id, one]),
    ),
  }));
  const seen = async (cookie: string): Promise<unknown[]> => {
    const { review } = await saveJson(text, cookie);
    return [...review.comments.values(), ...review.occurrences.values()].map((one) => one.audience);
  };
  const only = (id: string) => ({ people: [id] });
  expect((await preview(text)).about.audience).toMatchObject({ kept: 4, narrowed: 1, unsaid: 0 });
  expect(await seen(editor)).toEqual(['all', 'desk', 'legal', only(editorId), 'desk']);
  const wanda = await live.person('Wanda', 'writer');
  const hers = await live.cookie(wanda);
  expect((await preview(text, hers)).about.audience).toMatchObject({ kept: 1, narrowed: 4 });
  const own = only(wanda);
  expect(await seen(hers)).toEqual(['all', own, own, own, own]);
});

it('[IP44] notes of other files are for the desk when somebody of the desk brings them, unless they say everybody', async () => {
  const text = '# A tale\n\nFor {==all==}{>>@Ada: why?<<}.\n';
  const audience = async (body: object, cookie = editor): Promise<unknown> => {
    const { review } = await save({ text, format: 'md', ...body }, cookie);
    return [...review.comments.values()][0]?.audience;
  };
  expect(await audience({})).toBe('desk');
  expect(await audience({ audience: 'all' })).toBe('all');
  const writer = await live.cookie(await live.person('Wil', 'writer'));
  expect(await audience({}, writer)).toBe('all');
  expect(await audience({ audience: 'desk' }, writer)).toBe('all');
});

it('[IP45] what a file claims beyond the rules is left out with a sentence', async () => {
  const facts = sampleFacts({ citationIds: [] });
  const review = sampleReview();
  const unsupported = await preview(
    file({ ...review, article: { ...review.article, id: 'rules' } }, facts),
  );
  expect(unsupported.about.verdicts).toBe(1);
  expect(unsupported.warnings.join()).toContain('called confirmed without a source');
  const writers = await preview(
    fileOf('writer', (one) => ({ ...one, article: { ...one.article, writerId: 'cleo' } })),
  );
  expect(writers.warnings.join()).toContain('the writer of the article gave it');
  // Times that do not exist, and people of the house by their id.
  const forged = fileOf('forged').replaceAll(/"at": ?"[^"]+"/g, '"at":"yesterday"');
  const { review: kept } = await saveJson(forged.replaceAll('"cleo"', JSON.stringify(editorId)));
  expect(kept.people.has(editorId)).toBe(true);
  const authors = [...kept.comments.values(), ...kept.occurrences.values()].map(({ by }) => by);
  expect(authors).not.toContain(editorId);
  const codes = [];
  for (const text of ['{', '{"format":"other"}', '{"format":"galley.review","version":9}'])
    codes.push(
      ((await (await ask('/api/import', { text, name: 'x.json' })).json()) as { code: string })
        .code,
    );
  expect(codes).toEqual(['FILE_NOT_REVIEW', 'FILE_NOT_REVIEW', 'FILE_TOO_NEW']);
});
