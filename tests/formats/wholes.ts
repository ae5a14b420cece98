/** Reviews in which figures, rows and tables come and go as wholes, made by tracking, for every format that holds them. */
import { Fragment, Slice, type Node } from 'prosemirror-model';
import type { Transform } from 'prosemirror-transform';
import { schema } from '#core/article/schema.ts';
import { listSuggestions } from '#core/suggest/list.ts';
import { newReview, type Review } from '#core/sync/review.ts';
import { people, row } from '#tests/formats/sample-review.ts';
import { at, suggest } from '#tests/suggest/build.ts';

const text = (words: string) => (words ? [schema.text(words)] : []);
export const cell = (words: string, starts: 'table' | 'row' | null = null): Node =>
  schema.node('cell', { starts }, text(words));
export const line = (words: string): Node => schema.node('block', null, text(words));
export const figure = (alt: string, caption = ''): Node =>
  schema.node('figure', { src: 'https://example.org/a.png', alt }, text(caption));

/** Two paragraphs, a figure, a paragraph, a table of two by two, a paragraph. */
export const page = (): Node =>
  schema.node('doc', null, [
    schema.node('headline', null, text('Head')),
    line('Begins here.'),
    line('Before it.'),
    figure('A map', 'Caption of it.'),
    line('Between both.'),
    cell('Year', 'table'),
    cell('Sum'),
    cell('2019', 'row'),
    cell('$500m'),
    line('After it all.'),
  ]);

const startOf = (doc: Node, words: string): number => doc.resolve(at(doc, words)).before(1);
const endOf = (doc: Node, words: string): number => doc.resolve(at(doc, words)).after(1);

/** Puts rows in above the row that begins with `words`. */
const above = (words: string, ...cells: Node[]) => {
  return (tr: Transform, doc: Node) =>
    tr.replace(
      at(doc, words),
      at(doc, words),
      new Slice(Fragment.fromArray([...cells, cell('', 'row')]), 1, 1),
    );
};

type Change = (tr: Transform, doc: Node) => unknown;

const struckRow: Change = (tr, doc) => tr.delete(startOf(doc, '2019'), endOf(doc, '$500m'));
const struckFigure: Change = (tr, doc) => tr.delete(startOf(doc, 'Caption'), endOf(doc, 'Caption'));

/** What is tried: each is a list of changes, by Ada, then by Ben, in turn. */
export const cases: Record<string, Change[]> = {
  'a row goes': [struckRow],
  'the first row goes': [(tr, doc) => tr.delete(startOf(doc, 'Year'), endOf(doc, 'Sum'))],
  'a table goes': [(tr, doc) => tr.delete(startOf(doc, 'Year'), endOf(doc, '$500m'))],
  'a figure goes': [struckFigure],
  'a row comes': [(tr, doc) => tr.insert(endOf(doc, '$500m'), [cell('2020', 'row'), cell('$6')])],
  'a row comes between': [
    (tr, doc) => tr.insert(endOf(doc, 'Sum'), [cell('2018', 'row'), cell('')]),
  ],
  'a row comes above the first': [above('Year', cell('New', 'table'), cell('row'))],
  'two rows come above the first': [
    above('Year', cell('New', 'table'), cell('row'), cell('More', 'row'), cell('of it')),
  ],
  'rows of two people come above the first': [
    above('Year', cell('New', 'table'), cell('row')),
    above('New', cell('More', 'table'), cell('of it')),
  ],
  'paragraphs come behind a figure and a table': [
    (tr, doc) => tr.insert(endOf(doc, '$500m'), [line('New one.'), line('And two.')]),
    (tr, doc) => tr.insert(endOf(doc, 'Caption'), line('New here.')),
  ],
  'a table comes': [
    (tr, doc) =>
      tr.insert(endOf(doc, 'After it'), [cell('x', 'table'), cell('y'), cell('z', 'row')]),
  ],
  'a figure comes': [(tr, doc) => tr.insert(endOf(doc, 'Between'), figure('A ship', 'At sea.'))],
  'a figure without a caption comes': [
    (tr, doc) => tr.insert(endOf(doc, 'Between'), figure('A ship')),
  ],
  'a figure comes right behind another': [
    (tr, doc) => tr.insert(endOf(doc, 'Caption'), figure('A ship', 'At sea.')),
  ],
  'words go from a paragraph over a figure to the next': [
    (tr, doc) => tr.delete(at(doc, 'fore it'), at(doc, 'tween')),
  ],
  'words go from a paragraph over a table to the next': [
    (tr, doc) => tr.delete(at(doc, 'tween'), at(doc, 'ter it')),
  ],
  'all goes but a few words': [(tr, doc) => tr.delete(at(doc, 'gins'), at(doc, 'ter it'))],
  'paragraphs with a figure come within one': [
    (tr, doc) =>
      tr.replace(
        at(doc, 'gins here'),
        at(doc, 'gins here'),
        new Slice(
          Fragment.fromArray([line('one'), figure('A ship', 'At sea.'), line('two')]),
          1,
          1,
        ),
      ),
  ],
  'a word comes into a row that goes': [
    (tr, doc) => tr.insert(at(doc, '$500m'), schema.text('about ')),
    struckRow,
  ],
  'a word goes from a caption that goes': [
    (tr, doc) => tr.delete(at(doc, ' of it.'), at(doc, ' of it.') + 3),
    struckFigure,
  ],
  'a word comes into a figure that goes': [
    (tr, doc) => tr.insert(at(doc, 'Caption'), schema.text('The ')),
    struckFigure,
  ],
  'a row that came goes again': [
    (tr, doc) => tr.insert(endOf(doc, '$500m'), [cell('2020', 'row'), cell('$6')]),
    (tr, doc) => tr.delete(startOf(doc, '2020'), endOf(doc, '$6')),
  ],
};

/** The review of a case, or of so many of its changes. */
export function caseOf(name: string, most = Infinity): Review {
  let doc = page();
  (cases[name] ?? []).slice(0, most).forEach((change, i) => {
    const before = doc;
    const by = i % 2 === 0 ? 'ada' : 'ben';
    doc = suggest(doc, by, `s${i + 1}`, (tr) => change(tr, before)).doc;
    if (doc.eq(before)) throw new Error(`${name}: nothing was suggested.`);
  });
  return reviewOf(doc);
}

const changes = Object.values(cases).flat();

/** Some of the changes, one upon another, by one of three people each; those that cannot be made any more are left out. */
export function mixture(picks: readonly (readonly [change: number, by: number])[]): Review {
  let doc = page();
  picks.forEach(([pick, who], i) => {
    const before = doc;
    const change = changes[pick % changes.length];
    const by = people[who % people.length]?.id ?? '';
    try {
      doc = suggest(doc, by, `s${i + 1}`, (tr) => change?.(tr, before)).doc;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
  });
  return reviewOf(doc);
}

function reviewOf(doc: Node): Review {
  const rows = listSuggestions(doc).map(({ id, by, deleted, inserted }) => {
    const minute = id.replace(/\D/g, '').padStart(2, '0');
    const time = `2026-11-20T10:${minute}:00.000Z`;
    return [id, row(id, { by, at: time, deleted, inserted, reason: '' })] as const;
  });
  return {
    ...newReview({ id: 'a', language: 'en', stage: 'desk' }, people, doc),
    suggestions: new Map(rows),
  };
}

/** Every block with its words and its suggestions, by the names of their authors. */
export function told({ doc, people: who }: Review): string[] {
  const names = new Map<string, string>();
  const nameOf = (id: unknown): string => {
    const key = String(id);
    if (!names.has(key)) names.set(key, `#${names.size + 1}`);
    return names.get(key) ?? '';
  };
  return doc.content.content.map((block) => {
    const sugg = (block.attrs['sugg'] ?? []) as { k: string; id: string; by: string }[];
    const entries = sugg.map(({ k, id, by }) => `${k} ${nameOf(id)} ${who.get(by)?.name ?? by}`);
    const parts = block.content.content.map((node) => {
      const marks = node.marks.map(
        ({ type, attrs }) => `${type.name.slice(0, 3)} ${nameOf(attrs['id'])}`,
      );
      return `${node.text ?? '\n'}${marks.length > 0 ? `{${marks.toSorted().join(', ')}}` : ''}`;
    });
    return [
      block.type.name,
      String(block.attrs['starts'] ?? ''),
      entries.toSorted().join(', '),
      parts.join(''),
    ]
      .filter((part) => part !== '')
      .join(' | ');
  });
}

/** The suggestions as they are listed. */
export const listed = (review: Review): unknown[] =>
  listSuggestions(review.doc).map(({ by, kind, whole, deleted, inserted }) => ({
    by: review.people.get(by)?.name ?? by,
    kind,
    whole,
    deleted,
    inserted,
  }));
