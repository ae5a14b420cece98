import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc } from '#tests/support/properties.ts';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { Node } from 'prosemirror-model';
import { expect, it } from 'vitest';
import { schema, type BlockEntry } from '#core/article/schema.ts';
import { cleanLine } from '#core/formats/clean-text.ts';
import { writeDocx } from '#core/formats/docx/write-docx.ts';
import { docOf, views } from '#core/formats/view.ts';
import { newReview, type Review } from '#core/sync/review.ts';
import { schemaJudge } from '#tests/formats/docx/judges.ts';
import { all, decided, partsOf, treeOf } from '#tests/formats/docx/word-file.ts';
import { anyReview } from '#tests/formats/hostile-review.ts';
import { sampleFacts } from '#tests/formats/sample-facts.ts';
import { people, row, sampleReview } from '#tests/formats/sample-review.ts';

const marked = { view: 'marked', notice: null } as const;
const partOf = (review: Review, name: string): string =>
  partsOf(writeDocx(review, marked).content).get(name) ?? '';

/** The words of the blocks of a document, without references to notes. */
function linesOf(doc: Node): string[] {
  const lines: string[] = [];
  doc.forEach((block) => {
    if (block.type.name === 'footnote') return;
    lines.push(
      block.content.content
        .map((node) => cleanLine(node.text ?? '') || (node.type.name === 'lineBreak' ? '\n' : ''))
        .join(''),
    );
  });
  return lines.filter((line) => line !== '');
}

/** A review of paragraphs, each with entries about the boundary before it. */
function reviewOf(blocks: readonly Node[], rows: Parameters<typeof row>[0][] = []): Review {
  const doc = schema.node('doc', null, [schema.node('headline'), ...blocks]);
  doc.check();
  const suggestions = new Map(rows.map((id) => [id, row(id)]));
  return { ...newReview({ id: 'a', language: 'en', stage: 'desk' }, people, doc), suggestions };
}

const text = (words: string, mark?: 'insertion' | 'deletion', id = 's'): Node =>
  schema.text(words, mark ? [schema.mark(mark, { id, by: 'ada' })] : []);
const block = (content: readonly Node[], sugg: BlockEntry[] = []): Node =>
  schema.node('block', { sugg }, content);

it('[WD1] the same review gives the same bytes, whenever and wherever it is written', () => {
  const facts = sampleFacts();
  const first = writeDocx(sampleReview(), { ...marked, facts }).content;
  const zone = process.env['TZ'];
  process.env['TZ'] = 'Pacific/Auckland';
  try {
    expect(writeDocx(sampleReview(), { ...marked, facts }).content).toEqual(first);
  } finally {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  }
});

it('[WD2] every part is well-formed, has a type, and every relation leads to a part; ids of paragraphs are small and used once', () => {
  fc.assert(
    fc.property(anyReview, (review) => {
      const parts = partsOf(writeDocx(review, { view: 'marked', notice: 'NOT CLEARED' }).content);
      const types = parts.get('[Content_Types].xml') ?? '';
      const seen = new Set<string>();
      for (const [name, xml] of parts) {
        if (!/\.(?:xml|rels)$/.test(name)) continue;
        const tree = treeOf(xml);
        if (/^word\/[^/]*\.xml$/.test(name)) expect(types).toContain(`"/${name}"`);
        for (const p of all(tree, 'w:p')) {
          const id = p.getAttribute('w14:paraId');
          if (!id) continue;
          expect(id).toMatch(/^[0-7][0-9A-F]{7}$/);
          expect(seen.has(id)).toBe(false);
          seen.add(id);
        }
        if (!name.endsWith('.rels')) continue;
        const folder = name.replace(/_rels\/[^/]*$/, '');
        for (const one of all(tree, 'Relationship')) {
          if (one.getAttribute('TargetMode') === 'External') continue;
          const target = `${folder}${one.getAttribute('Target') ?? ''}`.replace('word/../', '');
          expect([...parts.keys()]).toContain(target);
        }
      }
    }),
    { numRuns: 60 },
  );
});

const judge = await schemaJudge();
it.skipIf(judge === null)(
  '[WD2] the judge of the schemas finds no fault in any written file',
  { timeout: 120_000 },
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'galley-docx-'));
    const file = join(folder, 'one.docx');
    const faults = (bytes: Uint8Array): string[] => {
      writeFileSync(file, bytes);
      return judge?.(file) ?? [];
    };
    try {
      for (const view of views)
        expect(
          faults(writeDocx(sampleReview(), { view, notice: 'x', facts: sampleFacts() }).content),
        ).toEqual([]);
      for (const review of fc.sample(anyReview, { numRuns: 10, seed: 20261122 }))
        expect(faults(writeDocx(review, marked).content)).toEqual([]);
      // A fault that is put in on purpose is found.
      const broken = unzipSync(writeDocx(sampleReview(), marked).content);
      const xml = strFromU8(broken['word/document.xml'] ?? new Uint8Array());
      broken['word/document.xml'] = strToU8(xml.replace('<w:pPr>', '<w:pPr><w:r/>'));
      expect(faults(zipSync(broken))).not.toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

it('[WD3] deciding every tracked change by the rules of Word gives the text as edited and as filed', () => {
  fc.assert(
    fc.property(anyReview, (review) => {
      const xml = partOf(review, 'word/document.xml');
      const lines = (verdict: 'accept' | 'reject'): string[] =>
        decided(xml, verdict).filter((line) => line !== '');
      expect(lines('accept')).toEqual(linesOf(docOf(review.doc, 'accepted')));
      expect(lines('reject')).toEqual(linesOf(docOf(review.doc, 'original')));
    }),
    { numRuns: 100 },
  );
});

it('[WD4] a split is on the mark of the first half, a whole paragraph has it on its own', () => {
  const marksOf = (review: Review): (string | undefined)[] =>
    all(treeOf(partOf(review, 'word/document.xml')), 'w:p').map(
      (p) => [...all(p, 'w:ins'), ...all(p, 'w:del')].find((one) => !one.firstChild)?.tagName,
    );
  const ins: BlockEntry = { k: 'ins', id: 's', by: 'ada' };
  const del: BlockEntry = { k: 'del', id: 's', by: 'ada' };
  const [one, two, three] = [text('one'), text('two'), text('three')];
  expect(marksOf(reviewOf([block([one]), block([two], [ins]), block([three])]))).toEqual([
    'w:ins',
    undefined,
    undefined,
  ]);
  expect(
    marksOf(reviewOf([block([one]), block([text('new', 'insertion')], [ins]), block([three])])),
  ).toEqual([undefined, 'w:ins', undefined]);
  expect(
    marksOf(reviewOf([block([one]), block([text('old', 'deletion')], [del]), block([three])])),
  ).toEqual([undefined, 'w:del', undefined]);
  // At the end there is no paragraph after it that could take its place.
  expect(marksOf(reviewOf([block([one]), block([text('old', 'deletion')], [del])]))).toEqual([
    'w:del',
    undefined,
  ]);
});

it('[WD5] every reply has its own range and reference and points at the first comment; done is on all', () => {
  const parts = partsOf(writeDocx(sampleReview(), { ...marked, facts: sampleFacts() }).content);
  const body = parts.get('word/document.xml') ?? '';
  const comments = all(treeOf(parts.get('word/comments.xml') ?? ''), 'w:comment');
  const extended = all(treeOf(parts.get('word/commentsExtended.xml') ?? ''), 'w15:commentEx');
  expect(extended).toHaveLength(comments.length);
  const lastOf = comments.map((one) => all(one, 'w:p').at(-1)?.getAttribute('w14:paraId'));
  expect(extended.map((one) => one.getAttribute('w15:paraId'))).toEqual(lastOf);
  const roots = new Set(
    extended
      .filter((one) => !one.getAttribute('w15:paraIdParent'))
      .map((one) => one.getAttribute('w15:paraId')),
  );
  let replies = 0;
  for (const one of extended) {
    const parent = one.getAttribute('w15:paraIdParent');
    if (!parent) continue;
    replies += 1;
    expect(roots).toContain(parent);
    const first = extended.find((each) => each.getAttribute('w15:paraId') === parent);
    expect(one.getAttribute('w15:done')).toBe(first?.getAttribute('w15:done'));
  }
  expect(replies).toBeGreaterThan(1);
  expect(extended.some((one) => one.getAttribute('w15:done') === '1')).toBe(true);
  for (const one of comments) {
    const id = one.getAttribute('w:id') ?? '';
    const at = (mark: string): number => body.indexOf(`<w:${mark} w:id="${id}"/>`);
    expect(at('commentRangeStart')).toBeGreaterThan(-1);
    expect(at('commentRangeEnd')).toBeGreaterThan(at('commentRangeStart'));
    expect(at('commentReference')).toBeGreaterThan(at('commentRangeEnd'));
    expect(one.getAttribute('w:date')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  }
  const named = all(treeOf(parts.get('word/people.xml') ?? ''), 'w15:person').map((one) =>
    one.getAttribute('w15:author'),
  );
  for (const one of comments) expect(named).toContain(one.getAttribute('w:author'));
  expect(all(treeOf(parts.get('word/commentsIds.xml') ?? ''), 'w16cid:commentId')).toHaveLength(
    comments.length,
  );
});

it('[WD6] a fact is a comment with its state, its sources as links and its rounds as replies', () => {
  const parts = partsOf(writeDocx(sampleReview(), { ...marked, facts: sampleFacts() }).content);
  const comments = all(treeOf(parts.get('word/comments.xml') ?? ''), 'w:comment');
  const texts = comments.map((one) =>
    all(one, 'w:p')
      .map((p) => p.textContent)
      .join('\n'),
  );
  const at = texts.findIndex((one) => one.startsWith('[Fact-check · '));
  expect(texts[at]).toMatch(/^\[Fact-check · Confirmed\] Which fiscal year\?\nSupports: /);
  const fact = comments[at];
  const ids = (fact ? all(fact, 'w:hyperlink') : []).map((one) => one.getAttribute('r:id'));
  const rels = parts.get('word/_rels/comments.xml.rels') ?? '';
  expect(ids).toHaveLength(2);
  expect(rels).toContain('Target="https://example.org/s1" TargetMode="External"');
  expect(texts.slice(at + 1).join('\n')).toMatch(/Verdict: Needs context/);
});

it('[WD7] a marked copy knows its way back, a copy without marks holds nobody and nothing of the review', () => {
  const review = sampleReview();
  const back = partOf(review, 'customXml/item1.xml');
  for (const id of ['c1', 'c2', 'o1', 's1']) expect(back).toContain(`"id":"${id}"`);
  const body = partOf(review, 'word/document.xml');
  for (const [name] of back.matchAll(/_Galley_\d+/g)) expect(body).toContain(`w:name="${name}"`);
  for (const view of ['accepted', 'original'] as const) {
    const parts = partsOf(writeDocx(review, { view, notice: null, facts: sampleFacts() }).content);
    expect([...parts.keys()].filter((name) => /comment|people|customXml/.test(name))).toEqual([]);
    const whole = [...parts.values()].join('');
    for (const { name } of people) expect(whole).not.toContain(name.split(' ')[0]);
    expect(whole).not.toMatch(/w:ins |w:del |bookmark|trackRevisions|Fact-check/);
  }
});

it('[WD8] words struck in one place and put in elsewhere are a move', () => {
  const review = reviewOf(
    [
      block([text('Keep '), text('this', 'deletion'), text(' here.')]),
      block([text('There '), text('this', 'insertion'), text('.')]),
    ],
    ['s'],
  );
  const xml = partOf(review, 'word/document.xml');
  expect(xml).toMatch(
    /<w:moveFromRangeStart [^>]*w:name="move1"\/><w:moveFrom [^>]*><w:r><w:t [^>]*>this<\/w:t><\/w:r><\/w:moveFrom><w:moveFromRangeEnd/,
  );
  expect(xml).toMatch(/<w:moveTo [^>]*><w:r><w:t [^>]*>this<\/w:t>/);
  const adjacent = reviewOf([block([text('this', 'deletion'), text('this', 'insertion')])], ['s']);
  expect(partOf(adjacent, 'word/document.xml')).not.toContain('move');
});

it('[WD9] each note that is not in the file and each thing written otherwise is named', () => {
  const { warnings, counts } = writeDocx(sampleReview(), marked);
  expect(counts).toEqual({
    in: { comment: 3, fact: 1, suggestion: 2 },
    out: { comment: 3, fact: 1, suggestion: 1 },
  });
  expect(warnings.map(({ id }) => id)).toEqual(['c3', 's2']);
  const accepted = writeDocx(sampleReview(), { view: 'accepted', notice: null });
  expect(accepted.warnings).toHaveLength(6);
  const both = schema.mark('deletion', { id: 't', by: 'ben' });
  const twice = schema.text('x', [schema.mark('deletion', { id: 's', by: 'ada' }), both]);
  expect(writeDocx(reviewOf([block([twice])]), marked).warnings.map(({ id }) => id)).toEqual(['t']);
});

it('[FX8] the notice of an article that is not cleared is at the head of every page', () => {
  const { content } = writeDocx(sampleReview(), { ...marked, notice: 'NOT CLEARED · 3 open' });
  const parts = partsOf(content);
  expect(parts.get('word/header1.xml')).toContain('NOT CLEARED · 3 open');
  expect(parts.get('word/document.xml')).not.toContain('NOT CLEARED');
});

it('[WD3] the walk that decides changes finds what is wrong: a split on the wrong mark, a change that is lost', () => {
  const ins: BlockEntry = { k: 'ins', id: 's', by: 'ada' };
  const review = reviewOf([block([text('one')]), block([text('two')], [ins]), block([text('x')])]);
  const xml = partOf(review, 'word/document.xml');
  const mark = /<w:pPr><w:rPr><w:ins [^>]*\/><\/w:rPr><\/w:pPr>/.exec(xml)?.[0] ?? '';
  expect(mark).not.toBe('');
  expect(decided(xml, 'reject')).toEqual(['onetwo', 'x']);
  const wrong = xml.replace(mark, '').replace(/<w:p>((?:(?!<w:p>).)*>two<)/, `<w:p>${mark}$1`);
  expect(decided(wrong, 'reject')).toEqual(['one', 'twox']);
  expect(decided(xml.replace(mark, ''), 'reject')).toEqual(['one', 'two', 'x']);
});

it('[WD2] a text from right to left says so in its styles', () => {
  const review = sampleReview();
  const styles = (language: string): string =>
    partOf({ ...review, article: { ...review.article, language } }, 'word/styles.xml');
  expect(styles('ur')).toMatch(/<w:rtl\/><w:lang w:val="ur" w:bidi="ur"\/>.*<w:bidi\/>/);
  expect(styles('en')).not.toMatch(/<w:rtl|<w:bidi/);
});
