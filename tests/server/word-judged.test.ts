// Both real articles with the demo's review, as Word files that other programs read. Where one is not installed its test
// is skipped and says so.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { KnownFacts } from '#core/facts/seen-facts.ts';
import { writeDocx } from '#core/formats/docx/write-docx.ts';
import { readJson } from '#core/formats/read-json.ts';
import type { Review } from '#core/sync/review.ts';
import { seedDemo } from '#server/auth/demo.ts';
import { atDayBreak, seedDemoContent } from '#server/demo/seed.ts';
import { importFirstArticles } from '#server/library/first-articles.ts';
import { projectRoot } from '#server/platform/migrate.ts';
import { factsJudged, judgedByOffice, judgedByPandoc } from '#tests/formats/docx/judged.ts';
import { schemaJudge } from '#tests/formats/docx/judges.ts';
import { hasOffice } from '#tests/formats/docx/office.ts';
import { hasPandoc } from '#tests/formats/docx/pandoc.ts';
import { liveServer, type LiveServer } from '#tests/server/live-server.ts';

let live: LiveServer;
const articles: { review: Review; facts: KnownFacts }[] = [];

beforeAll(async () => {
  live = await liveServer();
  const content = join(projectRoot(), 'content');
  await importFirstArticles(atDayBreak(live.context), join(content, 'articles'));
  await seedDemo(live.context);
  await seedDemoContent(live.context, join(content, 'demo'));
  const cookie = await live.cookie('demo-tom-whelan');
  for (const { id } of await live.context.store.listArticles()) {
    const path = `/api/articles/${id}/export?preset=archive&format=json`;
    const read = readJson(await (await live.ask(path, { cookie })).text());
    if (!read.ok) throw new Error(read.detail);
    articles.push(read);
  }
}, 120_000);
afterAll(() => live.end());

it('[WD16] pandoc reads the texts, comments and changes of both articles', ({ skip }) => {
  skip(!hasPandoc, 'pandoc is not installed');
  expect(articles).toHaveLength(2);
  for (const { review, facts } of articles) judgedByPandoc(review, facts);
});

it('[WD16] LibreOffice reads them too', { timeout: 300_000 }, ({ skip }) => {
  skip(!hasOffice, 'LibreOffice is not installed');
  for (const { review, facts } of articles) judgedByOffice(review, facts);
});

it('[WD17] every fact of both articles is a comment with its state and its sources', ({ skip }) => {
  skip(!hasPandoc, 'pandoc is not installed');
  expect(articles.reduce((sum, { review }) => sum + review.occurrences.size, 0)).toBeGreaterThan(5);
  for (const { review, facts } of articles) factsJudged(review, facts);
});

it(
  '[WD16] no view of either has an error by the schemas',
  { timeout: 120_000 },
  async ({ skip }) => {
    const judge = await schemaJudge();
    skip(judge === null, 'the judge of schemas or xmllint is not here');
    const folder = mkdtempSync(join(tmpdir(), 'galley-demo-'));
    try {
      for (const { review, facts } of articles)
        for (const view of ['marked', 'accepted', 'original'] as const) {
          const file = join(folder, `${view}.docx`);
          writeFileSync(file, writeDocx(review, { view, notice: null, facts }).content);
          expect(judge?.(file)).toEqual([]);
        }
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
