/** Where a detached annotation could stand again: places in the text ranked by their likeness to its quote and context.
 *  Only proposes; a person places. */
import type { Node } from 'prosemirror-model';
import { contextLength, type Quote } from '#core/annotate/quote.ts';

/** A proposed place. `score` is 1 for the same words in the same context and falls towards 0. */
export interface Place {
  from: number;
  to: number;
  score: number;
  text: string;
}

const mostPlaces = 5;
const leastScore = 0.35;

/** How alike two texts are, by the pairs of neighbouring characters they share (Dice's coefficient), 0 to 1. */
export function likeness(a: string, b: string): number {
  if (a === b) return 1;
  if (a.length < 2 || b.length < 2) return 0;
  const pairs = new Map<string, number>();
  for (let i = 0; i + 2 <= a.length; i++) {
    const pair = a.slice(i, i + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  let shared = 0;
  for (let i = 0; i + 2 <= b.length; i++) {
    const pair = b.slice(i, i + 2);
    const left = pairs.get(pair) ?? 0;
    if (left === 0) continue;
    pairs.set(pair, left - 1);
    shared++;
  }
  return (2 * shared) / (a.length - 1 + (b.length - 1));
}

/** The starts and ends of words in a text. */
function wordBounds(text: string): { from: number; to: number }[] {
  return [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}’'.,-]*/gu)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
  }));
}

function contextScore(text: string, from: number, to: number, quote: Quote): number {
  const before = text.slice(Math.max(0, from - contextLength), from);
  const after = text.slice(to, to + contextLength);
  const sides: number[] = [];
  if (quote.prefix.trim()) sides.push(likeness(quote.prefix, before));
  if (quote.suffix.trim()) sides.push(likeness(quote.suffix, after));
  return sides.length > 0 ? sides.reduce((a, b) => a + b) / sides.length : 0.5;
}

/** Runs of as many words as the quote has, one less or one more, that are like it. */
function similarRuns(text: string, exact: string): { from: number; to: number; like: number }[] {
  const words = wordBounds(text);
  const n = Math.max(1, wordBounds(exact).length);
  const runs: { from: number; to: number; like: number }[] = [];
  for (let i = 0; i < words.length; i++)
    for (let length = Math.max(1, n - 1); length <= n + 1; length++) {
      const first = words[i];
      const last = words[i + length - 1];
      if (!first || !last) continue;
      const like = likeness(exact, text.slice(first.from, last.to));
      if (like >= 0.5) runs.push({ from: first.from, to: last.to, like });
    }
  return runs;
}

/** The best places for a quote in the document, best first, none overlapping a better one. Looks inside single blocks. */
export function placesFor(doc: Node, quote: Quote): Place[] {
  const exact = quote.exact.split('\n')[0] ?? '';
  if (exact.trim() === '') return [];
  const found: Place[] = [];
  doc.forEach((block, offset) => {
    const text = block.textBetween(0, block.content.size, undefined, '\ufffc');
    const add = (from: number, to: number, like: number): void => {
      const score = 0.7 * like + 0.3 * contextScore(text, from, to, quote);
      const start = offset + 1;
      found.push({ from: start + from, to: start + to, score, text: text.slice(from, to) });
    };
    let at = text.indexOf(exact);
    const isHere = at >= 0;
    for (; at >= 0; at = text.indexOf(exact, at + 1)) add(at, at + exact.length, 1);
    if (!isHere) for (const run of similarRuns(text, exact)) add(run.from, run.to, run.like);
  });
  const best: Place[] = [];
  for (const place of found.toSorted((a, b) => b.score - a.score || a.from - b.from)) {
    if (best.length >= mostPlaces || place.score < leastScore) break;
    if (best.every((other) => place.to <= other.from || place.from >= other.to)) best.push(place);
  }
  return best;
}
