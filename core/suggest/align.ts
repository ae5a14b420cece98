/** Alignment of a whole transaction, in runs: which tokens of the document before it are still there after it, and where in
 *  between text was taken out or put in. Serves any command; no case per step class. */
import type { Node } from 'prosemirror-model';
import { Mapping, type StepMap, type Transform } from 'prosemirror-transform';
import { blockAt, entriesOf, isWhole } from '#core/suggest/entries.ts';
import { BlockStep } from '#core/suggest/block-step.ts';
import { MarkStep } from '#core/suggest/mark-step.ts';
import { sameToken, tokenPart, tokensOf, type Token } from '#core/suggest/tokens.ts';
import { isFixed, takenWhole } from '#core/suggest/whole.ts';

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
type Pair = Alignment['pairs'][number];

/** Tokens read from the left, a run in parts where need be. */
class Row {
  readonly #tokens: readonly Token[];
  #index = 0;
  /** Up to where the token at the index is read. */
  #pos = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** What comes before `end`. */
  until(end: number): Token[] {
    const out: Token[] = [];
    for (;;) {
      const token = this.#tokens[this.#index];
      if (!token) return out;
      const from = Math.max(token.pos, this.#pos);
      if (from >= end) return out;
      const to = Math.min(end, token.pos + token.size);
      out.push(tokenPart(token, from, to));
      this.#pos = to;
      if (to < token.pos + token.size) return out;
      this.#index++;
    }
  }

  /** Goes on behind this token. */
  pass({ pos, size }: Token): void {
    const token = this.#tokens[this.#index];
    this.#pos = pos + size;
    if (token && token.pos + token.size <= this.#pos) this.#index++;
  }
}

/** A stretch of one token that survived the mapping: where it was, and where it is. */
interface Stretch {
  token: Token;
  was: number;
  from: number;
  to: number;
}

/** What is left of `stretches` after one map, in pieces. A unit survives when no range of the map takes it out. */
function surviving(stretches: readonly Stretch[], map: StepMap): Stretch[] {
  const ranges: [start: number, end: number, shift: number][] = [];
  map.forEach((start, end, newStart, newEnd) => ranges.push([start, end, newEnd - end]));
  if (ranges.length === 0) return [...stretches];
  const out: Stretch[] = [];
  let i = 0;
  for (const { token, was, from, to } of stretches) {
    let at = from;
    // Ranges behind the stretch before are behind this one too: both rows ascend.
    while (i < ranges.length && (ranges[i]?.[1] ?? 0) <= from) i++;
    const put = (end: number, shift: number) => {
      if (end > at) out.push({ token, was: was + at - from, from: at + shift, to: end + shift });
    };
    let shift = ranges[i - 1]?.[2] ?? 0;
    for (let k = i; at < to; k++) {
      const range = ranges[k];
      if (!range || range[0] >= to) {
        put(to, shift);
        break;
      }
      put(Math.max(at, range[0]), shift);
      at = Math.max(at, range[1]);
      shift = range[2];
    }
  }
  return out;
}

/** The tokens that are still there, run by run, each with what it was. */
function survivors(old: readonly Token[], fresh: readonly Token[], mapping: Mapping): Pair[] {
  let stretches: Stretch[] = old.map((token) => ({
    token,
    was: token.pos,
    from: token.pos,
    to: token.pos + token.size,
  }));
  for (const map of mapping.maps) stretches = surviving(stretches, map);
  const pairs: Pair[] = [];
  let j = 0;
  for (const { token, was, from, to } of stretches) {
    let at = from;
    while (at < to) {
      let other = fresh[j];
      while (other && other.pos + other.size <= at) other = fresh[++j];
      if (!other || other.pos >= to) break;
      const start = Math.max(at, other.pos);
      const end = Math.min(to, other.pos + other.size);
      const before = tokenPart(token, was + start - from, was + end - from);
      const after = tokenPart(other, start, end);
      if (sameToken(before, after)) pairs.push({ before, after });
      at = end;
    }
  }
  return pairs;
}

/** True when a step put another opening in place of the one at `pos` and of nothing else, as commands do that retype a block.
 *  A block put in the place of a block takes the place of its closing too, even where both are empty. */
function isReopened(mapping: Mapping, pos: number): boolean {
  for (const map of mapping.maps) {
    let reopened = false;
    map.forEach((start, end, newStart, newEnd) => {
      if (start === pos && end === pos + 1 && newEnd === newStart + 1) reopened = true;
    });
    if (reopened) return true;
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
  const gone = takenWhole(doc, deleted);
  let from = 0;
  deleted.forEach((token, i) => {
    if (!isFixed(doc, token, gone)) return;
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
    if (isFixed(doc, old, gone) || old.node.type !== fresh.node.type) continue;
    const alone = mapping && deleted.length === 1 && inserted.length === 1;
    const lone = alone && isReopened(mapping, old.pos);
    // Another figure in place of one, another row: nothing of the old one is kept.
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
  const retyping = strict ? null : transform.mapping;
  const pairs: Pair[] = [];
  const gaps: Gap[] = [];
  const [oldRow, freshRow] = [new Row(old), new Row(fresh)];
  /** Closes what lies between the last pair and this one, and adds it. */
  const close = (deleted: Token[], inserted: Token[], next: Pair | null) => {
    if (deleted.length > 0 || inserted.length > 0)
      gaps.push({ deleted, inserted, previous: pairs.at(-1) ?? null, next });
    if (next) pairs.push(next);
  };
  const until = (next: Pair | null) => {
    const deleted = oldRow.until(next?.before.pos ?? Infinity);
    const inserted = freshRow.until(next?.after.pos ?? Infinity);
    let [i, j] = [0, 0];
    if (deleted.length > 0 || inserted.length > 0)
      for (const [x, y] of pairInside(before, deleted, inserted, retyping)) {
        const [a, b] = [deleted[x], inserted[y]];
        if (!a || !b) continue;
        close(deleted.slice(i, x), inserted.slice(j, y), { before: a, after: b });
        [i, j] = [x + 1, y + 1];
      }
    close(deleted.slice(i), inserted.slice(j), next);
    if (!next) return;
    oldRow.pass(next.before);
    freshRow.pass(next.after);
  };
  for (const next of survivors(old, fresh, transform.mapping)) until(next);
  until(null);
  return {
    pairs,
    gaps,
    before: { start: startOf(before, head), end: startOf(before, before.childCount - tail) },
    after: { start: startOf(after, head), end: startOf(after, after.childCount - tail) },
  };
}
