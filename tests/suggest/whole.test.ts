/** Figures, tables and footnotes: what comes and goes whole, and notes that come with their marks. */
import { describe, expect, it } from 'vitest';
import { Fragment, Slice, type Node } from 'prosemirror-model';
import { Transform } from 'prosemirror-transform';
import { schema } from '#core/article/schema.ts';
import { decide } from '#core/suggest/decide.ts';
import { listSuggestions } from '#core/suggest/list.ts';
import { accepted, original } from '#core/suggest/project.ts';
import { track } from '#core/suggest/track.ts';
import { at, suggest } from '#tests/suggest/build.ts';
import { decides, passesGuard, run } from '#tests/suggest/laws.ts';

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

const asBlock = [{ type: schema.node('block').type }];
const para = (): Node => schema.node('block', null, text('New.'));
const figure = (): Node => schema.node('figure');

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

  const shape = (doc: Node): string =>
    doc.content.content.map((block) => `${block.type.name}:${block.textContent}`).join('|');

  const nodeOf = (doc: Node, words: string): { from: number; to: number } => {
    const from = at(doc, words) - 1;
    return { from, to: from + (doc.nodeAt(from)?.nodeSize ?? 0) };
  };

  /** A suggestion is what the edit gives when it is accepted, what was there when it is rejected, and passes the guard. */
  const tried = (doc: Node, change: (tr: Transform) => unknown) => {
    const tracked = suggest(doc, 'ann', 'a', change);
    expect(passesGuard(doc, tracked.steps, tracked.doc, 'ann')).toBe(null);
    expect(original(tracked.doc).eq(original(doc))).toBe(true);
    for (const verdict of ['accept', 'reject'] as const)
      expect(decides(tracked.doc, ['a'], verdict)).toBe(null);
    return { doc: tracked.doc, after: shape(accepted(tracked.doc)) };
  };

  it('[TR31] a deletion from a paragraph over a figure and a table to the next takes them whole', () => {
    const doc = page();
    const { doc: struck, after } = tried(doc, (tr) => tr.delete(at(doc, 'fore.'), at(doc, 'ter.')));
    expect(after).toBe('headline:Head|block:Beter.');
    expect(struck.textContent).toBe(doc.textContent);
  });

  it('[TR31] a figure, a row and a table come and go as one suggestion each', () => {
    const doc = page();
    const figure = nodeOf(doc, 'Caption.');
    const gone = tried(doc, (tr) => tr.delete(figure.from, figure.to));
    expect(gone.after).not.toContain('figure');
    expect(listSuggestions(gone.doc)).toMatchObject([
      { kind: 'whole', whole: { what: 'figure', goes: true }, deleted: 'Caption.' },
    ]);
    const row = { from: at(doc, '2019') - 1, to: nodeOf(doc, '$500m').to };
    const shorter = tried(doc, (tr) => tr.delete(row.from, row.to));
    expect(shorter.after).toBe(
      'headline:Head|block:Before.|figure:Caption.|cell:Year|cell:Sum|block:After.',
    );
    expect(listSuggestions(shorter.doc)).toMatchObject([
      { kind: 'whole', whole: { what: 'row', rows: 1, goes: true }, deleted: '2019 | $500m' },
    ]);
    const none = tried(doc, (tr) => tr.delete(nodeOf(doc, 'Year').from, row.to));
    expect(none.after).not.toContain('cell');
    expect(listSuggestions(none.doc)).toMatchObject([{ whole: { what: 'table', rows: 2 } }]);
    const more = tried(doc, (tr) => tr.insert(row.to, [cell('2020', 'row'), cell('$600m', null)]));
    expect(more.after).toContain('cell:$500m|cell:2020|cell:$600m|block');
    expect(listSuggestions(more.doc)).toMatchObject([
      { whole: { what: 'row', rows: 1, goes: false }, inserted: '2020 | $600m' },
    ]);
    const table = tried(doc, (tr) =>
      tr.insert(doc.content.size, [cell('New', 'table'), cell('table', null)]),
    );
    expect(table.after).toMatch(/block:After.\|cell:New\|cell:table$/);
    expect(listSuggestions(table.doc)).toMatchObject([{ whole: { what: 'table', goes: false } }]);
    const picture = schema.node('figure', { alt: 'A ship' });
    const shown = tried(doc, (tr) => tr.insert(nodeOf(doc, 'Before.').to, picture));
    expect(shown.after).toContain('block:Before.|figure:|figure:Caption.');
    expect(listSuggestions(shown.doc)).toMatchObject([
      { whole: { what: 'figure', goes: false }, inserted: 'A ship' },
    ]);
  });

  it('[TR35] a row above the first takes the place of its words, which go into the next', () => {
    const doc = page();
    const shell = [cell('Name', 'table'), cell('Value', null), cell('', 'row')];
    const { doc: put, after } = tried(doc, (tr) =>
      tr.replace(at(doc, 'Year'), at(doc, 'Year'), new Slice(Fragment.fromArray(shell), 1, 1)),
    );
    expect(after).toContain('cell:Name|cell:Value|cell:Year|cell:Sum|cell:2019');
    expect(listSuggestions(put)).toMatchObject([
      { whole: { what: 'row', rows: 1, goes: false }, inserted: 'Name | Value' },
    ]);
  });

  it('[TR35] a row goes above a first cell that is empty, or that no longer says it begins a table', () => {
    const shell = [cell('Name', 'table'), cell('Value', null), cell('', 'row')];
    for (const first of [cell('', 'table'), cell('', 'row'), cell('Year', 'row')]) {
      const doc = schema.node('doc', null, [
        ...page().content.content.slice(0, 3),
        first,
        ...page().content.content.slice(4),
      ]);
      const pos = at(doc, 'Caption.') + 'Caption.'.length + 2;
      const { doc: put, after } = tried(doc, (tr) =>
        tr.replace(pos, pos, new Slice(Fragment.fromArray(shell), 1, 1)),
      );
      expect(after).toContain(`cell:Name|cell:Value|cell:${first.textContent}|cell:Sum|cell:2019`);
      expect(listSuggestions(put)).toMatchObject([{ whole: { what: 'row', rows: 1 } }]);
      // A row of another length could be meant to cut the one that is there.
      if (first.textContent !== '') continue;
      const cut = new Transform(doc).insert(pos, cell('x', 'row'));
      expect(track(doc, cut, 'ann', { idFor: () => 'a' })).toMatchObject({ refused: 'figure' });
    }
  });

  it('[TR31] what is written in front of a figure is no neighbour of it; an empty paragraph behind belongs to it', () => {
    const doc = page();
    const { to } = nodeOf(doc, 'Before.');
    const put = suggest(doc, 'ann', 'a', (tr) =>
      tr.insert(to, [schema.node('figure', null, text('New.')), schema.node('block')]),
    ).doc;
    expect(listSuggestions(put)).toMatchObject([
      { kind: 'whole', whole: { what: 'figure', goes: false }, inserted: 'New.' },
    ]);
    const asked: string[][] = [];
    const beside = (pos: number): void => {
      track(put, new Transform(put).insert(pos, schema.text('x')), 'ann', {
        idFor: (nearby) => (asked.push(nearby.map(({ id }) => id)), 'b'),
      });
    };
    beside(to - 1);
    beside(at(put, 'New.'));
    expect(asked).toEqual([[], ['a']]);
  });

  it('[TR35] an own new figure or row goes without a trace, words of others in it stay', () => {
    const doc = page();
    const { to } = nodeOf(doc, 'Before.');
    const picture = schema.node('figure', null, text('New.'));
    const put = suggest(doc, 'ann', 'a', (tr) => tr.insert(to, picture)).doc;
    const own = nodeOf(put, 'New.');
    expect(suggest(put, 'ann', 'b', (tr) => tr.delete(own.from, own.to)).doc.eq(doc)).toBe(true);
    const with2 = suggest(put, 'bob', 'b', (tr) => tr.insert(at(put, 'ew.'), text('BOB')));
    const rejected = run(with2.doc, decide(with2.doc, ['a'], 'reject').steps);
    expect(shape(rejected)).toContain('block:Before.BOB|figure:Caption.');
    expect(original(rejected).eq(doc)).toBe(true);
  });

  it('[TR35] a figure that begins the body goes when a block behind it stays, and comes back', () => {
    const doc = schema.node('doc', null, [
      schema.node('headline', null, text('Head')),
      schema.node('figure', null, text('First.')),
      cell('One', 'table'),
      schema.node('block', null, text('After.')),
    ]);
    const first = nodeOf(doc, 'First.');
    const second = nodeOf(doc, 'One');
    const one = tried(doc, (tr) => tr.delete(first.from, first.to));
    expect(one.after).toBe('headline:Head|cell:One|block:After.');
    const both = tried(doc, (tr) => tr.delete(first.from, second.to));
    expect(both.after).toBe('headline:Head|block:After.');
    const all = schema.node('doc', null, doc.content.content.slice(0, 2));
    const kept = tried(all, (tr) => tr.delete(at(all, 'First.'), at(all, 'First.') + 6));
    expect(kept.after).toBe('headline:Head|figure:');
  });

  it.each([
    ['a paragraph inside a cell', (tr: Transform) => tr.split(at(tr.doc, 'um'), 1, asBlock)],
    ['a paragraph between rows', (tr: Transform) => tr.insert(at(tr.doc, '2019') - 1, para())],
    [
      'a figure between cells of a row',
      (tr: Transform) => tr.insert(at(tr.doc, 'Sum') - 1, figure()),
    ],
    ['a row inside a row', (tr: Transform) => tr.insert(at(tr.doc, 'Sum') - 1, cell('x', 'row'))],
    [
      'a cell in a paragraph',
      (tr: Transform) => tr.insert(at(tr.doc, 'After.') - 1, cell('x', null)),
    ],
    ['a figure inside words', (tr: Transform) => tr.split(at(tr.doc, 'ption.'), 1)],
    ['other attributes', (tr: Transform) => tr.setNodeAttribute(at(tr.doc, 'Sum') - 1, 'span', 2)],
    ['a figure over the body', (tr: Transform) => tr.insert(at(tr.doc, 'Before.') - 1, figure())],
  ])('[TR36] refuses %s', (_name, change) => {
    const tr = new Transform(page());
    change(tr);
    expect(track(page(), tr, 'ann', { idFor: () => 'a' })).toMatchObject({
      refused: expect.stringMatching(/figure|masthead/) as unknown,
    });
  });

  it('[TR36] one cell of a row is emptied and stays, and so does a table that begins right behind another', () => {
    const doc = page();
    const sum = nodeOf(doc, 'Sum');
    expect(tried(doc, (tr) => tr.delete(sum.from, sum.to)).after).toContain(
      'cell:Year|cell:|cell:2019',
    );
    const two = schema.node('doc', null, [
      ...doc.content.content.slice(0, 7),
      cell('Second', 'table'),
      cell('row', 'row'),
      ...doc.content.content.slice(7),
    ]);
    const second = nodeOf(two, 'Second');
    expect(tried(two, (tr) => tr.delete(second.from, second.to)).after).toContain(
      'cell:$500m|cell:|cell:row',
    );
  });

  it('[TR36] nothing joins a paragraph into the caption or the cell before it', () => {
    const doc = page();
    const after = nodeOf(doc, 'After.').from;
    const tr = new Transform(doc).delete(after - 1, after + 1);
    const tracked = track(doc, tr, 'ann', { idFor: () => 'a' });
    expect('steps' in tracked && tracked.steps).toEqual([]);
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
