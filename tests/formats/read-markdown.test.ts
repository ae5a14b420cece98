import { fc } from '#tests/support/properties.ts';
import { Fragment, type Node } from 'prosemirror-model';
import { expect, it } from 'vitest';
import type { BlockStyle } from '#core/article/schema.ts';
import { schema } from '#core/article/schema.ts';
import { timeOf } from '#core/formats/markdown/read-message.ts';
import { readMarkdown } from '#core/formats/read-markdown.ts';
import { docOf, views } from '#core/formats/view.ts';
import { writeMarkdown } from '#core/formats/write-markdown.ts';
import { isMasthead } from '#core/suggest/entries.ts';
import type { Review } from '#core/sync/review.ts';
import { anyReview } from '#tests/formats/hostile-review.ts';
import { changesOf, commentsOf, plain, testContext, wordsIn } from '#tests/formats/round-trip.ts';
import { anchor, sampleReview } from '#tests/formats/sample-review.ts';

const read = (text: string, language?: string) =>
  readMarkdown(text, testContext(language === undefined ? {} : { language }));

/** Markdown has no styles for these, and a masthead is a guess: their words are what must return. */
function kind(node: Node): string {
  if (['footnote', 'headline', 'figure', 'cell'].includes(node.type.name)) return node.type.name;
  const style = node.attrs['style'] as BlockStyle | undefined;
  return style !== undefined && /^(?:heading|quote)/.test(style) ? style : 'paragraph';
}

function outline(text: string): string[] {
  const named = (node: Node): string =>
    node.type.name === 'block' ? String(node.attrs['style']) : node.type.name;
  return plain(read(text).review.doc, { kind: named, edges: true, empty: false }).map(
    (block) =>
      `${block.kind}${block.list && ` (${block.list})`}: ${block.parts
        .map((part) => (part.marks === '' ? part.text : `<${part.marks}>${part.text}</>`))
        .join('')}`,
  );
}

/** Three signs of an address are written as their codes, which is the same address. */
const sameAddress = (marks: string): string =>
  marks.replaceAll('<', '%3C').replaceAll('>', '%3E').replaceAll('\\', '%5C');

/** A block with white space at the edges of its lines and around its emphasis taken away, which Markdown does not keep. */
function tidy(blocks: ReturnType<typeof plain>): unknown[] {
  return blocks
    .map(({ kind: name, list, parts }) => ({
      name,
      // Levels are those of the items above; a jump is told in a warning.
      list: list.split(' ', 1)[0],
      parts: parts
        .map(({ text, marks }) => ({ text, marks: sameAddress(marks) }))
        .map(({ text, marks }) => [text.replace(/[\s\u0085]+/gu, ''), marks] as const)
        .filter(([text]) => text !== '')
        .reduce<[string, string][]>((out, [text, marks]) => {
          const last = out.at(-1);
          if (last?.[1] === marks) last[0] += text;
          else out.push([text, marks]);
          return out;
        }, []),
    }))
    .filter(({ parts }) => parts.length > 0);
}

/** The review with a headline that is there, so that nothing else is taken for it, and nothing before it. */
function withHeadline(review: Review): Review {
  const blocks: Node[] = [schema.node('headline', null, schema.text('The headline'))];
  review.doc.forEach((node) => {
    if (!isMasthead(node)) blocks.push(node);
  });
  const doc = review.doc.copy(Fragment.from(blocks));
  // What comes before the body became another length; notes on it move to the start of the body.
  const shift = doc.content.size - review.doc.content.size;
  const start = (doc.firstChild?.nodeSize ?? 0) - shift;
  const byId = new Map(
    [...review.anchors.byId.values()].map((one) => {
      const from = Math.max(one.from, start) + shift;
      const to = Math.max(one.to + shift, from + 1);
      return [one.id, anchor(doc, one.id, { from, to })] as const;
    }),
  );
  return { ...review, doc, anchors: { byId, graves: [] } };
}

it('[IP11] Markdown that Galley wrote reads back as the same article, block by block', () => {
  fc.assert(
    fc.property(
      anyReview,
      fc.constantFrom('original' as const, 'accepted' as const),
      (any, view) => {
        const review = withHeadline(any);
        const { content } = writeMarkdown(review, { view, notice: null });
        const leeway = { kind, edges: false, empty: true };
        const wanted = plain(docOf(review.doc, view), leeway);
        expect(tidy(plain(read(content).review.doc, leeway)), content).toEqual(tidy(wanted));
      },
    ),
    { numRuns: 400 },
  );
});

/** Names with a colon or a date in them cannot be told from what follows a name. */
function withPlainNames(review: Review): Review {
  const people = [...review.people.values()].map(
    (one) => [one.id, { ...one, name: one.id }] as const,
  );
  return { ...review, people: new Map(people) };
}

/** True for words that one person inserted and another struck: they are written, and read, as struck. */
function hasBoth(review: Review): boolean {
  let both = false;
  review.doc.descendants((node) => {
    const names = node.marks.map((one) => one.type.name);
    if (names.includes('insertion') && names.includes('deletion')) both = true;
  });
  return both;
}

it('[IP12] a marked copy reads back with the same words as filed and as edited, and every comment and reply', () => {
  let checked = 0;
  fc.assert(
    fc.property(anyReview, (any) => {
      const review = withPlainNames(withHeadline(any));
      if (hasBoth(review)) return;
      const { content } = writeMarkdown(review, { view: 'marked', notice: null });
      const back = read(content).review;
      for (const view of views)
        expect(wordsIn(back.doc, view), `${view}\n${content}`).toBe(wordsIn(review.doc, view));
      const said = (one: Review) =>
        commentsOf(one).map(({ author, text, replies, closed }) =>
          JSON.stringify({ author, text, replies, closed }),
        );
      // A note on nothing but the place between two blocks may be read as one about that place's change.
      const placed = [...review.comments.values()].filter(
        ({ id }) => review.anchors.byId.get(id)?.exact.trim() !== '',
      );
      const comments = new Map(placed.map((one) => [one.id, one]));
      const wanted = said({ ...review, comments });
      expect(said(back), content).toEqual(expect.arrayContaining(wanted));
      checked += 1;
    }),
    { numRuns: 400 },
  );
  expect(checked).toBeGreaterThan(100);
});

it('[IP12] suggestions, comments, facts and replies of a marked copy are as they were', () => {
  const review = sampleReview();
  const { review: back, warnings } = read(
    writeMarkdown(review, { view: 'marked', notice: null }).content,
  );
  expect(changesOf(back)).toEqual(changesOf(review));
  expect(commentsOf(back)).toEqual(expect.arrayContaining(commentsOf(review)));
  expect([...back.claims.values()]).toMatchObject([
    { type: 'money', text: 'already received $550 million', check: 'Which year?' },
  ]);
  expect([...back.suggestions.values()]).toMatchObject([
    { at: '2026-11-20T10:00:00.000Z', reason: 'Typing error', replies: [{ text: 'Yes.' }] },
  ]);
  expect(warnings.map((one) => one.message)).toEqual([
    'The decided suggestion “Replace “US” with “U.S.”” is read as a resolved comment.',
  ]);
});

it('[IP13] reads the forms of CriticMarkup as people write them', () => {
  const { review, warnings } = read(
    '# H\n\nA {++new++} and {--old--} and {~~heaven~>haven~~}{>>typo<<} and {==this==}{>>@Ada: why?<<}{>>@Ben 2026-01-02: so<<} end{>>bare<<}.\n\n' +
      'Open {++ never closed, and so on.',
  );
  expect(changesOf(review)).toEqual([
    'Unknownauthor /  /  / new',
    'Unknownauthor /  / old / ',
    'Unknownauthor / typo / heaven / haven',
  ]);
  expect(commentsOf(review)).toEqual([
    {
      author: 'Ada',
      text: 'why?',
      quote: 'this',
      replies: [{ author: 'Ben', text: 'so' }],
      closed: false,
    },
    { author: 'Unknownauthor', text: 'bare', quote: 'end', replies: [], closed: false },
  ]);
  expect(wordsIn(review.doc, 'accepted')).toBe(
    'HAnewandandhavenandthisend.Open{++neverclosed,andsoon.',
  );
  expect(warnings).toEqual([]);
});

it('[IP13] a suggestion that goes over a paragraph comes back as one', () => {
  const text =
    '# H\n\nOne.{-- Two.--}\n\n{--¶--}{--Three.--}{>>@Ada 2026-01-02T03:04Z: cut<<} Four.\n\n{++¶++}{>>@Ben: split<<}Five.\n';
  const { review } = read(text);
  expect(changesOf(review)).toEqual(['Ada / cut / Two.Three. / ', 'Ben / split /  / ']);
  expect(wordsIn(review.doc, 'accepted')).toBe('HOne.Four.Five.');
  expect(docOf(review.doc, 'accepted').childCount).toBe(3);
  expect(docOf(review.doc, 'original').childCount).toBe(3);
});

it('[IP14] reads masthead, headings, lists, quotations, footnotes, tables, pictures and code', () => {
  const text = `---
title: x
---
Opinion

# The *headline*

A deck that says more

By Ada Lim

First.[^a] Second^[inline note] and [link](https://a.b "t") and [bad](javascript:alert(1)).

## Part

> quoted\\
> twice

- a
  1. b

     more
- c

| A | B |
|---|---|
| 1 | 2 |

![A picture](p.png)

\`\`\`js
code()
\`\`\`

<div><script>alert(1)</script>From HTML</div>

[^a]: Note a.
[^b]: Unused.
`;
  expect(outline(text)).toEqual([
    'kicker: Opinion',
    'headline: The <em>headline</>',
    'standfirst: A deck that says more',
    'byline: Ada Lim',
    'paragraph: First.[^1] Second[^2] and <https://a.b>link</> and bad.',
    'heading1: Part',
    'quote: quoted\ntwice',
    'paragraph (bullet 0): a',
    'paragraph (ordered 1): b\nmore',
    'paragraph (bullet 0): c',
    'cell: A',
    'cell: B',
    'cell: 1',
    'cell: 2',
    'figure: ',
    'paragraph: code()',
    'paragraph: From HTML',
    'footnote: Note a.',
    'footnote: inline note',
    'footnote: Unused.',
  ]);
  const { flags, warnings, guesses } = read(text);
  const said = warnings.map((one) => one.message).join('\n');
  for (const words of [
    'The picture “p.png” has an address that an article cannot hold',
    'The code “code()”',
    '<script>',
    'javascript:alert(1)',
  ])
    expect(said).toContain(words);
  expect(flags).toContainEqual(expect.objectContaining({ kind: 'front-matter', taken: true }));
  expect(guesses).toContainEqual({ what: 'byline', block: 3, confidence: 0.95 });
});

it('[IP15] times are read as UTC where they exist, and as nothing where they do not', () => {
  expect(timeOf('2026-11-20T10:00Z')).toBe('2026-11-20T10:00:00.000Z');
  expect(timeOf('2026-02-30T10:00Z')).toBe('');
  expect(timeOf('2026-01-02')).toBe('2026-01-02T00:00:00.000Z');
  expect(timeOf('2026-01-02T03:04:05.6Z')).toBe('2026-01-02T03:04:05.600Z');
  expect(timeOf('2026-13-02T99:00Z')).toBe('');
  expect(timeOf('soon')).toBe('');
});

it('[IP16] any Markdown becomes an article that fits the schema, however broken or deep', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...'{++ ++} {-- --} {~~ ~> ~~} {== ==} {>> <<} {++¶++} # ## > - 1. ``` --- | [^1] [^1]: [ ]( ) ** _ ~~ <ins> </ins> <b> </em> <table> \\ &#32; @A:'.split(
        ' ',
      ),
    ),
    fc.constantFrom('\n', '\n\n', '    ', ' '),
    fc.string({ maxLength: 5 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      read(pieces.join('')).review.doc.check();
    }),
    { numRuns: 500 },
  );
  const deep = read(`${'>'.repeat(5000)} far down`);
  expect(deep.warnings.map((one) => one.message).join()).toContain('nested deeper');
  for (const many of ['{++', '{>>', '[', '**', '*a ', '<b>', '![', '`'])
    read(many.repeat(5000)).review.doc.check();
  // Signs that nothing closes do not make the time grow with their square.
  for (const many of ['{++ a ', '{~~ a~> ', '{>> '])
    read(many.repeat(200_000 / many.length)).review.doc.check();
});
