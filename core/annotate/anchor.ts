/** Where an annotation sits. Anchors are rows mapped through every step in log order, never marks in the document;
 *  what a step removes is kept beside them, so that text which returns takes its annotations back. */
import type { Node } from 'prosemirror-model';
import type { Step } from 'prosemirror-transform';
import { indexOfRun, tokensBetween } from '#core/annotate/tokens.ts';
import { quoteAt, type Quote } from '#core/annotate/quote.ts';

/** Positions are those of the review's document. A detached anchor keeps its quote and stands, empty, where its words were. */
export interface Anchor extends Quote {
  id: string;
  kind: 'comment' | 'occurrence';
  from: number;
  to: number;
  state: 'attached' | 'detached';
  /** The last revision at which it held words, and where. */
  good: { rev: number; from: number; to: number };
}

/** Removed text that held an end of an anchor. `at` is where it would return; each edge is `k` tokens into it. */
export interface Grave {
  at: number;
  tokens: readonly string[];
  edges: readonly { id: string; edge: 'from' | 'to'; k: number }[];
}

/** All anchors of a review with the removed text they may return to. */
export interface Anchors {
  byId: ReadonlyMap<string, Anchor>;
  graves: readonly Grave[];
}

export const noAnchors: Anchors = { byId: new Map(), graves: [] };

/** Older removals are forgotten beyond this many; their anchors stay detached until a person places them. */
const maxGraves = 500;

type Edge = Grave['edges'][number];
interface Range {
  from: number;
  to: number;
  newFrom: number;
  newTo: number;
}

/** Where removed tokens `lost` are found again in `found`: offsets such that lost[skip + i] is found[offset + i] for `length` tokens.
 *  An undo may bring back a part of a removal, or several removals at once; anything else must match whole. */
function match(
  lost: readonly string[],
  found: readonly string[],
  undo: boolean,
): { skip: number; offset: number; length: number } | null {
  if (lost.length === found.length && indexOfRun(found, lost) === 0)
    return { skip: 0, offset: 0, length: lost.length };
  if (!undo) return null;
  if (lost.length < found.length) {
    const offset = indexOfRun(found, lost);
    return offset < 0 ? null : { skip: 0, offset, length: lost.length };
  }
  const isHead = found.every((token, i) => token === lost[i]);
  if (isHead) return { skip: 0, offset: 0, length: found.length };
  const skip = lost.length - found.length;
  const isTail = found.every((token, i) => token === lost[skip + i]);
  return isTail ? { skip, offset: 0, length: found.length } : null;
}

/** The tokens of a removed range with every grave inside or beside it folded in: what an undo of all of it would bring back. */
function bury(
  doc: Node,
  range: Range,
  anchors: Iterable<Anchor>,
  inside: readonly Grave[],
  held: ReadonlySet<string>,
): Grave {
  const removed = tokensBetween(doc, range.from, range.to);
  const graves = inside.toSorted((a, b) => a.at - b.at);
  const tokens: string[] = [];
  const edges: Edge[] = [];
  let pos = range.from;
  for (const grave of graves) {
    tokens.push(...removed.slice(pos - range.from, grave.at - range.from));
    for (const edge of grave.edges) edges.push({ ...edge, k: edge.k + tokens.length });
    tokens.push(...grave.tokens);
    pos = grave.at;
  }
  tokens.push(...removed.slice(pos - range.from));
  // A start on a grave's place stands after what returns there, an end before it (the same sides mapping gives them).
  const depth = (at: number, edge: 'from' | 'to'): number => {
    let k = at - range.from;
    for (const grave of graves)
      if (grave.at < at || (grave.at === at && edge === 'from')) k += grave.tokens.length;
    return k;
  };
  for (const anchor of anchors) {
    if (!held.has(`${anchor.id}:from`) && anchor.from >= range.from && anchor.from < range.to)
      edges.push({ id: anchor.id, edge: 'from', k: depth(anchor.from, 'from') });
    if (!held.has(`${anchor.id}:to`) && anchor.to > range.from && anchor.to <= range.to)
      edges.push({ id: anchor.id, edge: 'to', k: depth(anchor.to, 'to') });
  }
  return { at: range.newTo, tokens, edges };
}

/** The commit a step belongs to, as far as anchors care, and the ids of the anchors it has changed words in so far. */
export interface Passage {
  rev: number;
  /** The commit takes back or puts back a change of its own author. */
  undo: boolean;
  touched: Set<string>;
}

/** Carries anchors over one step. Rule: a start maps to the right of what is inserted at it, an end to the left,
 *  so foreign text typed at the edge stays outside. */
export function mapAnchors(
  anchors: Anchors,
  step: Step,
  before: Node,
  after: Node,
  passage: Passage,
): Anchors {
  const map = step.getMap();
  const ranges: Range[] = [];
  map.forEach((from, to, newFrom, newTo) => ranges.push({ from, to, newFrom, newTo }));
  if (ranges.length === 0 || anchors.byId.size === 0) return anchors;

  const held = new Set(anchors.graves.flatMap((g) => g.edges.map((e) => `${e.id}:${e.edge}`)));
  const returned = new Map<string, number>();
  let graves: Grave[] = [];
  let open: Grave[] = [...anchors.graves];
  for (const range of ranges) {
    const here = open.filter((g) => g.at >= range.from && g.at <= range.to);
    open = open.filter((g) => !here.includes(g));
    const found = tokensBetween(after, range.newFrom, range.newTo);
    let rest: Grave[] = [];
    for (const grave of here) {
      const hit = found.length > 0 ? match(grave.tokens, found, passage.undo) : null;
      if (!hit) {
        rest.push(grave);
        continue;
      }
      // Ends exactly on the cut of a partial return: a start goes with what is still to come, an end with what came.
      const back = (e: Edge): boolean =>
        e.k >= hit.skip &&
        e.k <= hit.skip + hit.length &&
        !(e.edge === 'from' && e.k === hit.skip + hit.length && e.k < grave.tokens.length) &&
        !(e.edge === 'to' && e.k === hit.skip && hit.skip > 0);
      for (const e of grave.edges.filter(back))
        returned.set(`${e.id}:${e.edge}`, range.newFrom + hit.offset + e.k - hit.skip);
      const left = grave.edges.filter((e) => !back(e));
      if (left.length > 0) {
        const head = hit.skip > 0;
        graves.push({
          at: head ? range.newFrom + hit.offset : range.newFrom + hit.offset + hit.length,
          tokens: head ? grave.tokens.slice(0, hit.skip) : grave.tokens.slice(hit.length),
          edges: left.map((e) => ({ ...e, k: head ? e.k : e.k - hit.length })),
        });
      }
    }
    if (range.to > range.from) {
      const buried = bury(before, range, anchors.byId.values(), rest, held);
      if (buried.edges.length > 0) graves.push(buried);
      rest = [];
    }
    for (const grave of rest) graves.push({ ...grave, at: map.map(grave.at, 1) });
  }
  for (const grave of open) graves.push({ ...grave, at: map.map(grave.at, 1) });
  graves = graves.slice(-maxGraves);

  const byId = new Map<string, Anchor>();
  for (const anchor of anchors.byId.values()) {
    const from = returned.get(`${anchor.id}:from`) ?? map.map(anchor.from, 1);
    const to = Math.max(from, returned.get(`${anchor.id}:to`) ?? map.map(anchor.to, -1));
    if (ranges.some((r) => r.from <= anchor.to && r.to >= anchor.from))
      passage.touched.add(anchor.id);
    if (from === anchor.from && to === anchor.to) byId.set(anchor.id, anchor);
    else {
      const state = to > from ? 'attached' : 'detached';
      const lost = state === 'detached' && anchor.state === 'attached';
      const good = lost ? { rev: passage.rev - 1, from: anchor.from, to: anchor.to } : anchor.good;
      byId.set(anchor.id, { ...anchor, from, to, state, good });
    }
  }
  return { byId, graves };
}

/** Refreshes, once a commit is applied, the quotes of the attached anchors it touched.
 *  An anchor that lost an end keeps its old quote: words taken away letter by letter must not shrink it. */
export function refreshQuotes(anchors: Anchors, touched: ReadonlySet<string>, doc: Node): Anchors {
  if (touched.size === 0) return anchors;
  const cut = new Set(anchors.graves.flatMap((g) => g.edges.map((e) => e.id)));
  const byId = new Map(anchors.byId);
  for (const id of touched) {
    const anchor = byId.get(id);
    if (anchor?.state === 'attached' && !cut.has(id))
      byId.set(id, { ...anchor, ...quoteAt(doc, anchor.from, anchor.to) });
  }
  return { byId, graves: anchors.graves };
}
