// What was put into a file beside words: footnotes, pictures, rows of tables.
import type { Node } from 'prosemirror-model';
import { Transform } from 'prosemirror-transform';
import { describe, expect, it } from 'vitest';
import { schema } from '#core/article/schema.ts';
import { decide } from '#core/suggest/decide.ts';
import { accepted, original } from '#core/suggest/project.ts';
import { track } from '#core/suggest/track.ts';
import { brought, plan, reviewOf, rowOf } from '#tests/formats/return/there-and-back.ts';

const text = (words: string): Node => schema.text(words);
const ref = (id: string): Node => schema.node('footnoteRef', { id });
const note = (id: string, words: string): Node => schema.node('footnote', { id }, text(words));
const block = (...content: (Node | string)[]): Node =>
  schema.node(
    'block',
    null,
    content.map((one) => (typeof one === 'string' ? text(one) : one)),
  );
const article = (...blocks: Node[]): Node =>
  schema.node('doc', null, [schema.node('headline', null, text('Words')), ...blocks]);

/** The text as it reads, each reference as the words of its note. */
function reads(doc: Node): string[] {
  const notes = new Map<unknown, string>();
  doc.forEach((node) => {
    if (node.type.name === 'footnote') notes.set(node.attrs['id'], node.textContent);
  });
  return doc.content.content.map((node) => {
    const words = node.content.content
      .map((one) =>
        one.type.name === 'footnoteRef' ? `[${notes.get(one.attrs['id']) ?? 'lost'}]` : one.text,
      )
      .join('');
    const { name } = node.type;
    return name === 'figure' ? `(${node.attrs['alt']}) ${words}` : `${name}: ${words}`;
  });
}

const before = article(
  block('One claim', ref('a'), ' stands here.'),
  block('Two claims', ref('b'), ' stand here.'),
  note('a', 'The source of one.'),
  note('b', 'The source of two.'),
);

/** The text with a footnote put in, tracked by Zoe or not. */
function withNote(doc: Node, at: number, place: number, words: string, tracked: boolean): Node {
  const tr = new Transform(doc);
  tr.insert(place, note('n', words));
  tr.insert(at, ref('n'));
  if (!tracked) return tr.doc;
  const made = track(doc, tr, 'zoe', { idFor: () => 'z' });
  if ('refused' in made) throw new Error('It cannot be suggested.');
  return made.doc;
}

function placeOf(doc: Node, words: string): number {
  let at = -1;
  doc.descendants((node, pos) => {
    const index = (node.text ?? '').indexOf(words);
    if (index >= 0 && at < 0) at = pos + index + words.length;
  });
  return at;
}
const noteAt = (doc: Node, nth: number): number => {
  let [at, count] = [doc.content.size, 0];
  doc.forEach((node, offset) => {
    if (node.type.name !== 'footnote') return;
    if (count === nth) at = offset;
    count += 1;
  });
  return at;
};

describe('footnotes', () => {
  const cases: [string, string, number][] = [
    ['before the others', 'One', 0],
    ['between the others', ' stands here', 1],
    ['right behind another reference', 'Two claims', 1],
    ['behind the others', ' stand here', 2],
  ];
  for (const tracked of [true, false])
    it.each(cases)(
      `[WB14] a new footnote ${tracked ? 'of somebody' : 'that was not tracked'} comes with its reference: %s`,
      (_name, words, nth) => {
        const at = placeOf(before, words);
        const back = withNote(before, at, noteAt(before, nth), 'Brand new.', tracked);
        const made = plan(before, back, reviewOf(before), []);
        expect(made.text.map(({ item }) => [item.state, item.author, item.inserted])).toEqual([
          ['new', tracked ? 'Zoe' : '', '[note: Brand new.]'],
        ]);
        const { doc, keys, failed } = brought(made, before);
        expect(failed).toEqual([]);
        expect(original(doc).eq(before)).toBe(true);
        expect(reads(accepted(doc))).toEqual(reads(accepted(back)));
        // One decision is about both.
        const { steps } = decide(doc, keys, 'accept');
        const decided = steps.reduce((now, step) => step.apply(now).doc ?? now, doc);
        expect(reads(decided)).toEqual(reads(accepted(back)));
        // The same file once more finds it here.
        const known = reviewOf(
          doc,
          keys.map((id) => rowOf(id, 'tom')),
        );
        const again = plan(before, back, known, []);
        expect(again.text.map(({ item }) => item.state)).toEqual(['known']);
      },
    );

  it('[WB14] several new footnotes, words beside them and changes in the old ones come as they are', () => {
    const tr = new Transform(before);
    tr.insert(noteAt(before, 2), note('y', 'Second new.'));
    tr.insert(placeOf(tr.doc, 'The source'), text(' and root'));
    tr.insert(noteAt(before, 0), note('x', 'First new.'));
    tr.insert(placeOf(tr.doc, ' stand here'), ref('y'));
    tr.insert(placeOf(tr.doc, 'One claim'), [text(' more'), ref('x')]);
    const made = plan(before, tr.doc, reviewOf(before), []);
    const { doc, failed } = brought(made, before);
    expect(failed).toEqual([]);
    expect(reads(accepted(doc))).toEqual(reads(tr.doc));
    expect(original(doc).eq(before)).toBe(true);
  });

  it('[WB14] an article without footnotes gets its first one', () => {
    const bare = article(block('No notes here.'), block('Nor here.'));
    const back = withNote(bare, placeOf(bare, 'No notes'), bare.content.size, 'The first.', true);
    const { doc } = brought(plan(bare, back, reviewOf(bare), []), bare);
    expect(reads(accepted(doc))).toEqual([
      'headline: Words',
      'block: No notes[The first.] here.',
      'block: Nor here.',
      'footnote: The first.',
    ]);
  });
});

describe('pictures', () => {
  const figure = (alt: string, ...caption: Node[]): Node =>
    schema.node('figure', { src: 'https://example.org/a.png', alt }, caption);
  const base = article(block('First.'), block('Second.'));

  it('[WB15] a new picture is a suggestion with its caption, between the blocks where it was put', () => {
    for (const [back, count] of [
      [article(block('First.'), figure('A lock', text('The lock.')), block('Second.')), 1],
      [article(block('First.'), block('Second.'), figure('A lock', text('The lock.'))), 1],
      [article(block('First.'), block('New.'), figure('A lock'), block('Second.')), 1],
      [article(block('First, too.'), figure('A lock'), figure('A key'), block('Second.')), 2],
    ] as const) {
      const made = plan(base, back, reviewOf(base), []);
      expect(made.text.map(({ item }) => item.state)).toEqual(Array<string>(count).fill('new'));
      expect(made.text.map(({ item }) => item.inserted).join('')).toContain('[picture: A lock]');
      const { doc, failed } = brought(made, base);
      expect(failed).toEqual([]);
      expect(original(doc).eq(base)).toBe(true);
      expect(reads(accepted(doc))).toEqual(reads(back));
    }
  });
});

describe('tables', () => {
  const row = (starts: 'table' | 'row', first: string, second: string): Node[] => [
    schema.node('cell', { starts }, text(first)),
    schema.node('cell', null, text(second)),
  ];
  const base = article(
    block('Before.'),
    ...row('table', 'a', 'b'),
    ...row('row', 'c', 'd'),
    block('After.'),
  );

  it('[WB16] a new row of a table is a suggestion of the whole row', () => {
    for (const back of [
      article(
        block('Before.'),
        ...row('table', 'a', 'b'),
        ...row('row', 'x', 'y'),
        ...row('row', 'c', 'd'),
        block('After.'),
      ),
      article(
        block('Before.'),
        ...row('table', 'a', 'b'),
        ...row('row', 'c', 'd'),
        ...row('row', 'x', 'y'),
        block('After.'),
      ),
    ]) {
      const made = plan(base, back, reviewOf(base), []);
      expect(made.text.map(({ item }) => item.state)).toEqual(['new']);
      const { doc, failed } = brought(made, base);
      expect(failed).toEqual([]);
      expect(original(doc).eq(base)).toBe(true);
      expect(reads(accepted(doc))).toEqual(reads(back));
    }
  });
});

it('[WB6] a long text in which everything was decided at once comes back as decisions and nothing else', () => {
  const blocks = Array.from({ length: 40 }, (_, i) =>
    block(
      `Paragraph ${i} has words enough, and more of them than it needs: `,
      'permanent membership to',
      ` the organisation number ${i}, as it was agreed upon in the year ${1900 + i}.`,
    ),
  );
  let doc = article(...blocks);
  for (let i = 0; i < 40; i += 1) {
    const at = placeOf(doc, `Paragraph ${i} has`);
    const from = placeOf(doc.cut(at), 'than it needs: ') + at - 1;
    const tr = new Transform(doc).replaceWith(
      from,
      from + 'permanent membership to'.length,
      text('full membership of'),
    );
    const made = track(doc, tr, 'zoe', { idFor: () => `s${i}` });
    if ('refused' in made) throw new Error('It cannot be suggested.');
    doc = made.doc;
  }
  for (const [read, verdict] of [
    [accepted, 'accept'],
    [original, 'reject'],
  ] as const) {
    const made = plan(doc, read(doc), reviewOf(doc), []);
    expect(made.text.map(({ item }) => [item.deleted, item.inserted])).toEqual([]);
    expect(made.decisions.map(({ item }) => item.verdict)).toEqual(Array<string>(40).fill(verdict));
  }
});
