/** Which unit of one reading is which of another. Whole blocks that are alike come first; in what differs the pairing that
 *  explains it best: what was suggested may have been decided, what is new may be tracked; the rest was changed without. */
import { diffLists } from '#core/sync/list-diff.ts';
import { notesBegin, sameNotes, settleReferences } from '#core/formats/return/notes.ts';
import { stateOf, type Unit } from '#core/formats/return/row.ts';

/** For each unit of the first row its partner in the second, or -1. */
export type Pairs = Int32Array;

/** How two rows may differ. `costs` of null: they are two readings of one text, and states play no part. */
interface Rules {
  key(unit: Unit): string;
  /** What it costs to take two units of the same text for one; null when they cannot be. */
  match(a: Unit, b: Unit): number | null;
  gone(a: Unit): number;
  fresh(b: Unit): number;
}

const textOnly: Rules = {
  key: (unit) => unit.text,
  match: () => 0,
  gone: () => 1,
  fresh: () => 1,
};

/** A word that was there cannot have become somebody's insertion, and nobody's insertion another's. */
const asEdited: Rules = {
  key: (unit) => `${unit.text}\u0001${stateOf(unit)}`,
  match(a, b) {
    if (b.ins && b.ins.by !== a.ins?.by) return null;
    return stateOf(a) === stateOf(b) ? 0 : 1;
  },
  gone: (a) => (a.ins || a.del ? 1 : a.open ? 4 : 3),
  fresh: (b) => (b.open ? 4 : 3),
};

/** The most comparisons of a stretch, and of a whole file: beyond them words are compared instead of characters. */
const maxCells = 4_000_000;
const maxCellsInAll = 60_000_000;

interface Work {
  a: readonly Unit[];
  b: readonly Unit[];
  rules: Rules;
  pairs: Pairs;
  cells: number;
}

/** Pairs two readings of one text, whatever is suggested in them. */
export function pairTexts(a: readonly Unit[], b: readonly Unit[]): Pairs {
  const work = workOn(a, b, textOnly);
  blocks(work, stretches(a, opens), stretches(b, opens));
  return work.pairs;
}

/** Pairs a text as it was sent with the same as it came back: first what stands above the footnotes, then each footnote
 *  with the one that the same reference leads to. */
export function pairEdited(a: readonly Unit[], b: readonly Unit[]): Pairs {
  const work = workOn(a, b, asEdited);
  const body = (row: readonly Unit[]): number[] => stretches(row.slice(0, notesBegin(row)), opens);
  blocks(work, body(a), body(b));
  settleReferences(a, b, work.pairs);
  for (const { from, to, newFrom, newTo } of sameNotes(a, b, work.pairs))
    blocks(work, [from, to], [newFrom, newTo]);
  return work.pairs;
}

const workOn = (a: readonly Unit[], b: readonly Unit[], rules: Rules): Work => ({
  a,
  b,
  rules,
  pairs: new Int32Array(a.length).fill(-1),
  cells: 0,
});

const blocks = (work: Work, startsA: readonly number[], startsB: readonly number[]): void =>
  between(work, startsA, startsB, (low, high, newLow, newHigh) =>
    characters(work, low, high, newLow, newHigh),
  );

/** Where each block begins, and the end. */
const opens = (unit: Unit): boolean => unit.open;

function stretches(units: readonly Unit[], begins: (unit: Unit, last: Unit) => boolean): number[] {
  const starts: number[] = [];
  units.forEach((unit, i) => {
    const last = units[i - 1];
    if (!last || begins(unit, last)) starts.push(i);
  });
  return [...starts, units.length];
}

/** Pairs equal stretches of both rows, and gives what lies between to `differs`. */
function between(
  work: Work,
  startsA: readonly number[],
  startsB: readonly number[],
  differs: (low: number, high: number, newLow: number, newHigh: number) => void,
): void {
  const keys = (units: readonly Unit[], starts: readonly number[]): string[] =>
    starts.slice(0, -1).map((start, i) =>
      units
        .slice(start, starts[i + 1])
        .map((unit) => work.rules.key(unit))
        .join('\u0002'),
    );
  let at = 0;
  let shift = 0;
  const same = (until: number): void => {
    for (; at < until; at += 1) {
      const [from, to] = [startsA[at] ?? 0, startsA[at + 1] ?? 0];
      const other = startsB[at + shift] ?? 0;
      for (let i = from; i < to; i += 1) work.pairs[i] = other + i - from;
    }
  };
  for (const { from, to, newFrom, newTo } of diffLists(
    keys(work.a, startsA),
    keys(work.b, startsB),
  )) {
    same(from);
    differs(startsA[from] ?? 0, startsA[to] ?? 0, startsB[newFrom] ?? 0, startsB[newTo] ?? 0);
    at = to;
    shift = newTo - to;
  }
  same(startsA.length - 1);
}

const isWord = (text: string): boolean => /^[\p{L}\p{N}\p{M}]/u.test(text);

/** Many blocks that differ, each a little: the first is the first and so on, if they are as many and alike. */
function byBlocks(work: Work, low: number, high: number, newLow: number, newHigh: number): boolean {
  const [a, b] = [work.a.slice(low, high), work.b.slice(newLow, newHigh)];
  const [startsA, startsB] = [stretches(a, opens), stretches(b, opens)];
  if (startsA.length !== startsB.length || startsA.length < 3) return false;
  const wordsIn = (units: readonly Unit[], starts: readonly number[], i: number): Set<string> =>
    new Set(
      units
        .slice(starts[i], starts[i + 1])
        .map(({ text }) => text)
        .join('')
        .match(/[\p{L}\p{N}\p{M}]+/gu),
    );
  const count = startsA.length - 1;
  for (let i = 0; i < count; i += 1) {
    const [some, others] = [wordsIn(a, startsA, i), wordsIn(b, startsB, i)];
    const shared = [...some].filter((word) => others.has(word)).length;
    if (2 * shared < Math.min(some.size, others.size)) return false;
  }
  for (let i = 0; i < count; i += 1)
    characters(
      work,
      low + (startsA[i] ?? 0),
      low + (startsA[i + 1] ?? 0),
      newLow + (startsB[i] ?? 0),
      newLow + (startsB[i + 1] ?? 0),
    );
  return true;
}

/** A stretch that differs: by characters where it is short, else by words first. */
function characters(work: Work, low: number, high: number, newLow: number, newHigh: number): void {
  const [m, n] = [high - low, newHigh - newLow];
  if (m === 0 || n === 0) return;
  if (m * n <= maxCells && work.cells + m * n <= maxCellsInAll) {
    work.cells += m * n;
    best(work, low, high, newLow, newHigh);
    return;
  }
  if (byBlocks(work, low, high, newLow, newHigh)) return;
  const begins = (unit: Unit, last: Unit): boolean =>
    unit.open || last.open || !isWord(unit.text) || !isWord(last.text);
  const words = (units: readonly Unit[], from: number, to: number): number[] =>
    stretches(units.slice(from, to), begins).map((at) => at + from);
  const [wordsA, wordsB] = [words(work.a, low, high), words(work.b, newLow, newHigh)];
  between(work, wordsA, wordsB, (from, to, newFrom, newTo) => {
    const [x, y] = [to - from, newTo - newFrom];
    if (x === 0 || y === 0 || x * y > maxCells || work.cells + x * y > maxCellsInAll) return;
    work.cells += x * y;
    best(work, from, to, newFrom, newTo);
  });
}

/** What it costs to keep one unit and not its neighbour: a suggestion is decided as a whole, and so words go. */
function change(one: Unit | undefined, other: Unit): number {
  if (!one) return 0;
  if (one.ins?.id !== other.ins?.id || one.del?.id !== other.del?.id) return 0;
  return one.ins || one.del ? 12 : 0.1;
}

/** The cheapest pairing of two short stretches, by dynamic programming from the end. There are two layers: one for where
 *  the unit before was kept, one for where it was not. */
function best(work: Work, low: number, high: number, newLow: number, newHigh: number): void {
  const { a, b, rules, pairs } = work;
  const [m, n] = [high - low, newHigh - newLow];
  const width = n + 1;
  const layer = (m + 1) * width;
  const cost = new Float32Array(2 * layer);
  const at = (list: readonly Unit[], i: number): Unit => list[i] as Unit;
  const matchOf = (one: Unit, other: Unit): number =>
    one.text === other.text ? (rules.match(one, other) ?? Infinity) : Infinity;
  const after = (gone: 0 | 1, i: number, j: number): number =>
    cost[gone * layer + i * width + j] ?? 0;
  for (let j = n - 1; j >= 0; j -= 1) {
    const rest = after(0, m, j + 1) + rules.fresh(at(b, newLow + j));
    cost[m * width + j] = rest;
    cost[layer + m * width + j] = rest;
  }
  for (let i = m - 1; i >= 0; i -= 1) {
    const one = at(a, low + i);
    const gone = rules.gone(one);
    const turn = change(i > 0 ? a[low + i - 1] : undefined, one);
    for (let j = n; j >= 0; j -= 1) {
      const other = j < n ? at(b, newLow + j) : undefined;
      const drop = after(1, i + 1, j) + gone;
      const match = other ? after(0, i + 1, j + 1) + matchOf(one, other) : Infinity;
      const fresh = other ? rules.fresh(other) : 0;
      for (const was of [0, 1] as const) {
        const skip = other ? after(was, i, j + 1) + fresh : Infinity;
        cost[was * layer + i * width + j] = Math.min(
          drop + (was === 0 ? turn : 0),
          match + (was === 1 ? turn : 0),
          skip,
        );
      }
    }
  }
  const near = (x: number, y: number): boolean => Math.abs(x - y) < 0.0005 * (1 + Math.abs(x));
  let was: 0 | 1 = 0;
  for (let i = 0, j = 0; i < m && j < n;) {
    const [one, other] = [at(a, low + i), at(b, newLow + j)];
    const turn = change(i > 0 ? a[low + i - 1] : undefined, one);
    const here = after(was, i, j);
    if (near(here, after(0, i + 1, j + 1) + matchOf(one, other) + (was === 1 ? turn : 0))) {
      pairs[low + i] = newLow + j;
      i += 1;
      j += 1;
      was = 0;
    } else if (near(here, after(1, i + 1, j) + rules.gone(one) + (was === 0 ? turn : 0))) {
      i += 1;
      was = 1;
    } else j += 1;
  }
  if (rules !== asEdited) return;
  smooth(work, low, high, newLow, newHigh);
  slide(
    a,
    low,
    high,
    (i) => pairs[i] ?? -1,
    (i, j) => void (pairs[i] = j),
  );
  const back = new Map<number, number>();
  for (let i = low; i < high; i += 1) if ((pairs[i] ?? -1) >= 0) back.set(pairs[i] ?? -1, i);
  slide(
    b,
    newLow,
    newHigh,
    (j) => back.get(j) ?? -1,
    (j, i) => {
      if (i >= 0) {
        pairs[i] = j;
        back.set(j, i);
      } else back.delete(j);
    },
  );
  smooth(work, low, high, newLow, newHigh);
}

/** Words that went or came without tracking can often be taken for others beside them that end or begin alike. They are
 *  slid to where a word begins, or to a change beside them. `of` gives the partner of a unit, `set` changes it. */
function slide(
  row: readonly Unit[],
  low: number,
  high: number,
  of: (i: number) => number,
  set: (i: number, partner: number) => void,
): void {
  const isPlain = (i: number): boolean => {
    const unit = row[i];
    return i >= low && i < high && !!unit && !unit.open && !unit.ins && !unit.del;
  };
  const isEdge = (i: number): boolean =>
    !isWord(row[i]?.text ?? '') || !isWord(row[i - 1]?.text ?? '');
  for (let i = low; i < high; i += 1) {
    if (of(i) >= 0 || !isPlain(i) || (i > low && of(i - 1) < 0)) continue;
    let end = i;
    while (end < high && of(end) < 0 && isPlain(end)) end += 1;
    const isGood = (by: number): boolean => isEdge(i + by) && isEdge(end + by);
    const touches = (by: number): boolean =>
      by < 0 ? i + by > low && of(i + by - 1) < 0 : end + by < high && of(end + by) < 0;
    const steps = (sign: -1 | 1, most: number, fine: (by: number) => boolean): number => {
      for (let by = 0; Math.abs(by) < most;) {
        const [out, into] = sign < 0 ? [end - 1 + by, i - 1 + by] : [i + by, end + by];
        const fits = isPlain(into) && of(into) >= 0 && row[out]?.text === row[into]?.text;
        if (!fits) return 0;
        by += sign;
        if (fine(by)) return by;
      }
      return 0;
    };
    let by = steps(-1, 3, touches) || steps(1, 3, touches);
    if (by === 0 && !isGood(0)) by = steps(-1, 200, isGood) || steps(1, 200, isGood);
    for (let k = 0; k < Math.abs(by); k += 1) {
      const [out, into] = by < 0 ? [end - 1 - k, i - 1 - k] : [i + k, end + k];
      const partner = of(into);
      set(into, -1);
      set(out, partner);
    }
    i = end;
  }
}

/** Letters that happen to be alike in two words are no reason to keep them: where plain letters went and others came at
 *  one place, without tracking, it is the whole word that was replaced. */
function smooth(
  { a, b, pairs }: Work,
  low: number,
  high: number,
  newLow: number,
  newHigh: number,
): void {
  const taken = new Map<number, number>();
  for (let i = low; i < high; i += 1) if ((pairs[i] ?? -1) >= 0) taken.set(pairs[i] ?? -1, i);
  const isLetter = (unit: Unit | undefined): boolean =>
    !!unit && !unit.open && !unit.ins && !unit.del && isWord(unit.text);
  const isGone = (i: number): boolean => i >= low && i < high && pairs[i] === -1 && isLetter(a[i]);
  const isNew = (j: number): boolean =>
    j >= newLow && j < newHigh && !taken.has(j) && isLetter(b[j]);
  /** Unpairs the letters beside a replaced place. */
  const spread = (i: number, j: number, step: -1 | 1): void => {
    let [x, y] = [i, j];
    while (x >= low && x < high && pairs[x] === y && isLetter(a[x]) && isLetter(b[y])) {
      pairs[x] = -1;
      taken.delete(y);
      x += step;
      y += step;
    }
  };
  for (let i = low; i < high; i += 1) {
    const partner = pairs[i] ?? -1;
    if (partner < 0) continue;
    if (isGone(i - 1) && isNew(partner - 1)) spread(i, partner, 1);
    else if (isGone(i + 1) && isNew(partner + 1)) spread(i, partner, -1);
  }
}
