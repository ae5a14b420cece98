// What is written and read again: any review, and one with facts.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc } from '#tests/support/properties.ts';
import type { Node } from 'prosemirror-model';
import { expect, it } from 'vitest';
import { schema, type BlockEntry } from '#core/article/schema.ts';
import { cleanLine } from '#core/formats/clean-text.ts';
import { readDocx } from '#core/formats/docx/read-docx.ts';
import { writeDocx } from '#core/formats/docx/write-docx.ts';
import { docOf, type View } from '#core/formats/view.ts';
import { listSuggestions } from '#core/suggest/list.ts';
import { newReview, type Review } from '#core/sync/review.ts';
import { schemaJudge } from '#tests/formats/docx/judges.ts';
import { anyReview } from '#tests/formats/hostile-review.ts';
import { changesOf, commentsOf, splitsCharacters, testContext } from '#tests/formats/round-trip.ts';
import { sampleFacts } from '#tests/formats/sample-facts.ts';
import { anchor, comment, people, row, sampleReview } from '#tests/formats/sample-review.ts';

const marked = { view: 'marked', notice: null } as const;

function again(review: Review, facts = sampleFacts()): Review {
  const read = readDocx(writeDocx(review, { ...marked, facts }).content, testContext());
  if (!read.ok) throw new Error(read.detail);
  return read.imported.review;
}

/** The words of a view block by block, or its blocks as they look; empty ones are left out. */
function blocksOf(review: Review, view: View, looks: boolean): string[] {
  const lines: string[] = [];
  docOf(review.doc, view).forEach((block) => {
    if (block.type.name === 'footnote') return;
    let words = '';
    let last = '';
    block.forEach((node) => {
      const look = node.marks
        .map((mark) => (mark.type.name === 'link' ? String(mark.attrs['href']) : mark.type.name))
        .filter((name) => !['insertion', 'deletion', 'format'].includes(name))
        .toSorted()
        .join(' ');
      if (looks && look !== last) words += `[${look}]`;
      last = look;
      words += node.type.name === 'lineBreak' ? '\n' : cleanLine(node.text ?? '');
    });
    const list = block.attrs['list'] as { kind: string; level: number } | null | undefined;
    // A joined paragraph has the style of its second half in Word, of its first half here.
    if (words !== '' && !looks) lines.push(words);
    else if (words !== '')
      lines.push(`${block.type.name} ${list ? `${list.kind} ${list.level}` : ''} ${words}`);
  });
  return lines;
}

/** The comments that do not reach over footnotes, which are texts of their own. */
function bodyComments(review: Review): Review {
  let end = review.doc.content.size;
  review.doc.forEach((node, offset) => {
    if (node.type.name === 'footnote') end = Math.min(end, offset);
  });
  const within = (id: string): boolean => {
    const anchor = review.anchors.byId.get(id);
    return anchor !== undefined && anchor.to <= end;
  };
  return { ...review, comments: new Map([...review.comments].filter(([id]) => within(id))) };
}

/** True if no footnote has two references: Word has one, and a further one becomes its number. */
function refersOnce({ doc }: Review): boolean {
  const ids: unknown[] = [];
  doc.descendants((node) => {
    if (node.type.name === 'footnoteRef') ids.push(node.attrs['id']);
  });
  return new Set(ids).size === ids.length;
}

it('[WD10] any review keeps its text as filed and as edited', () => {
  fc.assert(
    fc.property(anyReview.filter(refersOnce), (review) => {
      const back = again(review);
      for (const view of ['accepted', 'original'] as const)
        expect(blocksOf(back, view, false)).toEqual(blocksOf(review, view, false));
    }),
    { numRuns: 80 },
  );
});

it('[WD10] any review keeps its comments: authors, words, quotations, replies and state', () => {
  fc.assert(
    fc.property(
      anyReview.filter((review) => !splitsCharacters(review)),
      (review) => {
        const before = commentsOf(bodyComments(review));
        const after = commentsOf(again(review));
        // A quotation over references to footnotes that are not there has another sign in their place.
        const plain = (list: typeof before) =>
          list.map((one) => ({
            ...one,
            quote: one.quote.replace(/\[\?\]|\d|[\ufffc\ufffd]/g, ''),
          }));
        for (const one of plain(before)) expect(plain(after)).toContainEqual(one);
      },
    ),
    { numRuns: 80 },
  );
});

it('[WD10] a review with every kind of note comes back with its changes, comments, facts and blocks', () => {
  const review = sampleReview();
  const back = again(review);
  for (const view of ['accepted', 'original', 'marked'] as const)
    expect(blocksOf(back, view, true)).toEqual(blocksOf(review, view, true));
  expect(changesOf(back)).toEqual(changesOf(review));
  expect(commentsOf(back)).toEqual(commentsOf(review));
  const [claim] = [...back.claims.values()];
  expect(claim).toMatchObject({ type: 'money', text: 'already received $550 million' });
  const [occurrence] = [...back.occurrences.values()];
  expect(back.anchors.byId.get(occurrence?.id ?? '')?.exact).toBe('already received $550 million');
  expect(occurrence?.replies.map(({ text }) => text.split('\n', 1)[0])).toEqual([
    'Verdict: Needs context.',
    'Verdict: Confirmed. Primary source seen.',
  ]);
  const [suggestion] = [...back.suggestions.values()];
  expect(suggestion).toMatchObject({ reason: 'Typing error' });
  expect(suggestion?.replies.map(({ text }) => text)).toEqual(['Yes.']);
  for (const comment of back.comments.values()) expect(comment.at).toMatch(/^2026-11-20T10:/);
});

it('[WD10] what is read and written once more is the same text with the same comments', () => {
  const once = again(sampleReview());
  const twice = again(once);
  expect(blocksOf(twice, 'marked', true)).toEqual(blocksOf(once, 'marked', true));
  expect(commentsOf(twice)).toEqual(commentsOf(once));
  expect(changesOf(twice)).toEqual(changesOf(once));
});

it('[WD10] tables and figures come back with their form, their changes and their comments', async () => {
  const struck = schema.mark('deletion', { id: 's1', by: 'ada' });
  const cell = (text: string, attrs: object = {}): Node =>
    schema.node('cell', attrs, text === '' ? [] : [schema.text(text)]);
  const picture = `asset:${'a1'.repeat(32)}`;
  const figure = (src: string, alt: string, caption: Node[]): Node =>
    schema.node('figure', { src, alt }, caption);
  const doc = schema.node('doc', null, [
    schema.node('headline', null, [schema.text('Head')]),
    figure('https://example.org/a.jpg?x=1&y="2"', 'A <bridge>', [
      schema.text('The '),
      schema.text('old ', [struck]),
      schema.text('bridge'),
    ]),
    cell('Year', { starts: 'table', header: true }),
    cell('Sum', { header: true, span: 2 }),
    cell('2016', { starts: 'row' }),
    cell('5'),
    cell('6'),
    cell('', { starts: 'row', joinsAbove: true }),
    schema.node('cell', null, [schema.text('7'), schema.node('lineBreak'), schema.text('8')]),
    cell('9'),
    cell('Another', { starts: 'table' }),
    figure(picture, '', []),
    schema.node('block', null, [schema.text('Words after it.')]),
    cell('Last', { starts: 'table' }),
  ]);
  doc.check();
  const at = { from: 0, to: 0 };
  doc.descendants((node, pos) => {
    if (node.text === '2016') at.from = pos;
    if (node.text === '6') at.to = pos + 1;
  });
  const review = {
    ...newReview({ id: 'a', language: 'en', stage: 'desk' as const }, people, doc),
    suggestions: new Map([['s1', row('s1')]]),
    comments: new Map([['c', comment('c')]]),
    anchors: { byId: new Map([['c', anchor(doc, 'c', at)]]), graves: [] },
  };
  const bytes = writeDocx(review, marked).content;
  const back = again(review);
  const forms = (one: Node): unknown[] =>
    one.content.content.map((block) => {
      const { sugg: _sugg, ...attrs } = block.attrs;
      return [block.type.name, attrs, block.textContent];
    });
  expect(forms(back.doc)).toEqual(forms(doc));
  expect(commentsOf(back)).toEqual(commentsOf(review));
  expect(changesOf(back)).toEqual(changesOf(review));
  const judge = await schemaJudge();
  if (!judge) return;
  const folder = mkdtempSync(join(tmpdir(), 'galley-table-'));
  try {
    writeFileSync(join(folder, 't.docx'), bytes);
    expect(judge(join(folder, 't.docx'))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('[WD10] lists, styles, suggested styles and suggested emphasis come back as they were', () => {
  const item = (kind: 'bullet' | 'ordered', level: number, start: number) => ({
    kind,
    level,
    start,
  });
  const line = (text: string, attrs: object): Node =>
    schema.node('block', attrs, [schema.text(text)]);
  const bold = [{ type: 'strong' }];
  const format = schema.mark('format', { id: 'f', by: 'ben', add: bold, remove: [] });
  const restyled = (before: object) => [
    { k: 'block', id: 'b', by: 'ada', before: { style: 'paragraph', list: null, ...before } },
  ];
  const doc = schema.node('doc', null, [
    schema.node('headline', null, [schema.text('Head')]),
    ...(['heading1', 'heading2', 'heading3', 'heading4', 'quote', 'credit', 'bio'] as const).map(
      (style) => line(style, { style }),
    ),
    line('third', { list: item('ordered', 0, 3) }),
    line('dot', { list: item('bullet', 1, 1) }),
    line('fourth', { list: item('ordered', 0, 3) }),
    line('Between.', {}),
    line('one', { list: item('ordered', 0, 1) }),
    line('Now a heading', { style: 'heading2', sugg: restyled({}) }),
    line('Now text', { sugg: restyled({ style: 'quote' }) }),
    line('Now an item', { list: item('bullet', 0, 1), sugg: restyled({}) }),
    schema.node('block', null, [
      schema.text('now '),
      schema.text('bold', [schema.mark('strong'), format]),
      schema.text(' words'),
    ]),
  ]);
  doc.check();
  const info = { id: 'a', language: 'en', stage: 'desk' as const };
  const back = again(newReview(info, people, doc));
  const shapes = (one: Node): unknown[] =>
    one.content.content.map(({ attrs, textContent }) => [
      textContent,
      attrs['style'],
      attrs['list'],
      (attrs['sugg'] as BlockEntry[] | undefined)?.map((entry) => ({ ...entry, id: '', by: '' })),
    ]);
  expect(shapes(back.doc)).toEqual(shapes(doc));
  const [suggested] = listSuggestions(back.doc).filter((one) => one.kind === 'format');
  expect(suggested?.formats).toEqual({ add: ['strong'], remove: [] });
});
