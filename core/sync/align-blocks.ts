/** Which block of one version became which block of another: equal ones first, then in each stretch between them those
 *  that share most of their words. Order is kept; a block that moved is one gone and one new. */
import type { Node } from 'prosemirror-model';
import { diffLists } from '#core/sync/list-diff.ts';

/** A line of the alignment: both (equal or changed), or only one side. */
export interface BlockPair {
  before: number | null;
  after: number | null;
  equal: boolean;
}

/** Two blocks are versions of one when they share at least this part of their words. */
const kinship = 0.35;
/** Stretches larger than this are paired in order; comparing each with each would take too long. */
const maxCompared = 2500;

const keyOf = (node: Node): string =>
  JSON.stringify([node.type.name, node.attrs, node.content.toJSON()]);

/** How often each word occurs. */
function bag(node: Node): Map<string, number> {
  const words = new Map<string, number>();
  for (const [word] of node.textContent.matchAll(/[\p{L}\p{N}\p{M}]+/gu))
    words.set(word, (words.get(word) ?? 0) + 1);
  return words;
}

/** How alike two blocks are, from 0 to 1: the words they share against all their words. */
function likeness(a: Map<string, number>, b: Map<string, number>): number {
  let shared = 0;
  let all = 0;
  for (const [word, n] of a) {
    shared += Math.min(n, b.get(word) ?? 0);
    all += n;
  }
  for (const n of b.values()) all += n;
  return all === 0 ? 1 : (2 * shared) / all;
}

/** What a version cannot change about a block: a footnote is only ever itself, a figure its picture, a cell its form. */
const fixedOf = (node: Node): string => {
  const { style: _style, list: _list, sugg: _sugg, ...fixed } = node.attrs;
  return JSON.stringify(fixed);
};

/** Blocks that one version can have made of another. */
const mayPair = (a: Node, b: Node): boolean => a.type === b.type && fixedOf(a) === fixedOf(b);

/** The pairs of a stretch that keep order and share most, by dynamic programming. */
function kin(a: readonly Node[], b: readonly Node[]): [number, number][] {
  if (a.length * b.length > maxCompared) {
    const least = Math.min(a.length, b.length);
    return Array.from({ length: least }, (_, i): [number, number] => [i, i]).filter(([i, j]) => {
      const [x, y] = [a[i], b[j]];
      return x && y && mayPair(x, y) && likeness(bag(x), bag(y)) >= kinship;
    });
  }
  const bagsA = a.map(bag);
  const bagsB = b.map(bag);
  const width = b.length + 1;
  const best = new Float64Array((a.length + 1) * width);
  const worth = new Float64Array(a.length * b.length);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const [x, y, p, q] = [a[i], b[j], bagsA[i], bagsB[j]];
      const like = x && y && p && q && mayPair(x, y) ? likeness(p, q) : 0;
      // A masthead block and a footnote have one counterpart only, whatever their words.
      const one =
        x && (x.type.name !== 'block' || (a.length === 1 && b.length === 1 && like > 0.2));
      const value = like >= kinship || (one && x && y && mayPair(x, y)) ? like + 0.01 : 0;
      worth[i * b.length + j] = value;
      const skip = Math.max(best[(i + 1) * width + j] ?? 0, best[i * width + j + 1] ?? 0);
      const take = value > 0 ? value + (best[(i + 1) * width + j + 1] ?? 0) : 0;
      best[i * width + j] = Math.max(skip, take);
    }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const here = best[i * width + j] ?? 0;
    const value = worth[i * b.length + j] ?? 0;
    if (value > 0 && here === value + (best[(i + 1) * width + j + 1] ?? 0)) pairs.push([i++, j++]);
    else if (here === (best[(i + 1) * width + j] ?? 0)) i++;
    else j++;
  }
  return pairs;
}

/** Aligns two rows of blocks. Every block of either side is in exactly one line, in its order. */
export function alignBlocks(a: readonly Node[], b: readonly Node[]): BlockPair[] {
  const lines: BlockPair[] = [];
  let [i, j] = [0, 0];
  const until = (x: number, y: number): void => {
    while (i < x) lines.push({ before: i++, after: null, equal: false });
    while (j < y) lines.push({ before: null, after: j++, equal: false });
  };
  const equalTo = (x: number): void => {
    while (i < x) lines.push({ before: i++, after: j++, equal: true });
  };
  for (const { from, to, newFrom, newTo } of diffLists(a.map(keyOf), b.map(keyOf))) {
    equalTo(from);
    for (const [x, y] of kin(a.slice(from, to), b.slice(newFrom, newTo))) {
      until(from + x, newFrom + y);
      lines.push({ before: i++, after: j++, equal: false });
    }
    until(to, newTo);
  }
  equalTo(a.length);
  return lines;
}
