/** Random reviews full of markup, quotes, signs and odd characters, with suggestions, notes and people to match. */
import { fc } from '#tests/support/properties.ts';
import { Fragment, type Mark, type Node } from 'prosemirror-model';
import type { BlockEntry, BlockStyle } from '#core/article/schema.ts';
import { blockStyles, schema } from '#core/article/schema.ts';
import { newReview, type Review } from '#core/sync/review.ts';
import { anchor, comment, people, row } from '#tests/formats/sample-review.ts';

/** Strings that end elements, comments, links or changes where a writer is careless. */
export const hostile = [
  '<script>alert(1)</script>',
  '</title></style></p>',
  '<!-- x --> -->',
  '&amp; &lt; &#65; &copy',
  '"quoted" \'single\' `code` ```',
  ']](http://x) [link](http://y) ![a](b)',
  '**bold** _em_ __x__ ~~gone~~ *** ___',
  '{++ins++} {--del--} {~~a~>b~~} {==hi==}{>>note<<}',
  '++} --} ~~} ==} <<} ~> {',
  '# heading',
  '> quote',
  '- item',
  '+ plus',
  '=== ---',
  '1. one',
  '1) one',
  '    code',
  '[^1]: note',
  ': definition',
  '(http://z)',
  '\\ back\\slash\\',
  'tab\there',
  'two  spaces',
  ' lead',
  'trail ',
  '|a|b|',
  'Ünïcødé “‘’” – — …',
  'مرحبا',
  '😀👩‍👩‍👧',
  'e\u0301',
  'a_b_c',
  '2*3*4',
  'http://example.org/?a=1&b=2',
  '$900m',
  'x',
  '!',
  '#',
  '^',
  '\u00a0',
  '\u200b',
  '[?]',
];

const words = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ minLength: 1, maxLength: 8 }),
  fc.constantFrom('safe', ' heaven ', 'The ', 'word'),
);
const id = fc.constantFrom('s1', 's2', 's3');
const by = fc.constantFrom('ada', 'ben');
const hrefs = fc.constantFrom(
  'https://example.org/a?b=1&c="2"',
  'mailto:a@b.c',
  '#x',
  'http://h/<x>\\y)',
);

const mark: fc.Arbitrary<Mark> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('em', 'strong').map((name) => schema.mark(name)) },
  { weight: 1, arbitrary: hrefs.map((href) => schema.mark('link', { href })) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom('insertion', 'deletion'), id, by)
      .map(([name, key, who]) => schema.mark(name, { id: `${key}-${who}`, by: who })),
  },
  {
    weight: 1,
    arbitrary: by.map((who) =>
      schema.mark('format', { id: `f-${who}`, by: who, add: [{ type: 'strong' }], remove: [] }),
    ),
  },
);

const assetAddress = `asset:${'0123456789abcdef'.repeat(4)}`;

const marks = fc
  .array(mark, { maxLength: 3 })
  .map((list) => list.reduce<readonly Mark[]>((set, one) => one.addToSet(set), []))
  .map((set) => {
    // At most one insertion on a token, as the tracking makes it.
    const first = set.find((one) => one.type.name === 'insertion');
    return set.filter((one) => one.type.name !== 'insertion' || one === first);
  });

const inline: fc.Arbitrary<Node> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(words, marks).map(([text, set]) => schema.text(text, set)),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('n1', 'n2').map((key) => schema.node('footnoteRef', { id: key })),
  },
  { weight: 1, arbitrary: fc.constant(schema.node('lineBreak')) },
);
const noteLine = fc
  .array(inline, { maxLength: 6 })
  .map((nodes) => Fragment.from(nodes.filter((node) => node.type.name !== 'footnoteRef')));
const line = fc.array(inline, { maxLength: 6 }).map((nodes) => Fragment.from(nodes));

const entry: fc.Arbitrary<BlockEntry> = fc.oneof(
  fc.tuple(fc.constantFrom('ins' as const, 'del' as const), id, by).map(([k, key, who]) => ({
    k,
    id: `${key}-${who}`,
    by: who,
  })),
  by.map((who) => ({
    k: 'block' as const,
    id: `b-${who}`,
    by: who,
    before: { style: 'paragraph' as const, list: null },
  })),
);

const style = fc.constantFrom<BlockStyle>('paragraph', 'paragraph', 'paragraph', ...blockStyles);
const list = fc.option(
  fc.record({
    kind: fc.constantFrom('bullet' as const, 'ordered' as const),
    level: fc.nat(2),
    start: fc.constantFrom(1, 1, 3),
  }),
  { freq: 2 },
);
const block = fc
  .tuple(line, style, list, fc.array(entry, { maxLength: 1 }))
  .map(([content, kind, item, sugg]) =>
    schema.node('block', { style: kind, list: item, sugg }, content),
  );

const texts = fc.oneof(fc.constantFrom('', 'A map'), words);
const figure = fc
  .tuple(
    line,
    fc.constantFrom('', 'https://example.org/a.png?b=1&c="2"|3', 'HTTP://h/<x>\\y)', assetAddress),
    texts,
  )
  .map(([caption, src, alt]) => schema.node('figure', { src, alt }, caption));

const cell = fc
  .tuple(
    fc.oneof({ weight: 2, arbitrary: line }, fc.constant(Fragment.empty)),
    fc.record({
      starts: fc.constantFrom(null, null, 'row' as const, 'row' as const, 'table' as const),
      header: fc.boolean(),
      span: fc.constantFrom(1, 1, 1, 2, 3),
      joinsAbove: fc.boolean(),
    }),
  )
  .map(([content, shape]) => schema.node('cell', shape, content));

/** What is suggested about a figure or a row as a whole; null for nothing, as mostly. */
const wholeChange = fc.option(fc.tuple(fc.constantFrom('ins' as const, 'del' as const), id, by), {
  freq: 1,
  nil: null,
});

/** A figure or a cell that comes or goes, with all its words. */
function changed(node: Node, change: readonly ['ins' | 'del', string, string] | null): Node {
  if (!change) return node;
  const [k, key, who] = change;
  const attrs = { id: `w${key}-${who}`, by: who };
  const mark = schema.mark(k === 'ins' ? 'insertion' : 'deletion', attrs);
  const nodes = node.content.content.map((child) => {
    const kept = child.marks.filter(
      ({ type }) => type.name !== mark.type.name && !(k === 'del' && type.name === 'insertion'),
    );
    return child.mark(mark.addToSet(kept));
  });
  return node.type.create({ ...node.attrs, sugg: [{ k, ...attrs }] }, Fragment.fromArray(nodes));
}

/** Cells with the changes of their rows, taken in turn. */
function changedRows(cells: readonly Node[], changes: readonly Parameters<typeof changed>[1][]) {
  let row = -1;
  return cells.map((node, i) => {
    if (i === 0 || node.attrs['starts'] !== null) row += 1;
    return changed(node, changes[row] ?? null);
  });
}

/** A body: mostly blocks, at times a figure or a run of cells. */
const body = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: block.map((node) => [node]) },
      {
        weight: 1,
        arbitrary: fc.tuple(figure, wholeChange).map(([node, change]) => [changed(node, change)]),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(
            fc.array(cell, { minLength: 1, maxLength: 9 }),
            fc.array(wholeChange, { maxLength: 9 }),
          )
          .map(([cells, changes]) => changedRows(cells, changes)),
      },
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => parts.flat())
  .map((nodes) =>
    // Nothing is suggested about the boundary behind a figure or a table: words never run into one.
    nodes.map((node, i) => {
      const free = i === 0 || nodes[i - 1]?.type.name === 'block' || node.type.name !== 'block';
      const sugg = node.attrs['sugg'] as readonly BlockEntry[];
      return free
        ? node
        : node.type.create(
            { ...node.attrs, sugg: sugg.filter(({ k }) => k === 'block') },
            node.content,
          );
    }),
  );

const head = fc
  .tuple(fc.option(line), line, fc.option(line), fc.option(line))
  .map(([kicker, headline, standfirst, byline]) => [
    ...(kicker ? [schema.node('kicker', null, kicker)] : []),
    schema.node('headline', null, headline),
    ...(standfirst ? [schema.node('standfirst', null, standfirst)] : []),
    ...(byline ? [schema.node('byline', null, byline)] : []),
  ]);

/** Any document. */
export const anyDoc: fc.Arbitrary<Node> = fc
  .tuple(head, body, noteLine, noteLine)
  .map(([masthead, blocks, one, two]) =>
    schema.node('doc', null, [
      ...masthead,
      ...blocks,
      schema.node('footnote', { id: 'n1' }, one),
      schema.node('footnote', { id: 'n2' }, two),
    ]),
  );

/** Any review of such a document: comments on random ranges, rows for its suggestions, hostile names and texts. */
export const anyReview: fc.Arbitrary<Review> = fc
  .tuple(
    anyDoc,
    fc.array(fc.tuple(fc.nat(), fc.nat(), words, words, fc.boolean()), { maxLength: 4 }),
    words,
    fc.constantFrom('en', 'ur', 'de', 'x"><script>'),
  )
  .map(([doc, ranges, name, language]) => {
    const size = doc.content.size;
    const placed = ranges.map(([a, b, text, reply, open], i) => {
      const from = Math.min(a % size, b % size);
      const to = Math.max(a % size, b % size) + 1;
      const key = `c${i}`;
      return {
        anchor: anchor(doc, key, { from, to }),
        comment: comment(key, {
          text,
          status: open ? 'open' : 'resolved',
          replies: [
            { id: `r${i}`, by: 'nobody', at: '2026-01-02T03:04:05Z', text: `${reply}\n${text}` },
          ],
        }),
      };
    });
    const byId = <T extends { id: string }>(items: readonly T[]): Map<string, T> =>
      new Map(items.map((item) => [item.id, item]));
    return {
      ...newReview(
        { id: 'a1', language, stage: 'draft' },
        people.map((person) => ({ ...person, name: `${person.name}${name}` })),
        doc,
      ),
      rev: 7,
      comments: byId(placed.map((one) => one.comment)),
      suggestions: byId([
        row('s1-ada', { reason: name }),
        row('old', { status: 'accepted', deleted: name }),
      ]),
      anchors: { byId: byId(placed.map((one) => one.anchor)), graves: [] },
    };
  });
