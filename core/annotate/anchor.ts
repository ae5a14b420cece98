/** Where an annotation sits. Anchors are rows mapped through every step in log order, never marks in the document;
 *  what a step removes is kept beside them, so that text which returns takes its annotations back. */
import type { Node } from 'prosemirror-model';
import type { Step, StepMap } from 'prosemirror-transform';
import { indexOfRun, tokensBetween } from '#core/annotate/tokens.ts';
import { quoteAt, type Quote } from '#core/annotate/quote.ts';

/** Positions are those of the review's document. A detached anchor keeps its quote and stands, empty, where its words were. */
export interface Anchor extends Quote {
  id: string;
  /** `stet`: words that a rejected suggestion was about; they are kept as they are. */
  kind: 'comment' | 'occurrence' | 'stet';
  from: number;
  to: number;
  state: 'attached' | 'detached';
  /** The last revision at which it held words, and where. */
  good: { rev: number; from: number; to: number };
  /** It was found again at another place: its words came with a cut and paste, or were the only ones like it. */
  regained?: 'moved' | 'found';
  /** The article its words were put into, while it waits for a place. */
  elsewhere?: string;
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
  /** Who removed the text, and when: only what the same hand puts in again soon is taken for a move. */
  by?: string;
  rev?: number;
  /** The anchor stands at another place now. Should these words return, it returns to them, as it was. */
  home?: Pick<Anchor, 'exact' | 'prefix' | 'suffix' | 'good'>;
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
  { by, rev }: Passage,
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
  const grave = { id: anchor.id, at: range.newTo, tokens, edges, by, rev };
  if (graves.length === 0) return grave;
  return { ...grave, folded: graves.map((one) => ({ k: one.at - range.from, grave: one })) };
}

/** The commit a step belongs to, as far as anchors care, and the ids of the anchors it has changed words in so far. */
export interface Passage {
  rev: number;
  by: string;
  /** The commit takes back or puts back a change of its own author. */
  undo: boolean;
  touched: Set<string>;
}

interface Risen {
  back: { edge: 'from' | 'to'; pos: number }[];
  left: Grave[];
}

/** What a removal took out itself, without what it had folded in: those tokens, how many of them come before each token of
 *  the whole, and the ends that lay in them. */
function ownPart(grave: Grave): { own: string[]; ownBefore: number[]; edges: Edge[] } {
  const folds = grave.folded ?? [];
  const own: string[] = [];
  const ownBefore: number[] = [];
  let next = 0;
  let folded = 0;
  for (let i = 0; i < grave.tokens.length;) {
    const fold = folds[next];
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
  const elsewhere = new Set(folds.flatMap((fold) => fold.grave.edges.map((e) => e.edge)));
  return { own, ownBefore, edges: grave.edges.filter(({ edge }) => !elsewhere.has(edge)) };
}

/** Undoing only the removal itself: what it had folded in stays out, each part in a grave of its own again. */
function unfold(grave: Grave, range: Range, found: readonly string[]): Risen | null {
  if (!grave.folded) return null;
  const { own, ownBefore, edges } = ownPart(grave);
  if (own.length !== found.length || indexOfRun(found, own) !== 0) return null;
  const back = edges.map(({ edge, k }) => ({
    edge,
    pos: range.newFrom + (ownBefore[k] ?? own.length),
  }));
  const left = grave.folded.map((fold) => ({ ...fold.grave, at: range.newFrom + fold.k }));
  return { back, left };
}

/** An undone insertion beside an older removal had folded that in; now the older one is undone. */
function unfoldOlder(grave: Grave, range: Range, found: readonly string[]): Risen | null {
  const folds = grave.folded ?? [];
  for (const [i, fold] of folds.entries()) {
    const risen = exhume(fold.grave, range, found, true);
    if (!risen) continue;
    const left = [...risen.left];
    for (const [j, other] of folds.entries())
      if (j !== i) left.push({ ...other.grave, at: j < i ? range.newFrom : range.newTo });
    const { own, ownBefore, edges } = ownPart(grave);
    const { folded: _folded, ...rest } = grave;
    if (edges.length > 0)
      left.push({
        ...rest,
        at: fold.k === 0 ? range.newTo : range.newFrom,
        tokens: own,
        edges: edges.map(({ edge, k }) => ({ edge, k: ownBefore[k] ?? own.length })),
      });
    return { back: risen.back, left };
  }
  return null;
}

/** The ends of an anchor that inserted tokens bring back out of a grave, as positions, and what is left in the grave. */
function exhume(grave: Grave, range: Range, found: readonly string[], undo: boolean): Risen | null {
  if (found.length === 0) return null;
  // Its own part whole speaks louder than a part of the whole, which may begin or end alike by chance.
  const alone = undo && found.length < grave.tokens.length ? unfold(grave, range, found) : null;
  if (alone) return alone;
  const hit = match(grave.tokens, found, undo);
  if (!hit) return undo ? unfoldOlder(grave, range, found) : null;
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

interface Tokens {
  removed(range: Range): string[];
  found(range: Range): string[];
}

/** The graves of an anchor over one step, and the ends that rise from them. Without a living anchor nothing is buried. */
function mapGraves(
  anchor: Anchor,
  living: boolean,
  graves: readonly Grave[],
  map: StepMap,
  ranges: readonly Range[],
  tokens: Tokens,
  passage: Passage,
): { graves: Grave[]; returned: Map<string, number> } {
  const held = new Set<string>(graves.flatMap((grave) => grave.edges.map(({ edge }) => edge)));
  const returned = new Map<string, number>();
  const next: Grave[] = [];
  let open = graves;
  for (const range of ranges) {
    const holds = living && range.from <= anchor.to && range.to >= anchor.from;
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
        ? bury(tokens.removed(range), range, anchor, rest, held, passage)
        : null;
    if (grave) next.push(grave);
    else for (const kept of rest) next.push({ ...kept, at: map.map(kept.at, 1) });
  }
  for (const grave of open) {
    const at = map.map(grave.at, 1);
    next.push(at === grave.at ? grave : { ...grave, at });
  }
  return { graves: next, returned };
}

const atHome = (
  { regained: _regained, elsewhere: _elsewhere, ...anchor }: Anchor,
  home: Grave['home'],
): Anchor => ({
  ...anchor,
  ...(home && home.exact === anchor.exact ? home : { good: home?.good ?? anchor.good }),
});

/** One anchor and its graves over one step. `removed` and `found` give the tokens a range takes out and puts in. */
function mapAnchor(
  anchor: Anchor,
  graves: readonly Grave[],
  map: StepMap,
  ranges: readonly Range[],
  tokens: Tokens,
  passage: Passage,
): { anchor: Anchor; graves: readonly Grave[] } {
  const old = graves.filter(({ home }) => home);
  const here = old.length > 0 ? graves.filter(({ home }) => !home) : graves;
  const now = mapGraves(anchor, true, here, map, ranges, tokens, passage);
  let waiting: Grave[] = [];
  if (old.length > 0) {
    const { home } = old[0] ?? {};
    const back = mapGraves(anchor, false, old, map, ranges, tokens, passage);
    const [from, to] = [back.returned.get('from'), back.returned.get('to')];
    if (from !== undefined && to !== undefined && (passage.undo || anchor.state === 'detached')) {
      passage.touched.add(anchor.id);
      const end = Math.max(from, to);
      return {
        anchor: {
          ...atHome(anchor, home),
          from,
          to: end,
          state: end > from ? 'attached' : 'detached',
        },
        graves: back.graves.map(({ home: _home, ...grave }) => grave),
      };
    }
    waiting =
      back.returned.size > 0
        ? old.map((grave) => ({ ...grave, at: map.map(grave.at, 1) }))
        : back.graves.map((grave) => ({ ...grave, ...(home ? { home } : {}) }));
  }
  const from = now.returned.get('from') ?? map.map(anchor.from, 1);
  const to = Math.max(from, now.returned.get('to') ?? map.map(anchor.to, -1));
  const all = waiting.length > 0 ? [...now.graves, ...waiting] : now.graves;
  if (from === anchor.from && to === anchor.to) return { anchor, graves: all };
  const state = to > from ? 'attached' : 'detached';
  const lost = state === 'detached' && anchor.state === 'attached';
  const [first] = waiting;
  // It waits where it was before it was found at the place it now lost.
  if (state === 'detached' && first) {
    const place = { from: first.at, to: first.at, state } as const;
    return { anchor: { ...atHome(anchor, first.home), ...place }, graves: all };
  }
  const good = lost ? { rev: passage.rev - 1, from: anchor.from, to: anchor.to } : anchor.good;
  const { elsewhere, ...rest } = anchor;
  const still = state === 'detached' && elsewhere !== undefined ? { elsewhere } : {};
  return { anchor: { ...rest, ...still, from, to, state, good }, graves: all };
}

/** The anchor after a step that reaches neither its words nor their edges, the most frequent case by far; null for any other. */
function passedBy(anchor: Anchor, map: StepMap, ranges: readonly Range[]): Anchor | null {
  if (anchor.state === 'attached' && anchor.elsewhere !== undefined) return null;
  for (const range of ranges) if (range.from <= anchor.to && range.to >= anchor.from) return null;
  const from = map.map(anchor.from, 1);
  return from === anchor.from ? anchor : { ...anchor, from, to: from + anchor.to - anchor.from };
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
    const passed = own.length === 0 ? passedBy(anchor, map, ranges) : null;
    if (passed) {
      byId.set(anchor.id, passed);
      continue;
    }
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
  const cut = new Set(anchors.graves.flatMap(({ id, home }) => (home ? [] : [id])));
  const byId = new Map(anchors.byId);
  for (const id of touched) {
    const anchor = byId.get(id);
    if (anchor?.state === 'attached' && !cut.has(id))
      byId.set(id, { ...anchor, ...quoteAt(doc, anchor.from, anchor.to) });
  }
  return { byId, graves: anchors.graves };
}
