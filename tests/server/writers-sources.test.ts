// Notes of a file as the writer's sources, over HTTP: what is shown is what is saved.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PreviewAnswer } from '#core/formats/import/about.ts';
import { writeDocx } from '#core/formats/docx/write-docx.ts';
import { writeJson } from '#core/formats/write-json.ts';
import { reviewFromJson } from '#core/sync/review.ts';
import { sampleReview } from '#tests/formats/sample-review.ts';
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

const ask = (path: string, body: unknown): Promise<Response> =>
  live.ask(path, { cookie: editor, json: body });
const shown = async (body: unknown): Promise<PreviewAnswer> => {
  const answer = await ask('/api/import/preview', body);
  expect(answer.status).toBe(200);
  return (await answer.json()) as PreviewAnswer;
};
const saved = async (body: unknown) => {
  const answer = await ask('/api/import', body);
  expect(answer.status).toBe(201);
  const { id } = (await answer.json()) as { id: string };
  const opened = await live.context.store.open(id);
  if (!opened) throw new Error('The article is not there.');
  const review = reviewFromJson(opened.snapshot);
  return { id, review, facts: await live.context.claims.facts([...review.claims.keys()]) };
};

const text =
  '# The canal\n\nBy Ada Lim\n\nIt has {==37 locks==}{>>@Ben 2026-11-19T09:00Z: Smith 2010, p. 12<<} and a tower.[^1] Old.[^2]\n\n[^1]: Report, https://a.example/r, p. 3; Tape, 12:34.\n[^2]: Ibid.\n';

it('[WS7] what is shown is saved: facts, sources and citations of the house, for the audience that was chosen', async () => {
  const choices = { sources: { footnotes: 'leave', except: ['f1'] } };
  const before = await shown({ text, format: 'md' });
  expect(before.sourceNotes).toEqual({ comments: 1, footnotes: 2, notes: [] });
  const preview = await shown({ text, format: 'md', choices });
  expect(preview.counts).toMatchObject({ comments: 0, facts: 2, footnotes: 1 });
  expect(preview.about).toMatchObject({ sources: 3, verdicts: 0 });
  expect(preview.sourceNotes.notes.map(({ key, becomes }) => [key, becomes])).toEqual([
    ['c0', true],
    ['f0', true],
    ['f1', false],
  ]);
  const { id, review, facts } = await saved({ text, format: 'md', choices, audience: 'all' });
  expect(
    facts.claims.map(({ claim, citations }) => [claim.text, claim.version, citations.length]),
  ).toEqual(
    expect.arrayContaining([
      ['37 locks', 2, 1],
      ['It has 37 locks and a tower', 3, 2],
    ]),
  );
  expect(
    facts.sources.map(({ title, address, kind }) => [title, address, kind]).toSorted(),
  ).toEqual([
    ['Report', 'https://a.example/r', 'web'],
    ['Smith 2010', '', 'document'],
    ['Tape', '', 'recording'],
  ]);
  expect([...review.occurrences.values()].map(({ audience }) => audience)).toEqual(['all', 'all']);
  // A check can rest on what the writer cited, as on any other source.
  const tab = await live.tab(editorId);
  const joined = await tab.join(id);
  const file = joined.facts?.claims.find(({ claim }) => claim.text === '37 locks');
  const occurrence = [...review.occurrences.values()].find(
    ({ claimId }) => claimId === file?.claim.id,
  );
  const change = {
    do: 'check',
    verdict: 'confirmed',
    certainty: 'primary',
    rationale: '',
    citationIds: file?.citations.map((one) => one.id),
  };
  const asked = { articleId: id, occurrenceId: occurrence?.id ?? '', change };
  expect(await tab.say('claim:change', asked)).toMatchObject({ ok: true });
});

it('[WS7] a Word file gives its comments as facts, and a review of Galley has no such choice', async () => {
  const choices = { sources: { footnotes: 'stay', except: [] } };
  const { content } = writeDocx(sampleReview(), { view: 'marked', notice: null });
  const word = { base64: Buffer.from(content).toString('base64'), name: 'a.docx', choices };
  const preview = await shown(word);
  expect(preview.sourceNotes.comments).toBeGreaterThan(0);
  const { review, facts } = await saved(word);
  const becoming = preview.sourceNotes.notes.filter(({ becomes }) => becomes);
  expect(becoming.length).toBeGreaterThan(0);
  expect(facts.claims.filter(({ citations }) => citations.length > 0)).toHaveLength(
    becoming.length,
  );
  expect(review.occurrences.size).toBe(preview.counts.facts);
  const own = await shown({ text: writeJson(sampleReview()), format: 'json', choices });
  expect(own.sourceNotes).toEqual({ comments: 0, footnotes: 0, notes: [] });
  expect(own.counts.comments).toBe(4);
});

it('[WS7] a choice that is none is refused', async () => {
  for (const sources of [{ footnotes: 'burn' }, { except: ['x1'] }, { except: 'c0' }]) {
    const answer = await ask('/api/import/preview', { text, format: 'md', choices: { sources } });
    expect(answer.status).toBe(400);
  }
});
