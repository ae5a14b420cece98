// The lossless file holds everything a review and its facts can hold, and a schema that others can use says so.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { fc } from '#tests/support/properties.ts';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { keptAs } from '#core/formats/import/kept-file.ts';
import { reviewJsonSchema } from '#core/formats/review-schema.ts';
import { readJson } from '#core/formats/read-json.ts';
import { writeJson } from '#core/formats/write-json.ts';
import { sampleFacts } from '#tests/formats/sample-facts.ts';
import { sampleReview } from '#tests/formats/sample-review.ts';
import { anyWhole } from '#tests/formats/whole-review.ts';

const same = (id: string): string => id;

it('[FX1] any whole review, with facts, graves, protected words and hidden notes, is the same to the byte', () => {
  fc.assert(
    fc.property(anyWhole, ({ review, facts }) => {
      const text = writeJson(review, facts);
      const read = readJson(text);
      if (!read.ok) throw new Error(read.detail);
      expect(writeJson(read.review, read.facts)).toBe(text);
      const kept = keptAs(read, {
        articleId: review.article.id,
        person: same,
        personName: (_id, name) => name,
        occurrence: same,
        claim: same,
        source: same,
        citation: same,
        check: same,
      });
      expect(writeJson(kept.review, kept.facts)).toBe(text);
    }),
    { seed: 11, numRuns: 300 },
  );
});

it('[FX22] under other names every name of the file is another, and the file still holds together', () => {
  fc.assert(
    fc.property(anyWhole, ({ review, facts }) => {
      const other = (id: string): string => `other-${id}`;
      const kept = keptAs(
        { review, facts },
        {
          articleId: 'other-a1',
          person: other,
          personName: (_id, name) => name,
          occurrence: other,
          claim: other,
          source: other,
          citation: other,
          check: other,
        },
      );
      const text = writeJson(kept.review, kept.facts);
      expect(readJson(text)).toMatchObject({ ok: true });
      const names =
        /"(?:by|statusBy|decidedBy|writerId|claimId|sourceId|occurrenceId|articleId)": "(?!other-)/;
      expect(text).not.toMatch(names);
    }),
    { seed: 12, numRuns: 100 },
  );
});

const published = new URL('../../docs/formats/galley-review.schema.json', import.meta.url);
const schemaFile = (): object => JSON.parse(readFileSync(published, 'utf8')) as object;
let known: ValidateFunction | undefined;
const compiled = (): ValidateFunction =>
  (known ??= new Ajv2020({
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    allErrors: true,
  }).compile(schemaFile()));

it('[FX24] the published schema is the one of the reader (node scripts/review-schema.mjs writes it anew)', () => {
  expect(schemaFile()).toEqual(JSON.parse(JSON.stringify(reviewJsonSchema())));
});

it('[FX24] an independent validator takes what is written', () => {
  const validate = compiled();
  const accepts = (text: string): void => {
    if (!validate(JSON.parse(text))) throw new Error(JSON.stringify(validate.errors?.slice(0, 3)));
  };
  accepts(writeJson(sampleReview(), sampleFacts()));
  fc.assert(
    fc.property(anyWhole, ({ review, facts }) => accepts(writeJson(review, facts))),
    { seed: 13, numRuns: 100 },
  );
});

type File = Record<string, unknown> & {
  doc: { content: { type: string; attrs?: Record<string, unknown>; content?: unknown[] }[] };
  comments: Record<string, unknown>[];
  anchors: Record<string, unknown>[];
  checks: Record<string, unknown>[];
  sources: Record<string, unknown>[];
  article: Record<string, unknown>;
};
const planted: [string, (file: File) => unknown][] = [
  ['another format', (file) => (file['format'] = 'other')],
  ['another version', (file) => (file['version'] = 2)],
  ['no people', (file) => delete file['people']],
  ['a stage that is none', (file) => (file.article['stage'] = 'nearly')],
  ['a comment without a text', (file) => delete file.comments[0]?.['text']],
  [
    'a comment with a status that is none',
    (file) => Object.assign(file.comments[0] ?? {}, { status: 'gone' }),
  ],
  [
    'an audience that is none',
    (file) => Object.assign(file.comments[0] ?? {}, { audience: { people: [] } }),
  ],
  ['an anchor before the text', (file) => Object.assign(file.anchors[0] ?? {}, { from: -1 })],
  ['a verdict that is none', (file) => Object.assign(file.checks[0] ?? {}, { verdict: 'maybe' })],
  [
    'a source of a kind that is none',
    (file) => Object.assign(file.sources[0] ?? {}, { kind: 'rumour' }),
  ],
  ['a block that is none', (file) => file.doc.content.push({ type: 'table' })],
  ['two headlines', (file) => file.doc.content.push({ type: 'headline' })],
  [
    'no headline',
    (file) => (file.doc.content = file.doc.content.filter(({ type }) => type !== 'headline')),
  ],
  [
    'an attribute that is none',
    (file) => file.doc.content.push({ type: 'block', attrs: { onclick: 'x' } }),
  ],
  ['a footnote without an id', (file) => file.doc.content.push({ type: 'footnote', attrs: {} })],
  [
    'an empty text',
    (file) => file.doc.content.push({ type: 'block', content: [{ type: 'text', text: '' }] }),
  ],
  [
    'a mark that is none',
    (file) =>
      file.doc.content.push({
        type: 'block',
        content: [{ type: 'text', text: 'x', marks: [{ type: 'blink' }] }],
      }),
  ],
  [
    'a link that runs',
    (file) =>
      file.doc.content.push({
        type: 'block',
        content: [
          { type: 'text', text: 'x', marks: [{ type: 'link', attrs: { href: 'javascript:x' } }] },
        ],
      }),
  ],
];

it.each(planted)('[FX24] and refuses a file with %s', (_what, plant) => {
  const validate = compiled();
  const file = JSON.parse(writeJson(sampleReview(), sampleFacts())) as File;
  plant(file);
  expect(validate(file)).toBe(false);
});
