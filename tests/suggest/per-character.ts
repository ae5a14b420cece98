/** The alignment of a transaction one character at a time: slow, plain, and the oracle of the one that goes by runs. */
import type { Node } from 'prosemirror-model';
import { Mapping, type Transform } from 'prosemirror-transform';
import { blockAt, entriesOf, isWhole } from '#core/suggest/entries.ts';
import { isFixed, takenWhole } from '#core/suggest/whole.ts';
import { BlockStep } from '#core/suggest/block-step.ts';
import { MarkStep } from '#core/suggest/mark-step.ts';

/** One token. `node` is the block for an open token, else the inline node it is in; `text` is empty for atoms and opens. */
export interface Token {
  pos: number;
  open: boolean;
  node: Node;
  text: string;
  /** Index of the block among the document's children. */
  block: number;
}

/** The tokens of the children `[from, to)` of `doc`, in order. */
export function tokensOf(doc: Node, from: number, to: number): Token[] {
  const out: Token[] = [];
  let pos = 0;
  for (let index = 0; index < to; index++) {
    const node = doc.child(index);
    if (index >= from) {
      out.push({ pos, open: true, node, text: '', block: index });
      const start = pos + 1;
      node.forEach((child, offset) => {
        const { text } = child;
        const at = start + offset;
        if (text === undefined)
          out.push({ pos: at, open: false, node: child, text: '', block: index });
        else
          for (let i = 0; i < text.length; i++)
            out.push({ pos: at + i, open: false, node: child, text: text[i] ?? '', block: index });
      });
    }
    pos += node.nodeSize;
  }
  return out;
}

/** True when both are the same character, atom or kind of block; formatting and block style may differ. */
export function sameToken(a: Token, b: Token): boolean {
  if (a.open !== b.open || a.node.type !== b.node.type || a.text !== b.text) return false;
  if (a.open) return a.node.attrs['id'] === b.node.attrs['id'];
  return a.text !== '' || a.node.hasMarkup(a.node.type, b.node.attrs, a.node.marks);
}

/** A place where something changed: tokens taken out of the old text, then tokens put in. */
export interface Gap {
  deleted: Token[];
  inserted: Token[];
  /** The last token before the gap, if any, in each document. */
  previous: { before: Token; after: Token } | null;
  /** The first token after the gap, if any, in each document. */
  next: { before: Token; after: Token } | null;
}

/** The touched part of a transaction, in whole blocks. */
export interface Alignment {
  pairs: { before: Token; after: Token }[];
  gaps: Gap[];
  /** Positions where the touched blocks start and end, in each document. */
  before: { start: number; end: number };
  after: { start: number; end: number };
}

function* placesOf(step: unknown): Generator<number> {
  if (step instanceof MarkStep) {
    for (const run of step.runs) yield* [run.from, run.to];
    return;
  }
  if (step instanceof BlockStep) {
    yield step.pos;
    return;
  }
  const { from, to, pos } = step as { from?: unknown; to?: unknown; pos?: unknown };
  for (const place of [from, to, pos]) if (typeof place === 'number') yield place;
}

interface Hull {
  from: number;
  to: number;
}

/** The hull of everything a transaction touched, in the document before and in the document after. */
function touched(transform: Transform): { before: Hull; after: Hull } | null {
  const before: Hull = { from: Infinity, to: -Infinity };
  const after: Hull = { from: Infinity, to: -Infinity };
  const widen = (hull: Hull, mapping: Mapping, from: number, to: number) => {
    hull.from = Math.min(hull.from, mapping.map(from, -1));
    hull.to = Math.max(hull.to, mapping.map(to, 1));
  };
  transform.steps.forEach((step, i) => {
    const map = transform.mapping.maps[i];
    if (!map) return;
    const back = new Mapping(transform.mapping.maps.slice(0, i)).invert();
    const onFrom = new Mapping(transform.mapping.maps.slice(i));
    const onAfter = new Mapping(transform.mapping.maps.slice(i + 1));
    for (const place of placesOf(step)) {
      widen(before, back, place, place);
      widen(after, onFrom, place, place);
    }
    map.forEach((oldStart, oldEnd, newStart, newEnd) => {
      widen(before, back, oldStart, oldEnd);
      widen(after, onAfter, newStart, newEnd);
    });
  });
  return before.from === Infinity ? null : { before, after };
}

const clamp = (doc: Node, pos: number) => Math.max(0, Math.min(pos, doc.content.size));

/** Index of the block that holds `pos`; a position between two blocks belongs to both, the first one counts here. */
function firstBlock(doc: Node, pos: number): number {
  const before = clamp(doc, pos) - 1;
  return before < 0 ? 0 : (blockAt(doc, before)?.index ?? 0);
}

function afterLastBlock(doc: Node, pos: number): number {
  const at = clamp(doc, pos);
  return (blockAt(doc, at)?.index ?? doc.childCount - 1) + 1;
}

const startOf = (doc: Node, index: number) => {
  let pos = 0;
  for (let i = 0; i < index; i++) pos += doc.child(i).nodeSize;
  return pos;
};

type Match = [before: number, after: number];

const sized = (token: Token) => ({ ...token, size: 1 });

/** True when one step took out the token at `pos`, neither of its neighbours with it, and put one token in. */
function tookOneForOne({ maps }: Mapping, pos: number): boolean {
  for (const map of maps) {
    const [low, high] = [map.mapResult(pos, -1), map.mapResult(pos + 1, 1)];
    const goes = map.mapResult(pos, 1).deletedAfter;
    if (goes && !low.deletedBefore && !high.deletedAfter && high.pos === low.pos + 1) return true;
    pos = map.map(pos);
  }
  return false;
}

/** Pairs that survive the mapping but may be found inside one gap: blocks that cannot go, and retyped blocks. `mapping` is
 *  null when no block whose boundary is struck counts as retyped. */
function pairInside(
  doc: Node,
  deleted: Token[],
  inserted: Token[],
  mapping: Mapping | null,
): Match[] {
  const out: Match[] = [];
  const gone = takenWhole(doc, deleted.map(sized));
  let from = 0;
  deleted.forEach((token, i) => {
    if (!isFixed(doc, sized(token), gone)) return;
    const found = inserted.findIndex(
      (other, j) => j >= from && other.open && sameToken(token, other),
    );
    if (found < 0) return;
    out.push([i, found]);
    from = found + 1;
  });
  // A stretch that begins with a block on both sides is that block, retyped; not when its boundary is struck already.
  const starts: Match[] = [[-1, -1], ...out];
  const all: Match[] = [];
  for (const [index, start] of starts.entries()) {
    const end = starts[index + 1] ?? [deleted.length, inserted.length];
    if (start[0] >= 0) all.push(start);
    const old = deleted[start[0] + 1];
    const fresh = inserted[start[1] + 1];
    if (start[0] + 1 >= end[0] || start[1] + 1 >= end[1] || !old?.open || !fresh?.open) continue;
    if (isFixed(doc, sized(old), gone) || old.node.type !== fresh.node.type) continue;
    const alone = mapping && deleted.length === 1 && inserted.length === 1;
    const lone = alone && tookOneForOne(mapping, old.pos);
    if (isWhole(old.node) && !lone) continue;
    if (!lone && entriesOf(old.node).some((entry) => entry.k === 'del')) continue;
    all.push([start[0] + 1, start[1] + 1]);
  }
  return all;
}

/** Aligns `before` with `transform.doc`, or null when the transaction touched nothing. A block whose boundary is struck is
 *  not taken for a retyped one: never when `strict`, else only where its open token alone was replaced. */
export function align(before: Node, transform: Transform, strict: boolean): Alignment | null {
  const hull = touched(transform);
  if (!hull) return null;
  const after = transform.doc;
  const head = Math.min(firstBlock(before, hull.before.from), firstBlock(after, hull.after.from));
  const tail = Math.min(
    before.childCount - afterLastBlock(before, hull.before.to),
    after.childCount - afterLastBlock(after, hull.after.to),
  );
  const old = tokensOf(before, head, before.childCount - tail);
  const fresh = tokensOf(after, head, after.childCount - tail);
  const at = new Map(fresh.map((token, i) => [token.pos, i]));
  const matches: Match[] = [];
  old.forEach((token, i) => {
    const result = transform.mapping.mapResult(token.pos, 1);
    const j = result.deletedAfter ? undefined : at.get(result.pos);
    const other = j === undefined ? undefined : fresh[j];
    if (j !== undefined && other && sameToken(token, other)) matches.push([i, j]);
  });
  const retyping = strict ? null : transform.mapping;
  const pairs: { before: Token; after: Token }[] = [];
  const gaps: Gap[] = [];
  let [i, j] = [0, 0];
  const pair = (a: number, b: number) => {
    const [x, y] = [old[a], fresh[b]];
    return x && y ? { before: x, after: y } : null;
  };
  const close = (a: number, b: number) => {
    if (a > i || b > j)
      gaps.push({
        deleted: old.slice(i, a),
        inserted: fresh.slice(j, b),
        previous: pairs.at(-1) ?? null,
        next: pair(a, b),
      });
    const both = pair(a, b);
    if (both) pairs.push(both);
    [i, j] = [a + 1, b + 1];
  };
  for (const [a, b] of [...matches, [old.length, fresh.length] as Match]) {
    const [di, dj] = [i, j];
    if (a > i || b > j)
      for (const [x, y] of pairInside(before, old.slice(i, a), fresh.slice(j, b), retyping))
        close(di + x, dj + y);
    close(a, b);
  }
  return {
    pairs,
    gaps,
    before: { start: startOf(before, head), end: startOf(before, before.childCount - tail) },
    after: { start: startOf(after, head), end: startOf(after, after.childCount - tail) },
  };
}
