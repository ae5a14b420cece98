import { fc } from '#tests/support/properties.ts';
import { expect, it } from 'vitest';
import { readJson } from '#core/formats/read-json.ts';
import { writeJson } from '#core/formats/write-json.ts';
import { reviewToJson, type Review } from '#core/sync/review.ts';
import { anyReview } from '#tests/formats/hostile-review.ts';
import { sampleReview } from '#tests/formats/sample-review.ts';

function read(text: string): Review {
  const result = readJson(text);
  if (!result.ok) throw new Error(result.detail);
  return result.review;
}

function mustBeSorted(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) {
    const keys = Object.keys(value);
    expect(keys).toEqual(keys.toSorted());
  }
  for (const child of Object.values(value)) mustBeSorted(child);
}

it('[FX1] a review written, read and written again is the same to the byte', () => {
  const text = writeJson(sampleReview());
  expect(writeJson(read(text))).toBe(text);
  expect(reviewToJson(read(text))).toEqual(reviewToJson(sampleReview()));
});

it('[FX1] and so is any other review', () => {
  fc.assert(
    fc.property(anyReview, (review) => {
      const text = writeJson(review);
      expect(writeJson(read(text))).toBe(text);
    }),
    { numRuns: 300 },
  );
});

it('[FX2] the file has a name, a version, sorted keys, every thread and no time of its own', () => {
  const text = writeJson(sampleReview());
  const json = JSON.parse(text) as Record<string, unknown>;
  mustBeSorted(json);
  expect(json['format']).toBe('galley.review');
  expect(json['version']).toBe(1);
  expect(json['article']).toMatchObject({ id: 'a1', headline: expect.stringContaining('USA') });
  expect(json['comments']).toHaveLength(4);
  expect(json['occurrences']).toHaveLength(1);
  expect(json['suggestions']).toHaveLength(2);
  expect(json['claims']).toHaveLength(1);
  expect(writeJson(sampleReview())).toBe(text);
});

const sound = (): Record<string, unknown> =>
  JSON.parse(writeJson(sampleReview())) as Record<string, unknown>;

type Break = (json: Record<string, unknown>) => void;
const breaks: [name: string, how: Break | string, code: string][] = [
  ['no JSON', '{"format": "galley', 'FILE_NOT_REVIEW'],
  ['nothing', '', 'FILE_NOT_REVIEW'],
  ['null', 'null', 'FILE_NOT_REVIEW'],
  ['a number', '7', 'FILE_NOT_REVIEW'],
  ['a list', '[]', 'FILE_NOT_REVIEW'],
  ['another format', '{"format": "other"}', 'FILE_NOT_REVIEW'],
  ['a newer version', '{"format": "galley.review", "version": 2}', 'FILE_TOO_NEW'],
  ['no version', '{"format": "galley.review"}', 'FILE_NOT_REVIEW'],
  [
    'deep nesting',
    `{"format":"galley.review","doc":${'['.repeat(5000)}${']'.repeat(5000)}}`,
    'FILE_NOT_REVIEW',
  ],
  ['no document', (json) => delete json['doc'], 'FILE_NOT_REVIEW'],
  ['an unknown node', set('doc', { type: 'doc', content: [{ type: 'table' }] }), 'FILE_NOT_REVIEW'],
  [
    'a document without a headline',
    set('doc', { type: 'doc', content: [{ type: 'block' }] }),
    'FILE_NOT_REVIEW',
  ],
  ['a part of a document', set('doc', { type: 'headline' }), 'FILE_NOT_REVIEW'],
  [
    'a script link',
    set('doc', docWith({ type: 'link', attrs: { href: 'javascript:x' } })),
    'FILE_NOT_REVIEW',
  ],
  [
    'a format of an unknown mark',
    set(
      'doc',
      docWith({
        type: 'format',
        attrs: { id: 'a', by: 'b', add: [{ type: 'blink' }], remove: [] },
      }),
    ),
    'FILE_NOT_REVIEW',
  ],
  ['a text for a list', set('comments', 'none'), 'FILE_NOT_REVIEW'],
  ['a comment without a text', set('comments', [{ id: 'c1' }]), 'FILE_NOT_REVIEW'],
  ['a revision below zero', set('rev', -1), 'FILE_NOT_REVIEW'],
  ['two people with one id', (json) => void twice(json, 'people'), 'FILE_NOT_REVIEW'],
  ['two comments with one id', (json) => void twice(json, 'comments'), 'FILE_NOT_REVIEW'],
  ['an occurrence of no claim', set('claims', []), 'FILE_NOT_REVIEW'],
  ['comments without anchors', set('anchors', []), 'FILE_NOT_REVIEW'],
  ['anchors without comments', set('comments', []), 'FILE_NOT_REVIEW'],
  [
    'an anchor behind the end',
    (json) => Object.assign((json['anchors'] as object[])[0] ?? {}, { to: 1e9 }),
    'FILE_NOT_REVIEW',
  ],
];

function set(key: string, value: unknown): Break {
  return (json) => Object.assign(json, { [key]: value });
}

function docWith(mark: unknown): unknown {
  const text = { type: 'text', text: 'x', marks: [mark] };
  return { type: 'doc', content: [{ type: 'headline' }, { type: 'block', content: [text] }] };
}

function twice(json: Record<string, unknown>, key: string): void {
  const items = json[key] as unknown[];
  items.push(items[0]);
}

it.each(breaks)('[FX3] refuses %s with a code and a sentence', (_name, how, code) => {
  const json = sound();
  if (typeof how !== 'string') how(json);
  const result = readJson(typeof how === 'string' ? how : JSON.stringify(json));
  expect(result).toMatchObject({ ok: false, code });
  if (!result.ok) expect(result.detail).toMatch(/^[A-Z].*\.?$/s);
});

it('[FX3] any value in any place of a file gives a review or a refusal, never a throw', () => {
  const text = writeJson(sampleReview());
  const paths = [...text.matchAll(/"[a-zA-Z]+": ("(?:[^"\\]|\\.)*"|\d+|\[\]|\{\}|null)/g)];
  fc.assert(
    fc.property(fc.nat(paths.length - 1), fc.jsonValue(), (index, value) => {
      const match = paths[index];
      const old = match?.[1] ?? '';
      const at = (match?.index ?? 0) + (match?.[0].length ?? 0) - old.length;
      const hurt = text.slice(0, at) + JSON.stringify(value) + text.slice(at + old.length);
      const result = readJson(hurt);
      if (result.ok) expect(() => writeJson(result.review)).not.toThrow();
      else expect(result.detail).not.toBe('');
    }),
    { numRuns: 1000 },
  );
});

it('[FX1] a key named __proto__ changes nothing', () => {
  const hurt = writeJson(sampleReview()).replace('"people"', '"__proto__": {"x": 1}, "people"');
  expect(writeJson(read(hurt))).toBe(writeJson(sampleReview()));
  expect(({} as { x?: number }).x).toBeUndefined();
});
