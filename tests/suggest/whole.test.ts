/** Figures, table cells and footnotes: blocks with fixed boundaries, and notes that come with their marks. */
import { describe, expect, it } from 'vitest';
import type { Node } from 'prosemirror-model';
import { Transform } from 'prosemirror-transform';
import { schema } from '#core/article/schema.ts';
import { decide } from '#core/suggest/decide.ts';
import { listSuggestions } from '#core/suggest/list.ts';
import { accepted, original } from '#core/suggest/project.ts';
import { PieceStep } from '#core/suggest/piece-step.ts';
import { track } from '#core/suggest/track.ts';
import { at, suggest } from '#tests/suggest/build.ts';
import { passesGuard, run } from '#tests/suggest/laws.ts';

const text = (words: string) => (words ? [schema.text(words)] : []);
const cell = (words: string, starts: 'table' | 'row' | null) =>
  schema.node('cell', { starts }, text(words));

/** One paragraph, a figure, a table of two by two, another paragraph. */
const page = (): Node =>
  schema.node('doc', null, [
    schema.node('headline', null, text('Head')),
    schema.node('block', null, text('Before.')),
    schema.node('figure', { src: 'https://example.org/a.png', alt: 'A map' }, text('Caption.')),
    cell('Year', 'table'),
    cell('Sum', null),
    cell('2019', 'row'),
    cell('$500m', null),
    schema.node('block', null, text('After.')),
  ]);

const note = (id: string, pos: number) => (tr: Transform) =>
  tr
    .insert(pos, schema.node('footnoteRef', { id }))
    .insert(tr.doc.content.size, schema.node('footnote', { id }, text('Source?')));

describe('figures and tables', () => {
  it('[TR31] words in a caption and in a cell are suggested like any others', () => {
    const doc = page();
    const first = suggest(doc, 'ann', 'a', (tr) => {
      const from = at(doc, '$500m');
      return tr.replaceWith(from, from + 5, schema.text('$550m'));
    });
    const after = suggest(first.doc, 'ann', 'b', (tr) =>
      tr.insert(at(first.doc, 'Caption'), schema.text('Our ')),
    ).doc;
    expect(original(after).eq(doc)).toBe(true);
    expect(accepted(after).textBetween(0, accepted(after).content.size, '|')).toBe(
      'Head|Before.|Our Caption.|Year|Sum|2019|$550m|After.',
    );
  });

  it('[TR31] a deletion from a paragraph over a figure and a table to the next strikes words, never their form', () => {
    const doc = page();
    const { doc: after } = suggest(doc, 'ann', 'a', (tr) =>
      tr.delete(at(doc, 'fore.'), at(doc, 'ter.')),
    );
    const kinds = (node: Node) => node.content.content.map((block) => block.type.name).join(' ');
    expect(kinds(accepted(after))).toBe(kinds(doc));
    expect(accepted(after).textContent).toBe('HeadBeter.');
  });

  it.each([
    ['two cells', 'Sum'],
    ['a cell and a paragraph', 'After.'],
    ['a paragraph and a figure', 'Caption.'],
  ])('[TR31] a step cannot join %s', (_name, second) => {
    const doc = page();
    const step = new PieceStep('ann', [{ k: 'b', pos: at(doc, second) - 1, id: 'a' }]);
    expect(step.apply(doc).failed).toBe('No such boundary here.');
  });

  it('[TR31] a paragraph cannot be put into a cell, nor a figure or a cell suggested', () => {
    const doc = page();
    const pos = at(doc, 'Sum') + 1;
    const tr = new Transform(doc).split(pos, 1, [{ type: schema.nodes['block'] ?? doc.type }]);
    expect(track(doc, tr, 'ann', { idFor: () => 'a' })).toEqual({ refused: 'figure' });
    const figure = new Transform(doc).insert(at(doc, 'Caption.') - 1, schema.node('figure'));
    expect(track(doc, figure, 'ann', { idFor: () => 'a' })).toEqual({ refused: 'figure' });
  });
});

describe('new footnotes', () => {
  it('[TR32] a footnote and its mark are one suggestion, accepted and rejected whole', () => {
    const doc = page();
    const { doc: after, steps } = suggest(doc, 'ann', 'a', note('n1', at(doc, 'fter.')));
    expect(passesGuard(doc, steps, after, 'ann')).toBe(null);
    expect(original(after).eq(doc)).toBe(true);
    expect(accepted(after).lastChild?.textContent).toBe('Source?');
    expect(listSuggestions(after)).toMatchObject([{ kind: 'footnote', inserted: 'Source?' }]);
    const gone = suggest(run(after, decide(after, ['a'], 'accept').steps), 'bob', 'b', (tr) => {
      const ref = at(tr.doc, '\ufffc');
      return tr.delete(ref, ref + 1);
    }).doc;
    expect(listSuggestions(gone)).toMatchObject([{ kind: 'footnote', deleted: 'Source?' }]);
    expect(run(after, decide(after, ['a'], 'reject').steps).eq(doc)).toBe(true);
  });

  it('[TR32] taking out the mark of an own new footnote takes the footnote out', () => {
    const doc = page();
    const { doc: noted } = suggest(doc, 'ann', 'a', note('n1', at(doc, 'fter.')));
    const ref = at(noted, '\ufffc');
    const { doc: after } = suggest(noted, 'ann', 'b', (tr) => tr.delete(ref, ref + 1));
    expect(after.eq(doc)).toBe(true);
  });

  it('[TR32] neither comes alone, nor twice under one id', () => {
    const doc = page();
    const refused = (change: (tr: Transform) => unknown, from: Node) => {
      const tr = new Transform(from);
      change(tr);
      return track(from, tr, 'ann', { idFor: () => 'a' });
    };
    const ref = schema.node('footnoteRef', { id: 'n1' });
    expect(refused((tr) => tr.insert(at(doc, 'fter.'), ref), doc)).toEqual({ refused: 'footnote' });
    expect(
      refused((tr) => tr.insert(doc.content.size, schema.node('footnote', { id: 'n1' })), doc),
    ).toEqual({ refused: 'footnote' });
    const { doc: noted } = suggest(doc, 'ann', 'a', note('n1', at(doc, 'fter.')));
    expect(refused(note('n1', at(noted, 'Before.')), noted)).toEqual({ refused: 'footnote' });
  });
});
