/** Where an annotation sits. Anchors are rows mapped through every step in log order, never marks in the document;
 *  what a step removes is kept beside them, so that text which returns takes its annotations back. */
import type { Node } from 'prosemirror-model';
import type { Step, StepMap } from 'prosemirror-transform';
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

/** Removed text that held an end, or both, of the anchor `id`. `at` is where it would return; each edge is `k` tokens into it.
 *  A grave belongs to one anchor, so that what a reader may not see has no influence on what they do. */
export interface Grave {
  id: string;
  at: number;
  tokens: readonly string[];
  edges: readonly { edge: 'from' | 'to'; k: number }[];
  /** Earlier graves that this removal folded in, `k` tokens into what it took out itself: undoing only this one opens them again. */
  folded?: readonly { k: number; grave: Grave }[];
}

/** All anchors of a review with the removed text they may return to. */
export interface Anchors {
  byId: ReadonlyMap<string, Anchor>;
  graves: readonly Grave[];
}

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

/** The grave of an anchor for a removed range, with its earlier graves inside or beside the range folded in:
 *  what an undo of all of it would bring back. Null when the range holds no end of the anchor. */
function bury(
  removed: readonly string[],
  range: Range,
  anchor: Anchor,
  earlier: readonly Grave[],
  held: ReadonlySet<string>,
): Grave | null {
  const graves = earlier.toSorted((a, b) => a.at - b.at);
  const tokens: string[] = [];
  const edges: Edge[] = [];
  let pos = range.from;
  for (const grave of graves) {
    for (const token of removed.slice(pos - range.from, grave.at - range.from)) tokens.push(token);
    for (const edge of grave.edges) edges.push({ ...edge, k: edge.k + tokens.length });
    for (const token of grave.tokens) tokens.push(token);
    pos = grave.at;
  }
  for (const token of removed.slice(pos - range.from)) tokens.push(token);
  // A start on a grave's place stands after what returns there, an end before it (the same sides mapping gives them).
  const depth = (at: number, edge: 'from' | 'to'): number => {
    let k = at - range.from;
    for (const grave of graves)
      if (grave.at < at || (grave.at === at && edge === 'from')) k += grave.tokens.length;
    return k;
  };
  if (!held.has('from') && anchor.from >= range.from && anchor.from < range.to)
    edges.push({ edge: 'from', k: depth(anchor.from, 'from') });
  if (!held.has('to') && anchor.to > range.from && anchor.to <= range.to)
    edges.push({ edge: 'to', k: depth(anchor.to, 'to') });
  if (edges.length === 0) return null;
  const grave = { id: anchor.id, at: range.newTo, tokens, edges };
  if (graves.length === 0) return grave;
  return { ...grave, folded: graves.map((one) => ({ k: one.at - range.from, grave: one })) };
}

/** The commit a step belongs to, as far as anchors care, and the ids of the anchors it has changed words in so far. */
export interface Passage {
  rev: number;
  /** The commit takes back or puts back a change of its own author. */
  undo: boolean;
  touched: Set<string>;
}

/** Undoing only the removal itself: what it had folded in stays out, each part in a grave of its own again. */
function unfold(
  grave: Grave,
  range: Range,
  found: readonly string[],
): { back: { edge: 'from' | 'to'; pos: number }[]; left: Grave[] } | null {
  if (!grave.folded) return null;
  const own: string[] = [];
  /** For each token of the whole, how many of the removal's own come before it. */
  const ownBefore: number[] = [];
  let next = 0;
  let folded = 0;
  for (let i = 0; i < grave.tokens.length;) {
    const fold = grave.folded[next];
    if (fold && fold.k === i - folded) {
      for (const _ of fold.grave.tokens) ownBefore.push(own.length);
      i += fold.grave.tokens.length;
      folded += fold.grave.tokens.length;
      next++;
      continue;
    }
    ownBefore.push(own.length);
    own.push(grave.tokens[i] ?? '');
    i++;
  }
  ownBefore.push(own.length);
  if (own.length !== found.length || indexOfRun(found, own) !== 0) return null;
  const elsewhere = new Set(grave.folded.flatMap((fold) => fold.grave.edges.map((e) => e.edge)));
  const back = grave.edges
    .filter(({ edge }) => !elsewhere.has(edge))
    .map(({ edge, k }) => ({ edge, pos: range.newFrom + (ownBefore[k] ?? own.length) }));
  const left = grave.folded.map((fold) => ({ ...fold.grave, at: range.newFrom + fold.k }));
  return { back, left };
}

/** The ends of an anchor that inserted tokens bring back out of a grave, as positions, and what is left in the grave. */
function exhume(
  grave: Grave,
  range: Range,
  found: readonly string[],
  undo: boolean,
): { back: { edge: 'from' | 'to'; pos: number }[]; left: Grave[] } | null {
  const hit = found.length > 0 ? match(grave.tokens, found, undo) : null;
  if (!hit) return undo ? unfold(grave, range, found) : null;
  const end = hit.skip + hit.length;
  // On the cut of a partial return a start goes with what is still to come, an end with what came.
  const returns = ({ edge, k }: Edge): boolean =>
    edge === 'from'
      ? k >= hit.skip && (k < end || end === grave.tokens.length)
      : k <= end && (k > hit.skip || hit.skip === 0);
  const start = range.newFrom + hit.offset;
  const back = grave.edges
    .filter(returns)
    .map(({ edge, k }) => ({ edge, pos: start + k - hit.skip }));
  const edges = grave.edges.filter((edge) => !returns(edge));
  if (edges.length === 0) return { back, left: [] };
  const { id } = grave;
  const left =
    hit.skip > 0
      ? { id, at: start, tokens: grave.tokens.slice(0, hit.skip), edges }
      : {
          id,
          at: start + hit.length,
          tokens: grave.tokens.slice(hit.length),
          edges: edges.map((edge) => ({ ...edge, k: edge.k - hit.length })),
        };
  return { back, left: [left] };
}

/** One anchor and its graves over one step. `removed` and `found` give the tokens a range takes out and puts in. */
function mapAnchor(
  anchor: Anchor,
  graves: readonly Grave[],
  map: StepMap,
  ranges: readonly Range[],
  tokens: { removed(range: Range): string[]; found(range: Range): string[] },
  passage: Passage,
): { anchor: Anchor; graves: readonly Grave[] } {
  const held = new Set<string>(graves.flatMap((grave) => grave.edges.map(({ edge }) => edge)));
  const returned = new Map<string, number>();
  const next: Grave[] = [];
  let open = graves;
  for (const range of ranges) {
    const holds = range.from <= anchor.to && range.to >= anchor.from;
    if (holds) passage.touched.add(anchor.id);
    const here = open.filter((grave) => grave.at >= range.from && grave.at <= range.to);
    if (here.length > 0) open = open.filter((grave) => !here.includes(grave));
    const rest: Grave[] = [];
    for (const grave of here) {
      const risen = exhume(grave, range, tokens.found(range), passage.undo);
      if (!risen) rest.push(grave);
      else {
        for (const { edge, pos } of risen.back) returned.set(edge, pos);
        // Until the rest returns, its ends stand at the cut.
        for (const left of risen.left) {
          next.push(left);
          for (const { edge } of left.edges) returned.set(edge, left.at);
        }
      }
    }
    const grave =
      range.to > range.from && (holds || rest.length > 0)
        ? bury(tokens.removed(range), range, anchor, rest, held)
        : null;
    if (grave) next.push(grave);
    else for (const kept of rest) next.push({ ...kept, at: map.map(kept.at, 1) });
  }
  for (const grave of open) {
    const at = map.map(grave.at, 1);
    next.push(at === grave.at ? grave : { ...grave, at });
  }
  const from = returned.get('from') ?? map.map(anchor.from, 1);
  const to = Math.max(from, returned.get('to') ?? map.map(anchor.to, -1));
  if (from === anchor.from && to === anchor.to) return { anchor, graves: next };
  const state = to > from ? 'attached' : 'detached';
  const lost = state === 'detached' && anchor.state === 'attached';
  const good = lost ? { rev: passage.rev - 1, from: anchor.from, to: anchor.to } : anchor.good;
  return { anchor: { ...anchor, from, to, state, good }, graves: next };
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
  const removed = new Map<Range, string[]>();
  const found = new Map<Range, string[]>();
  const tokens = {
    removed: (range: Range): string[] => {
      if (!removed.has(range)) removed.set(range, tokensBetween(before, range.from, range.to));
      return removed.get(range) ?? [];
    },
    found: (range: Range): string[] => {
      if (!found.has(range)) found.set(range, tokensBetween(after, range.newFrom, range.newTo));
      return found.get(range) ?? [];
    },
  };
  const owned = new Map<string, Grave[]>();
  for (const grave of anchors.graves) owned.set(grave.id, [...(owned.get(grave.id) ?? []), grave]);
  const byId = new Map<string, Anchor>();
  const graves: Grave[] = [];
  for (const anchor of anchors.byId.values()) {
    const own = owned.get(anchor.id) ?? [];
    const mapped = mapAnchor(anchor, own, map, ranges, tokens, passage);
    byId.set(anchor.id, mapped.anchor);
    for (const grave of mapped.graves) graves.push(grave);
  }
  return { byId, graves };
}

/** Refreshes, once a commit is applied, the quotes of the attached anchors it touched.
 *  An anchor that lost an end keeps its old quote: words taken away letter by letter must not shrink it. */
export function refreshQuotes(anchors: Anchors, touched: ReadonlySet<string>, doc: Node): Anchors {
  if (touched.size === 0) return anchors;
  const cut = new Set(anchors.graves.map((grave) => grave.id));
  const byId = new Map(anchors.byId);
  for (const id of touched) {
    const anchor = byId.get(id);
    if (anchor?.state === 'attached' && !cut.has(id))
      byId.set(id, { ...anchor, ...quoteAt(doc, anchor.from, anchor.to) });
  }
  return { byId, graves: anchors.graves };
}
