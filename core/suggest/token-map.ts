/** Mapping token by token: a run of tokens falls apart where foreign text is inserted and never swallows it, and a
 *  token that died leaves the run unless a mirrored map brings it back. */
import { Mapping, StepMap, type Mappable } from 'prosemirror-transform';

/** Tokens `[from, to)` and what a step has to say about them. */
export interface Run<T> {
  from: number;
  to: number;
  what: T;
}

/** Text that an undo put back, told by the map of the step that did it: `at` in the document before, the rest after. */
export interface PutBackPart<T> extends Run<T> {
  at: number;
}

/** How runs take back text of their own that an undo has meanwhile put back. */
export interface PutBack<T> {
  parts(map: StepMap): readonly PutBackPart<T>[];
  /** True when both speak of the same suggestion. */
  same(a: T, b: T): boolean;
}

interface Moving<T> extends Run<T> {
  /** Index of the next map to go through; later than the walk after a jump over a mirrored pair. */
  next: number;
}

interface Hull<T> {
  what: T;
  lo: number;
  hi: number;
}

/** Splits a run at the ranges of one map: what survives (in new positions) and what died (in old ones). */
function split(
  map: StepMap,
  from: number,
  to: number,
): { from: number; to: number; dead: boolean }[] {
  const parts: { from: number; to: number; dead: boolean }[] = [];
  let at = from;
  let shift = 0;
  map.forEach((oldStart, oldEnd, _newStart, newEnd) => {
    if (oldStart > at && at < to) {
      const end = Math.min(oldStart, to);
      parts.push({ from: at + shift, to: end + shift, dead: false });
      at = end;
    }
    if (oldEnd > at && at < to && oldStart < to) {
      const end = Math.min(oldEnd, to);
      parts.push({ from: Math.max(at, oldStart), to: end, dead: true });
      at = end;
    }
    shift = newEnd - oldEnd;
  });
  if (at < to) parts.push({ from: at + shift, to: to + shift, dead: false });
  return parts;
}

/** A mapping that knows of each map which earlier one it takes back, also when that one has another mirror by now. */
export interface TakingBack {
  takesBack(n: number): number | undefined;
}

const takenBackBy = (mapping: Mapping & Partial<TakingBack>, n: number): number => {
  const earlier = mapping.takesBack ? mapping.takesBack(n) : mapping.getMirror(n);
  return earlier !== undefined && earlier < n ? earlier : -1;
};

function walk<T>(mapping: Mapping, runs: readonly Run<T>[], putBack?: PutBack<T>): Run<T>[] {
  let moving: Moving<T>[] = runs.map((run) => ({ ...run, next: mapping.from }));
  const hulls: Hull<T>[] = [];
  if (putBack)
    for (const run of runs) {
      const hull = hulls.find((h) => putBack.same(h.what, run.what));
      if (hull) hull.hi = Math.max(hull.hi, run.to);
      else hulls.push({ what: run.what, lo: run.from, hi: run.to });
    }
  for (let i = mapping.from; i < mapping.to; i++) {
    const map = mapping.maps[i];
    if (!map) break;
    const mirror = mapping.getMirror(i);
    const ahead = mirror !== undefined && mirror > i && mirror < mapping.to;
    const later: Moving<T>[] = [];
    for (const run of moving) {
      if (run.next > i) {
        later.push(run);
        continue;
      }
      for (const part of split(map, run.from, run.to)) {
        if (!part.dead) later.push({ ...part, what: run.what, next: i + 1 });
        else if (ahead) {
          const from = mapping.slice(i, mirror + 1).map(part.from, 1);
          if (Number.isFinite(from))
            later.push({
              from,
              to: from + part.to - part.from,
              what: run.what,
              next: mirror + 1,
            });
        }
      }
    }
    moving = later;
    if (!putBack) continue;
    const met = takenBackBy(mapping, i) >= mapping.from;
    const parts = met ? [] : putBack.parts(map);
    for (const hull of hulls) {
      const back = parts.filter(
        (part) => putBack.same(part.what, hull.what) && part.at >= hull.lo && part.at <= hull.hi,
      );
      const lo = map.map(hull.lo, 1);
      const hi = map.map(hull.hi, -1);
      hull.lo = Math.min(lo, hi, ...back.map((part) => part.from));
      hull.hi = Math.max(lo > hi ? hull.lo : hi, ...back.map((part) => part.to));
      for (const part of back)
        moving.push({ from: part.from, to: part.to, what: part.what, next: i + 1 });
    }
  }
  return moving.map(({ from, to, what }) => ({ from, to, what }));
}

function tokenwise<T>(mapping: Mappable, runs: readonly Run<T>[]): Run<T>[] {
  const out: Run<T>[] = [];
  for (const run of runs)
    for (let pos = run.from; pos < run.to; pos++) {
      const result = mapping.mapResult(pos, 1);
      if (!result.deletedAfter && Number.isFinite(result.pos))
        out.push({ from: result.pos, to: result.pos + 1, what: run.what });
    }
  return out;
}

/** Sorts runs and joins those that touch and say the same. */
export function joinRuns<T>(runs: readonly Run<T>[], same: (a: T, b: T) => boolean): Run<T>[] {
  const out: Run<T>[] = [];
  for (const run of runs.toSorted((a, b) => a.from - b.from)) {
    const last = out.at(-1);
    if (last && last.to >= run.from && same(last.what, run.what))
      last.to = Math.max(last.to, run.to);
    else out.push({ ...run });
  }
  return out;
}

/** Where the tokens of `runs` are after `mapping`. Runs come back sorted; runs that say the same (by identity) are joined. */
export function mapRuns<T>(
  mapping: Mappable,
  runs: readonly Run<T>[],
  putBack?: PutBack<T>,
): Run<T>[] {
  const moved =
    mapping instanceof Mapping
      ? walk(mapping, runs, putBack)
      : mapping instanceof StepMap
        ? walk(new Mapping([mapping]), runs, putBack)
        : tokenwise(mapping, runs);
  return joinRuns(moved, (a, b) => a === b);
}

/** Where one token is after `mapping`, or null when it died. */
export function mapToken(mapping: Mappable, pos: number): number | null {
  const result = mapping.mapResult(pos, 1);
  return result.deletedAfter || !Number.isFinite(result.pos) ? null : result.pos;
}
