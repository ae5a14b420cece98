/** Finds where a text refers to its notes. A number is a reference only as part of one whole run 1, 2, … n in order;
 *  of several possible runs the one with the likeliest places is taken. */
import type { Piece } from '#core/formats/text/piece.ts';
import { raisedNumber } from '#core/formats/text/notes.ts';

/** One reference: `from`–`to` are offsets in the line's folded text and cover the number and its brackets. */
export interface Reference {
  piece: number;
  line: number;
  from: number;
  to: number;
  number: number;
}

interface Candidate extends Reference {
  weight: number;
}

const bracketed = /\[\^?(\d{1,3})\]/gu;
const small = /(?<!(?<!\p{L})[ckm]?m)[¹²³⁰⁴-⁹]{1,3}/gu;
/** Glued to a word or number that has its punctuation, with a space or the end after it. */
const punctuated = /(?<=[\p{L}\p{N})\]}»”’"'%][.,;!?)\]”’"'»]{1,4})(\d{1,3})(?=\s|$)/gu;
/** Glued to the bare word or bracket: rarer, and easily a name ("G7"), so it counts for less. */
const bare = /(?<=\p{Ll}\p{Ll}|[)\]])(\d{1,3})(?=[\s.,;:!?]|$)/gu;
const unitAfter =
  /^\s?(?:%|percent|per cent|million|billion|trillion|m\b|bn\b|km|kg|metres|meters|miles|points?|Prozent|pour cent)/iu;

/** "No.1", "p.3": a number that belongs to the abbreviation before it. */
const abbreviation = /(?<!\p{L})(?:nos?|nr|pp?|vol|fig|art|sec|chap?|abb|bd|abs|s|t)\.$/iu;

/** How likely a punctuated number is a reference: 4 certain, 1 doubtful, 0 not at all. */
function weigh(text: string, from: number, to: number): number {
  const before = text.slice(Math.max(0, from - 24), from);
  if (abbreviation.test(before)) return 1;
  // "2.1 percent" and "$2.1" are decimals; "2017.2" and "persons.1" are not.
  const digits = /([$€£₹¥]?)([\d,]{0,20}\d)[.,]$/u.exec(before);
  if (!digits) return 4;
  if (digits[1] !== '' || unitAfter.test(text.slice(to))) return 0;
  return (digits[2] ?? '').length === 4 && !digits[2]?.includes(',') ? 3 : 1;
}

function candidatesOf(pieces: readonly Piece[], most: number, loose: boolean): Candidate[] {
  const found: Candidate[] = [];
  pieces.forEach((piece, p) =>
    piece.lines.forEach((line, l) => {
      const here: Candidate[] = [];
      const add = (number: number, from: number, to: number, weight: number): void => {
        if (number >= 1 && number <= most && weight > 0)
          here.push({ piece: p, line: l, from, to, number, weight });
      };
      for (const m of line.text.matchAll(bracketed))
        add(Number(m[1]), m.index, m.index + m[0].length, 6);
      for (const m of line.text.matchAll(small))
        add(raisedNumber(m[0]), m.index, m.index + m[0].length, 5);
      for (const m of line.text.matchAll(punctuated)) {
        const to = m.index + m[0].length;
        add(Number(m[1]), m.index, to, weigh(line.text, m.index, to));
      }
      if (loose)
        for (const m of line.text.matchAll(bare))
          add(Number(m[1]), m.index, m.index + m[0].length, 2);
      here.sort((a, b) => a.from - b.from);
      const start = l === 0 ? piece.skip : 0;
      for (const candidate of here) if (candidate.from >= start) found.push(candidate);
    }),
  );
  return found;
}

/** The best run 1 … n among candidates in reading order, or null if there is none. */
function bestRun(candidates: readonly Candidate[], n: number): Reference[] | null {
  interface Step {
    candidate: Candidate;
    previous: Step | null;
    score: number;
  }
  // best[k] is the best way to have found 1 … k so far; going down keeps one candidate from serving twice.
  const best: (Step | null)[] = Array.from({ length: n + 1 }, () => null);
  for (const candidate of candidates) {
    const k = candidate.number;
    const previous = k === 1 ? null : (best[k - 1] ?? null);
    if (k > 1 && !previous) continue;
    const score = (previous?.score ?? 0) + candidate.weight;
    if (score > (best[k]?.score ?? 0)) best[k] = { candidate, previous, score };
  }
  const run: Reference[] = [];
  for (let step = best[n] ?? null; step; step = step.previous) {
    const { piece, line, from, to, number } = step.candidate;
    run.unshift({ piece, line, from, to, number });
  }
  return run.length === n ? run : null;
}

/** The references to n notes, and how sure they are; null when the numbers do not run 1 … n in order. */
export function findReferences(
  pieces: readonly Piece[],
  n: number,
): { references: Reference[]; confidence: number } | null {
  const strict = bestRun(candidatesOf(pieces, n, false), n);
  if (strict) return { references: strict, confidence: 0.9 };
  const loose = bestRun(candidatesOf(pieces, n, true), n);
  return loose ? { references: loose, confidence: 0.6 } : null;
}
