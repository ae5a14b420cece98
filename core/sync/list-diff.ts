/** What differs between two lists: the shortest way of taking out and putting in (E. W. Myers, "An O(ND) difference
 *  algorithm and its variations", 1986). Our own code, so that core needs no package for it. */

/** `before[from..to)` became `after[newFrom..newTo)`; one of the two may be empty. */
export interface Change {
  from: number;
  to: number;
  newFrom: number;
  newTo: number;
}

/** Beyond this many single changes the lists are taken to have nothing in common: it bounds time and memory. */
const maxChanges = 1200;

/** The matched pairs of two lists without common ends, as a walk back through the farthest points reached by each number of changes. */
function matches(a: readonly string[], b: readonly string[]): [number, number][] | null {
  const limit = Math.min(a.length + b.length, maxChanges);
  const reached: Int32Array[] = [];
  let last = new Int32Array(3);
  for (let d = 0; d <= limit; d++) {
    // `next[k + d + 1]` is how far the diagonal k = x - y gets with d changes; one spare place on each side.
    const next = new Int32Array(2 * d + 3).fill(-1);
    for (let k = -d; k <= d; k += 2) {
      const down = k < d ? (last[k + 1 + d] ?? -1) : -1;
      const right = k > -d ? (last[k - 1 + d] ?? -1) : -1;
      let x = d === 0 ? 0 : down > right ? down : right + 1;
      if (x > a.length || x - k > b.length || x - k < 0) continue;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      next[k + d + 1] = x;
      if (x === a.length && x - k === b.length) {
        reached.push(next);
        return walkBack(a, b, reached);
      }
    }
    reached.push(next);
    last = next;
  }
  return null;
}

function walkBack(
  a: readonly string[],
  b: readonly string[],
  reached: readonly Int32Array[],
): [number, number][] {
  const pairs: [number, number][] = [];
  let [x, y] = [a.length, b.length];
  for (let d = reached.length - 1; d >= 0; d--) {
    const k = x - y;
    const last = reached[d - 1];
    const down = last && k < d ? (last[k + 1 + d] ?? -1) : -1;
    const right = last && k > -d ? (last[k - 1 + d] ?? -1) : -1;
    const start = d === 0 ? 0 : down > right ? down : right + 1;
    while (x > start) pairs.push([--x, --y]);
    if (d === 0) break;
    if (down > right) y--;
    else x--;
  }
  return pairs.reverse();
}

/** The changes that lead from `a` to `b`, in order, with equal items between them. Items are compared by their text. */
export function diffLists(a: readonly string[], b: readonly string[]): Change[] {
  let head = 0;
  const least = Math.min(a.length, b.length);
  while (head < least && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < least - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const [endA, endB] = [a.length - tail, b.length - tail];
  const pairs = matches(a.slice(head, endA), b.slice(head, endB)) ?? [];
  const changes: Change[] = [];
  let [from, newFrom] = [head, head];
  for (const [i, j] of [...pairs, [endA - head, endB - head] as const]) {
    const [to, newTo] = [head + i, head + j];
    if (to > from || newTo > newFrom) changes.push({ from, to, newFrom, newTo });
    [from, newFrom] = [to + 1, newTo + 1];
  }
  return changes;
}
