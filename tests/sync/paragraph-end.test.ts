/** Words at the end of a paragraph, and what others put behind it at the same time. */
import { describe, expect, it } from 'vitest';
import type { Node } from 'prosemirror-model';
import { Transform, type Step } from 'prosemirror-transform';
import { schema } from '#core/article/schema.ts';
import { rebase } from '#core/sync/rebase.ts';
import { article, at, shown, suggest } from '#tests/suggest/build.ts';
import { run } from '#tests/suggest/laws.ts';

const doc = article('One', 'two');
const end = at(doc, 'One') + 3;
const words = [schema.text('New')];
const cell = (starts: 'table' | null): Node => schema.node('cell', { starts }, words);

const edits = (change: (tr: Transform) => unknown): Step[] => {
  const tr = new Transform(doc);
  change(tr);
  return tr.steps;
};
const both = (first: readonly Step[], second: readonly Step[]): Node =>
  rebase(
    run(doc, first),
    second,
    first.map((step) => step.getMap()),
  ).doc;

const typing = (tr: Transform): unknown => tr.insert(end, schema.text('!'));
const authors = [
  ['in Edit mode', edits(typing)],
  ['in Suggest mode', suggest(doc, 'ann', 'a', typing).steps],
] as const;
const behind: [name: string, change: (tr: Transform) => unknown][] = [
  ['an empty paragraph', (tr) => tr.split(end)],
  ['a paragraph', (tr) => tr.insert(end + 1, schema.node('block', null, words))],
  ['a figure', (tr) => tr.insert(end + 1, schema.node('figure', null, words))],
  ['a table', (tr) => tr.insert(end + 1, [cell('table'), cell(null)])],
];

describe('words at the end of a paragraph', () => {
  for (const [how, typed] of authors)
    for (const [what, change] of behind)
      it(`[RB8] typed ${how}, stay in it when others put ${what} behind it`, () => {
        for (const put of [edits(change), suggest(doc, 'bob', 'b', change).steps]) {
          const late = both(put, typed);
          expect(late.child(1).textContent).toBe('One!');
          expect(late.child(2).textContent).not.toContain('!');
          // Whoever comes first, the text is the same.
          expect(shown(both(typed, put))).toBe(shown(late));
        }
      });

  it('[RB8] typed one after another, they stay together', () => {
    const typed = edits((tr) =>
      tr
        .insert(end, schema.text('!'))
        .insert(end + 1, schema.text('?'))
        .insert(end, schema.text('-')),
    );
    const put = suggest(doc, 'bob', 'b', (tr) => tr.split(end)).steps;
    expect(both(put, typed).child(1).textContent).toBe('One-!?');
  });

  it('[RB8] before words that others split off, they go with those words', () => {
    const middle = end - 1;
    const typed = edits((tr) => tr.insert(middle, schema.text('!')));
    const late = both(
      edits((tr) => tr.split(middle)),
      typed,
    );
    expect([late.child(1).textContent, late.child(2).textContent]).toEqual(['On', '!e']);
  });

  it('[RB8] are given back when all around them was replaced', () => {
    const typed = edits((tr) => tr.insert(end - 1, schema.text('!')));
    const fresh = [schema.node('block', null, words), schema.node('block', null, words)];
    const put = edits((tr) => tr.replaceWith(end - 4, end + 1, fresh));
    const { dropped } = rebase(
      run(doc, put),
      typed,
      put.map((step) => step.getMap()),
    );
    expect(dropped).toEqual([{ i: 0, why: 'gone', text: '!' }]);
  });
});
