/** Verdicts, citations and sources in the files that leave the house and come back. */
import { fc } from '#tests/support/properties.ts';
import { expect, it } from 'vitest';
import { readJson } from '#core/formats/read-json.ts';
import { writeHtml } from '#core/formats/write-html.ts';
import { writeJson } from '#core/formats/write-json.ts';
import { writeMarkdown } from '#core/formats/write-markdown.ts';
import { writeText } from '#core/formats/write-text.ts';
import { hostile } from '#tests/formats/hostile-review.ts';
import { readPage } from '#tests/formats/page.ts';
import { sampleFacts } from '#tests/formats/sample-facts.ts';
import { sampleReview } from '#tests/formats/sample-review.ts';

function read(text: string): Extract<ReturnType<typeof readJson>, { ok: true }> {
  const result = readJson(text);
  if (!result.ok) throw new Error(result.detail);
  return result;
}

it('[FX1] facts with verdicts, citations and sources are written, read and written again to the byte', () => {
  const text = writeJson(sampleReview(), sampleFacts());
  const { review, facts, warnings } = read(text);
  expect(warnings).toEqual([]);
  expect(facts).toEqual(sampleFacts());
  expect(writeJson(review, facts)).toBe(text);
});

const texts = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', maxLength: 20 }));

it('[FX1] and so are any words in a verdict or a source', () => {
  fc.assert(
    fc.property(texts, texts, texts, (rationale, title, quote) => {
      const { claims, sources } = sampleFacts({ rationale });
      const [file] = claims;
      const facts = {
        claims: [{ ...file, citations: file.citations.map((one) => ({ ...one, quote })) }],
        sources: sources.map((one) => ({ ...one, title, address: title })),
      };
      const text = writeJson(sampleReview(), facts);
      const back = read(text);
      expect(back.facts).toEqual(facts);
      expect(writeJson(back.review, back.facts)).toBe(text);
    }),
    { numRuns: 200 },
  );
});

it('[FX18] no words of a verdict or a source break the page', () => {
  const plain = writeHtml(sampleReview(), { view: 'marked', notice: null, facts: sampleFacts() });
  const names = (content: string): string[] => {
    const page = readPage(content);
    expect(page.errors).toEqual([]);
    return page.elements.map(({ tagName }) => tagName);
  };
  fc.assert(
    fc.property(texts, texts, (rationale, title) => {
      const { claims, sources } = sampleFacts({ rationale: `x${rationale.replace(/\s/gu, ' ')}` });
      const facts = { claims, sources: sources.map((one) => ({ ...one, title: `x${title}` })) };
      const { content } = writeHtml(sampleReview(), { view: 'marked', notice: null, facts });
      const kinds = new Set([...names(plain.content), 'br']);
      for (const name of names(content)) expect(kinds).toContain(name);
    }),
    { numRuns: 100 },
  );
});

it('[FX4] the file lists each check and citation with its claim, the claim as it stands now, and the sources', () => {
  const json = JSON.parse(writeJson(sampleReview(), sampleFacts())) as Record<string, unknown>;
  expect(json['claims']).toMatchObject([{ id: 'claim1', type: 'number', version: 6 }]);
  expect(json['checks']).toMatchObject([
    { id: 'k1', claimId: 'claim1' },
    { id: 'k2', claimId: 'claim1', verdict: 'confirmed' },
  ]);
  expect(json['citations']).toMatchObject([
    { id: 'q1', claimId: 'claim1', sourceId: 's1' },
    { id: 'q2' },
  ]);
  expect(json['sources']).toMatchObject([{ title: 'Pentagon briefing' }, { id: 's2' }]);
});

it('[FX4] a check made in another article, and a claim of none of these facts, are not in the file', () => {
  const { claims, sources } = sampleFacts({ occurrenceId: 'elsewhere' });
  const other = { ...claims[0], claim: { ...claims[0].claim, id: 'claim2' } };
  const text = writeJson(sampleReview(), { claims: [...claims, other], sources });
  expect(text).not.toContain('As reported');
  expect(text).not.toContain('claim2');
  expect(writeJson(sampleReview(), read(text).facts)).toBe(text);
});

type Lists = Record<'checks' | 'citations' | 'sources', Record<string, unknown>[]>;
const faults: [string, (json: Lists) => void][] = [
  [
    'a check of no fact',
    ({ checks }) => void Object.assign(checks[0] ?? {}, { occurrenceId: 'x' }),
  ],
  [
    'a check of another claim',
    ({ checks }) => void Object.assign(checks[0] ?? {}, { claimId: 'x' }),
  ],
  [
    'a check on no citation',
    ({ checks }) => void Object.assign(checks[0] ?? {}, { citationIds: ['x'] }),
  ],
  ['an unknown verdict', ({ checks }) => void Object.assign(checks[0] ?? {}, { verdict: 'maybe' })],
  ['a citation of no source', (json) => void (json.sources = [])],
  ['two sources with one id', ({ sources }) => void sources.push(sources[0] ?? {})],
  ['a source that is none', ({ sources }) => void sources.push({ id: 'x' })],
];

it.each(faults)('[FX4] %s is refused', (_name, hurt) => {
  const json = JSON.parse(writeJson(sampleReview(), sampleFacts())) as Lists;
  hurt(json);
  expect(readJson(JSON.stringify(json))).toMatchObject({ ok: false, code: 'FILE_NOT_REVIEW' });
});

it('[FX4] a file of before facts had verdicts is read', () => {
  const json = JSON.parse(writeJson(sampleReview())) as Record<string, unknown>;
  for (const list of ['checks', 'citations', 'sources']) delete json[list];
  expect(read(JSON.stringify(json)).facts.sources).toEqual([]);
});

it.each([
  ['HTML', writeHtml],
  ['Markdown', writeMarkdown],
  ['text', writeText],
])(
  '[FX18] a marked copy in %s prints verdict, certainty, reason and sources; a clean one does not',
  (_name, write) => {
    const print = (view: 'marked' | 'accepted', facts = sampleFacts()): string =>
      write(sampleReview(), { view, notice: null, facts }).content;
    const marked = print('marked');
    for (const words of [
      'Verdict: Needs context',
      'Verdict: Confirmed',
      'Primary source seen',
      'As reported',
      'Pentagon briefing',
      'five hundred fifty',
      'Contradicts: A wire report',
      'Which fiscal year?',
    ])
      expect(marked).toContain(words);
    expect(marked.indexOf('Verdict: Needs context')).toBeLessThan(
      marked.indexOf('Verdict: Confirmed'),
    );
    expect(print('accepted')).not.toContain('Verdict');
    expect(marked).not.toContain('re-check');
    expect(print('marked', sampleFacts({ words: 'Other words' }))).toMatch(
      /Confirmed \\?\(to re.?-check\\?\)/,
    );
  },
);
