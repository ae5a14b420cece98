/** Seeded random edits: plain direct edits of an article, as data, as a transaction, and on small articles made for it.
 *  Reused by every fuzz: the same seed gives the same articles and the same edits. */
import { Fragment, Slice, type Mark, type Node } from 'prosemirror-model';
import { ReplaceStep, Transform } from 'prosemirror-transform';
import { rowOf, tableAt } from '#core/suggest/whole.ts';
import { blockStyles, mastheadTypes, schema, type BlockShape } from '#core/article/schema.ts';

/** A source of numbers in [0, 1). */
export type Rng = () => number;

/** Mulberry32: small, fast, the same everywhere. */
export function rng(seed: number): Rng {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A whole number in [0, n). */
export const below = (random: Rng, n: number): number => Math.floor(random() * n);

export function pick<T>(random: Rng, from: readonly T[]): T {
  return from[below(random, from.length)] as T;
}

/** A direct edit as data. Positions are positions of the document it was made for. */
export type Edit =
  | { t: 'replace'; from: number; to: number; slice: Slice }
  | { t: 'style'; pos: number; shape: BlockShape; raw: boolean }
  | { t: 'mark'; from: number; to: number; mark: Mark; on: boolean }
  | { t: 'footnote'; pos: number; id: string };

/** Which kinds of edit to make; all of them by default. */
export interface EditKinds {
  /** Splits, joins, pasted blocks, deletions across blocks. */
  boundary: boolean;
  /** Changes of block style. */
  block: boolean;
  /** Changes of formatting. */
  format: boolean;
  /** Figures and tables that stand in the article, come and go, and new footnotes. */
  whole?: boolean;
}

const everything: EditKinds = { boundary: true, block: true, format: true };

const words = ['haven', 'x', 'the ', 'é', 'paradise', ' ', 'ab', 'Loggerheads, '];

function plainMarks(random: Rng): Mark[] {
  const roll = random();
  if (roll < 0.7) return [];
  if (roll < 0.8) return [schema.mark('strong')];
  if (roll < 0.9) return [schema.mark('em')];
  return [schema.mark('link', { href: `https://example.org/${below(random, 2)}` })];
}

function inline(random: Rng): Node {
  if (random() < 0.1) return schema.node('lineBreak', null, undefined, plainMarks(random));
  return schema.text(pick(random, words), plainMarks(random));
}

const shapeAttrs = (random: Rng): BlockShape => ({
  style: random() < 0.6 ? 'paragraph' : pick(random, blockStyles),
  list: random() < 0.8 ? null : { kind: pick(random, ['bullet', 'ordered']), level: 0, start: 1 },
});

function block(random: Rng, longest = 3): Node {
  const content = Array.from({ length: below(random, longest + 1) }, () => inline(random));
  return schema.node('block', { ...shapeAttrs(random) }, Fragment.fromArray(content));
}

const someWords = (random: Rng) => Array.from({ length: below(random, 3) }, () => inline(random));

/** A figure, or a table of one to two rows. */
function wholes(random: Rng): Node[] {
  if (random() < 0.4)
    return [schema.node('figure', { src: 'https://example.org/p.png' }, someWords(random))];
  const columns = 1 + below(random, 2);
  return Array.from({ length: columns * (1 + below(random, 2)) }, (_, i) =>
    schema.node(
      'cell',
      { starts: i === 0 ? 'table' : i % columns === 0 ? 'row' : null, header: i < columns },
      someWords(random),
    ),
  );
}

/** A small article: a masthead, one to four body blocks (some of them empty), sometimes a footnote; with `whole` also
 *  figures and tables between them. */
export function randomArticle(random: Rng, whole = false): Node {
  const head: Node[] = [schema.node('headline', null, [schema.text('Head')])];
  if (random() < 0.5) head.push(schema.node('standfirst', null, [schema.text('Stand')]));
  if (random() < 0.3) head.push(schema.node('byline'));
  const body = Array.from({ length: 1 + below(random, 4) }, () => block(random, 4));
  if (whole)
    for (let i = 0; i < 2; i++) body.splice(below(random, body.length + 1), 0, ...wholes(random));
  const notes: Node[] = [];
  if (random() < 0.25) {
    const at = body.findIndex((node) => node.type.name === 'block');
    const target = body[at] as Node;
    const ref = schema.node('footnoteRef', { id: 'n1' });
    body[at] = target.copy(target.content.append(Fragment.from(ref)));
    notes.push(schema.node('footnote', { id: 'n1' }, [schema.text('note')]));
  }
  const doc = schema.node('doc', null, [...head, ...body, ...notes]);
  doc.check();
  return doc;
}

/** The body blocks from `from` on that stand next to one another, `more` of them at most. */
function lastInRun(body: readonly Place[], from: Place, more: number): Place {
  let last = from;
  for (const next of body.slice(body.indexOf(from) + 1, body.indexOf(from) + 1 + more)) {
    if (next.start !== last.end + 2) break;
    last = next;
  }
  return last;
}

interface Place {
  node: Node;
  start: number;
  end: number;
  body: boolean;
}

function places(doc: Node): Place[] {
  const out: Place[] = [];
  doc.forEach((node, offset) => {
    const start = offset + 1;
    const body = node.type.name === 'block';
    out.push({ node, start, end: start + node.content.size, body });
  });
  return out;
}

/** A position in a block; its ends are as likely as all the rest. */
function positionIn(random: Rng, { start, end }: Place): number {
  const roll = random();
  if (roll < 0.2) return start;
  if (roll < 0.4) return end;
  return start + below(random, end - start + 1);
}

const inlineSlice = (nodes: readonly Node[]) => new Slice(Fragment.fromArray([...nodes]), 0, 0);

/** Text as an editor puts it in: with the marks of the place, suggestion marks among them, or with marks of its own. */
function typed(random: Rng, doc: Node, pos: number): Slice {
  const node = inline(random);
  return inlineSlice([random() < 0.5 ? node.mark(doc.resolve(pos).marks()) : node]);
}

/** Blocks open at both ends; sometimes a piece copied from the document, with whatever suggestions are on it. */
function pasted(random: Rng, doc: Node): Slice {
  const body = places(doc).filter((place) => place.body);
  if (random() < 0.3) {
    const from = pick(random, body);
    const to = lastInRun(body, from, below(random, 2));
    const [a, b] = [positionIn(random, from), positionIn(random, to)];
    const copy = doc.slice(Math.min(a, b), Math.max(a, b));
    let refs = false;
    copy.content.descendants((node) => {
      if (node.type.name === 'footnoteRef') refs = true;
    });
    if (!refs && copy.size > 0) return copy;
  }
  const count = 2 + below(random, 2);
  return new Slice(Fragment.fromArray(Array.from({ length: count }, () => block(random, 2))), 1, 1);
}

function range(random: Rng, doc: Node, across: boolean): { from: number; to: number } {
  const all = places(doc);
  const first = pick(random, all);
  const a = positionIn(random, first);
  let last = first;
  if (across && first.body) {
    const body = all.filter((place) => place.body);
    last = lastInRun(body, first, below(random, 3));
  }
  const b =
    first === last && random() < 0.5 ? a + (random() < 0.5 ? 1 : -1) : positionIn(random, last);
  const limit = Math.max(last.start, Math.min(b, last.end));
  return { from: Math.min(a, limit), to: Math.max(a, limit) };
}

function boundaryEdit(random: Rng, doc: Node): Edit | null {
  const body = places(doc).filter((place) => place.body);
  const place = pick(random, body);
  const index = body.indexOf(place);
  const following = body[index + 1];
  const next = following?.start === place.end + 2 ? following : undefined;
  const behindBlock = body[index - 1]?.end === place.start - 2;
  const empty = (node: Node) => node.type.create({ ...node.attrs });
  switch (below(random, 7)) {
    case 0:
    case 1: {
      // A split as prosemirror-transform does it: both halves have the attributes of the block, suggestions included.
      const pos = positionIn(random, place);
      const halves = Fragment.fromArray([empty(place.node), empty(place.node)]);
      return { t: 'replace', from: pos, to: pos, slice: new Slice(halves, 1, 1) };
    }
    case 2:
      return next ? { t: 'replace', from: place.end, to: next.start, slice: Slice.empty } : null;
    case 3: {
      const pos = positionIn(random, place);
      return { t: 'replace', from: pos, to: pos, slice: pasted(random, doc) };
    }
    case 4: {
      const { from, to } = range(random, doc, true);
      return doc.resolve(from).parent.type.name === 'block'
        ? { t: 'replace', from, to, slice: pasted(random, doc) }
        : null;
    }
    case 5:
      return behindBlock
        ? { t: 'replace', from: place.start - 1, to: place.end + 1, slice: Slice.empty }
        : null;
    default: {
      const at = place.end + 1;
      const gone = next && random() < 0.3 ? next.end + 1 : at;
      return {
        t: 'replace',
        from: at,
        to: gone,
        slice: new Slice(Fragment.from(block(random)), 0, 0),
      };
    }
  }
}

/** A figure, a row or a table that comes or goes, or a deletion from a paragraph over one to the next. */
function wholeEdit(random: Rng, doc: Node): Edit | null {
  const all = places(doc).filter(({ node }) => node.type.name !== 'footnote' && !inMasthead(node));
  const place = pick(random, all);
  const index = all.indexOf(place);
  const named = (one: Place | undefined, name: string) => one?.node.type.name === name;
  const put = (at: number, nodes: Node[], open = 0): Edit => ({
    t: 'replace',
    from: at,
    to: at,
    slice: new Slice(Fragment.fromArray(nodes), open, open),
  });
  const gone = (first: Place, last: Place): Edit => ({
    t: 'replace',
    from: first.start - 1,
    to: last.end + 1,
    slice: Slice.empty,
  });
  if (!named(place, 'cell')) {
    if (named(place, 'figure') && random() < 0.5) return index > 0 ? gone(place, place) : null;
    return put(place.end + 1, wholes(random));
  }
  const { from, to } = rowOf(doc, doc.resolve(place.start).index(0));
  const table = tableAt(doc, from);
  const head = doc.resolve(all[0]?.start ?? 0).index(0);
  const at = (child: number): Place => all[child - head] as Place;
  const [first, last] = [at(from), at(to - 1)];
  const row = Array.from({ length: to - from }, (_, i) =>
    schema.node('cell', { starts: i === 0 ? 'row' : null }, someWords(random)),
  );
  switch (below(random, 5)) {
    case 0:
      return put(last.end + 1, row);
    case 1: {
      // Above the first row: the new words come first in the cell that begins the table.
      const shell = schema.node('cell', null, someWords(random));
      const cells = row.slice(1).map((cell) => cell.type.create({ starts: null }, cell.content));
      return from === table.from
        ? put(first.start, [shell, ...cells, schema.node('cell', { starts: 'row' })], 1)
        : null;
    }
    case 2:
      return from > head && !(from === table.from && named(all[from - head - 1], 'cell'))
        ? gone(first, last)
        : null;
    case 3:
      return table.from > head ? gone(at(table.from), at(table.to - 1)) : null;
    default: {
      const [before, behind] = [all[table.from - head - 1], all[table.to - head]];
      if (!before || !behind || !named(before, 'block') || !named(behind, 'block')) return null;
      const slice = random() < 0.5 ? Slice.empty : inlineSlice([inline(random)]);
      return {
        t: 'replace',
        from: positionIn(random, before),
        to: positionIn(random, behind),
        slice,
      };
    }
  }
}

/** A random edit of `doc` as data, or null when the dice name one that does not fit here. */
export function randomEditData(random: Rng, doc: Node, kinds: EditKinds = everything): Edit | null {
  const roll = random();
  if (roll < 0.12 && kinds.format) {
    const { from, to } = range(random, doc, kinds.boundary);
    const mark = pick(random, [
      schema.mark('strong'),
      schema.mark('em'),
      schema.mark('link', { href: `https://example.org/${below(random, 2)}` }),
    ]);
    return from < to ? { t: 'mark', from, to, mark, on: random() < 0.65 } : null;
  }
  if (roll < 0.22 && kinds.block) {
    const place = pick(
      random,
      places(doc).filter((one) => one.body),
    );
    return { t: 'style', pos: place.start - 1, shape: shapeAttrs(random), raw: random() < 0.5 };
  }
  if (roll < 0.45 && kinds.boundary) return boundaryEdit(random, doc);
  if (kinds.whole && roll < 0.55) {
    const place = pick(
      random,
      places(doc).filter(({ node }) => node.type.name !== 'footnote' && !inMasthead(node)),
    );
    return {
      t: 'footnote',
      pos: positionIn(random, place),
      id: `f${below(random, 1_000_000)}`,
    };
  }
  if (kinds.whole && roll < 0.62) return wholeEdit(random, doc);
  const { from, to } = range(random, doc, kinds.boundary && random() < 0.3);
  if (roll < 0.65) return { t: 'replace', from, to: from, slice: typed(random, doc, from) };
  if (roll < 0.85) return from < to ? { t: 'replace', from, to, slice: Slice.empty } : null;
  return { t: 'replace', from, to, slice: typed(random, doc, from) };
}

/** The edit as a transaction, made of plain ProseMirror steps; null when it does not fit the document. */
export function editTransform(doc: Node, edit: Edit): Transform | null {
  const tr = new Transform(doc);
  try {
    if (edit.t === 'replace') tr.step(new ReplaceStep(edit.from, edit.to, edit.slice));
    else if (edit.t === 'mark')
      if (edit.on) tr.addMark(edit.from, edit.to, edit.mark);
      else tr.removeMark(edit.from, edit.to, edit.mark);
    else if (edit.t === 'footnote')
      tr.insert(edit.pos, schema.node('footnoteRef', { id: edit.id })).insert(
        tr.doc.content.size,
        schema.node('footnote', { id: edit.id }, [schema.text('why')]),
      );
    else if (edit.raw) tr.setNodeMarkup(edit.pos, null, { ...edit.shape });
    else
      tr.setNodeAttribute(edit.pos, 'style', edit.shape.style).setNodeAttribute(
        edit.pos,
        'list',
        edit.shape.list,
      );
  } catch {
    return null;
  }
  return tr.docChanged ? tr : null;
}

/** A random direct edit of `doc` as a transaction, or null when the dice name one that does not fit here. */
export function randomEdit(
  random: Rng,
  doc: Node,
  kinds: EditKinds = everything,
): Transform | null {
  const edit = randomEditData(random, doc, kinds);
  return edit && editTransform(doc, edit);
}

/** True for a block of the masthead. */
export const inMasthead = (node: Node): boolean =>
  (mastheadTypes as readonly string[]).includes(node.type.name);
