import { readdirSync, readFileSync } from 'node:fs';
import { fc } from '#tests/support/properties.ts';
import { Fragment } from 'prosemirror-model';
import { expect, it } from 'vitest';
import { schema } from '#core/article/schema.ts';
import { isCleared, notClearedNotice } from '#core/formats/not-cleared.ts';
import { readText } from '#core/formats/read-text.ts';
import { docOf, type View } from '#core/formats/view.ts';
import { writeCopy } from '#core/formats/write-copy.ts';
import { writeText } from '#core/formats/write-text.ts';
import { newReview } from '#core/sync/review.ts';
import { stages } from '#core/sync/stage.ts';
import { expectedWords } from '#tests/formats/expected-words.ts';
import { anyReview } from '#tests/formats/hostile-review.ts';
import { bare } from '#tests/formats/page.ts';
import { sampleReview } from '#tests/formats/sample-review.ts';

const folders = [
  new URL('../../content/articles/', import.meta.url),
  new URL('./texts/', import.meta.url),
];
const files = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => [name, new URL(name, folder)] as const),
);

it.each(files)('[FX14] %s written as text reads back as the same article', (_name, url) => {
  const { doc, language } = readText(readFileSync(url, 'utf8'));
  // A credit has lost the label that told it from a paragraph; all else must come back.
  const kept = doc.content.content.filter((node) => node.attrs['style'] !== 'credit');
  const first = doc.copy(Fragment.from(kept));
  const review = newReview({ id: 'a', language, stage: 'draft' }, [], first);
  const text = writeText(review, { view: 'accepted', notice: null }).content;
  expect(readText(text, { language }).doc.toJSON()).toEqual(first.toJSON());
});

it('[FX14] a text copy of any review holds its words in order', () => {
  fc.assert(
    fc.property(
      anyReview,
      fc.constantFrom('original' as const, 'accepted' as const),
      (review, view) => {
        const text = bare(writeText(review, { view, notice: null }).content);
        const doc = docOf(review.doc, view);
        const { article } = expectedWords(review, doc, { references: false, edges: false });
        let at = 0;
        for (const char of article) {
          at = text.indexOf(char, at);
          expect(at).toBeGreaterThanOrEqual(0);
          at += char.length;
        }
      },
    ),
    { numRuns: 300 },
  );
});

it('[FX14] a marked text shows both words and lists every note', () => {
  const { content, counts } = writeText(sampleReview(), { view: 'marked', notice: null });
  expect(content).toContain('safe [note 2] [-heaven-]{+haven+} [note 3]');
  expect(content).toContain(
    'Note 2. On “safe”.\n  Ben <b>Ito</b>, 2026-11-20 10:01 UTC: Text of c1',
  );
  expect(content).toContain('Ada Lim, 2026-11-20 10:03 UTC: A reply\n    in two lines');
  expect(content).toContain('Note 5. On “words that are gone”.');
  expect(counts.out).toEqual(counts.in);
});

it.each([
  ['after a decimal', 'It grew by 2.5.', '[1]'],
  ['after a bare word', 'It grew', '[1]'],
  ['after a sentence', 'It grew.', '1'],
  ['after a year', 'It grew in 2017.', '1'],
])('[FX14] a reference %s cannot be taken for the text', (_name, text, sign) => {
  const doc = schema.node('doc', null, [
    schema.node('headline', null, schema.text('H')),
    schema.node('block', null, [schema.text(text), schema.node('footnoteRef', { id: 'n' })]),
    schema.node('footnote', { id: 'n' }, schema.text('Note.')),
  ]);
  const review = newReview({ id: 'a', language: 'en', stage: 'draft' }, [], doc);
  expect(writeText(review, { view: 'accepted', notice: null }).content).toContain(text + sign);
});

it('[FX7] the views of text read as filed, as edited and both', () => {
  const text = (view: View): string => writeText(sampleReview(), { view, notice: null }).content;
  expect(text('original')).toContain('‘safe heaven’');
  expect(text('accepted')).toContain('‘safe haven’');
});

it('[FX8] the notice is the first line of copies for reading, and never in JSON', () => {
  const review = sampleReview();
  const notice = notClearedNotice(review.rev, 4);
  expect(notice).toBe('NOT CLEARED · version 41 · 4 open');
  for (const format of ['txt', 'md', 'html'] as const) {
    const { content } = writeCopy(review, { format, view: 'accepted', notice });
    expect(String(content).split('\n', 1)[0]).toContain(notice);
  }
  expect(writeCopy(review, { format: 'json', view: 'accepted', notice }).content).not.toContain(
    'NOT CLEARED',
  );
  expect(stages.filter(isCleared)).toEqual(['cleared', 'published', 'corrected']);
});

it('[FX15] what a copy leaves out is named, with its author and its words', () => {
  for (const format of ['txt', 'md', 'html'] as const)
    for (const view of ['original', 'accepted'] as const) {
      const { warnings, counts } = writeCopy(sampleReview(), { format, view, notice: null });
      const left = warnings.filter((one) => one.id !== undefined);
      expect(left.map((one) => one.id).toSorted()).toEqual(['c1', 'c2', 'c3', 'o1', 's1', 's2']);
      expect(left.map((one) => one.message).join('\n')).toMatch(
        /The fact of Cleo O’Hara on “already received \$550 million” at \d+/,
      );
      expect(counts?.in).toEqual({ comment: 3, fact: 1, suggestion: 2 });
      expect(counts?.out).toEqual({ comment: 0, fact: 0, suggestion: 0 });
    }
});

it('[FX15] emphasis, styles and unfit characters that a format cannot hold are named', () => {
  const doc = schema.node('doc', null, [
    schema.node('headline', null, schema.text('H')),
    schema.node('block', { style: 'bio' }, schema.text('a\u0007b', [schema.mark('em')])),
  ]);
  const review = newReview({ id: 'a', language: 'en', stage: 'draft' }, [], doc);
  const messages = (format: 'txt' | 'md' | 'html'): string =>
    writeCopy(review, { format, view: 'accepted', notice: null })
      .warnings.map((one) => one.message)
      .join('\n');
  expect(messages('html')).toContain('characters that no file can hold');
  expect(messages('txt')).toContain('The emphasis in');
  expect(messages('txt')).toContain('The style “bio”');
  expect(messages('md')).toContain('The bio');
});
