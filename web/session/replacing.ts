/** Replacing words in many places: one transaction, built from the last place to the first, so that no place moves before its turn.
 *  In Suggest mode each place is a suggestion of its own. */
import type { Node } from 'prosemirror-model';
import type { EditorState, Transaction } from 'prosemirror-state';
import { Transform, type Step } from 'prosemirror-transform';
import { carry } from '#core/suggest/carry.ts';
import { insertionOf, plainOf } from '#core/suggest/entries.ts';
import { MarkStep, type MarkRun } from '#core/suggest/mark-step.ts';
import type { Piece } from '#core/suggest/piece.ts';
import { PieceStep, pieceStep } from '#core/suggest/piece-step.ts';
import { track } from '#core/suggest/track.ts';

interface Range {
  from: number;
  to: number;
}

/** The ranges that hold the letters of one place, in order; what stands between them is not touched. */
export type Place = readonly Range[];

/** True when a place has letters in a range. */
export const touches = (place: Place, { from, to }: Range): boolean =>
  place.some((part) => part.from < to && part.to > from);

/** Who replaces, and how. `id` gives the ids of new suggestions. */
export interface Replacing {
  mode: 'suggest' | 'edit';
  author: string;
  id(): string;
}

/** The own pending insertion a place lies in or reaches into: the words that are mended are those of that suggestion. */
function ownIdAt(doc: Node, place: Place, author: string): string | null {
  let id: string | null = null;
  for (const { from, to } of place)
    doc.nodesBetween(from, to, (node) => {
      const owner = node.isInline ? insertionOf(node.marks) : null;
      if (owner?.by === author) id ??= owner.id;
    });
  return id;
}

/** The change of one place: the new words stand where its first letter stood and look like it. */
function changeOf(doc: Node, place: Place, words: string): Transform {
  const tr = new Transform(doc);
  const [first, ...rest] = place;
  if (!first) return tr;
  for (const { from, to } of rest.toReversed()) tr.delete(from, to);
  const marks = plainOf(doc.resolve(first.from).nodeAfter?.marks ?? []);
  if (words === '') tr.delete(first.from, first.to);
  else tr.replaceWith(first.from, first.to, doc.type.schema.text(words, marks));
  return tr;
}

/** Places that are changed together: their steps, the suggestions they open, and where the new words stand after these steps. */
interface Change {
  steps: readonly Step[];
  newIds: readonly string[];
  ranges: readonly Range[];
}

/** An edit of several places, the last first. */
function edited(doc: Node, places: readonly Place[], words: string): Change {
  const steps: Step[] = [];
  const ranges: Range[] = [];
  let now = doc;
  for (const place of places.toReversed()) {
    const tr = changeOf(now, place, words);
    for (const step of carry(now, tr)) tr.step(step);
    const from = place[0]?.from ?? 0;
    const moved = tr.doc.content.size - now.content.size;
    for (const range of ranges) {
      range.from += moved;
      range.to += moved;
    }
    ranges.unshift({ from, to: from + words.length });
    steps.push(...tr.steps);
    now = tr.doc;
  }
  return { steps, newIds: [], ranges };
}

/** Suggestions for several places as few steps: all strikes, then all new words, then what goes of the own pending words. Each place is
 *  tracked by itself in the same document, and places do not touch one another. */
function suggested(doc: Node, places: readonly Place[], words: string, how: Replacing): Change {
  const { author } = how;
  const runs: MarkRun[] = [];
  const added: Piece[] = [];
  const removals: { step: PieceStep; plus: PieceStep | null }[] = [];
  const newIds: string[] = [];
  const starts: { pos: number; size: number }[] = [];
  for (const place of places) {
    const own = ownIdAt(doc, place, author);
    const result = track(doc, changeOf(doc, place, words), author, {
      idFor: () => own ?? how.id(),
    });
    if ('refused' in result || result.steps.length === 0) continue;
    let plus: PieceStep | null = null;
    for (const step of result.steps)
      if (step instanceof MarkStep) runs.push(...step.runs);
      else if (step instanceof PieceStep && step.pieces.some(({ k }) => k === '+')) {
        plus = step;
        added.push(...step.pieces);
      } else if (step instanceof PieceStep) removals.push({ step, plus });
    const put = plus?.pieces[0];
    starts.push(
      put?.k === '+'
        ? { pos: put.pos, size: put.slice.size }
        : { pos: place[0]?.from ?? 0, size: 0 },
    );
    newIds.push(...result.ids.filter((id) => id !== own));
  }
  const steps: Step[] = runs.length > 0 ? [new MarkStep(author, runs)] : [];
  const put = pieceStep(author, added);
  if (put) steps.push(put);
  // Each removal stands behind its own new words; here it stands behind all of them.
  const gone = removals.flatMap(({ step, plus }) => {
    const before = plus ? step.map(plus.getMap().invert()) : step;
    return (put ? before?.map(put.getMap()) : before)?.pieces ?? [];
  });
  const out = pieceStep(author, gone);
  if (out) steps.push(out);
  const maps = [put, out].flatMap((step) => (step ? [step.getMap()] : []));
  const ranges = starts.map(({ pos, size }) => {
    const from = maps.reduce((at, map) => map.map(at, -1), pos);
    return { from, to: from + size };
  });
  return { steps, newIds, ranges };
}

/** What travels in one commit. `begins` when a new undo begins with it. */
export interface Portion {
  steps: number;
  newIds: readonly string[];
  begins: boolean;
}

/** What replacing comes to: the transaction, its portions in the order of its steps, and where the new words stand in the end. */
export interface Replaced {
  tr: Transaction;
  portions: Portion[];
  ranges: Range[];
}

/** A commit, and an undo (which is one commit too), stay below the limits of the wire: in steps, in operations and in bytes. */
function sizes(words: string, mode: 'suggest' | 'edit'): { perCommit: number; perUndo: number } {
  const bytes = 400 + 3 * words.length;
  const most = Math.max(1, Math.floor(150_000 / bytes));
  const perCommit = Math.min(100, most);
  const whole = Math.floor(Math.min(mode === 'edit' ? 200 : 400, most) / perCommit);
  return { perCommit, perUndo: perCommit * Math.max(1, whole) };
}

/** The transaction that puts `words` into `places`, which are in the order of the text and do not overlap, from the last portion to the
 *  first. A place that cannot be changed is left out. */
export function replaced(
  state: EditorState,
  places: readonly Place[],
  words: string,
  how: Replacing,
): Replaced {
  const { tr } = state;
  const { perCommit, perUndo } = sizes(words, how.mode);
  const portions: Portion[] = [];
  const made: { ranges: readonly Range[]; after: number }[] = [];
  let done = 0;
  for (let end = places.length; end > 0; end -= perCommit) {
    const some = places.slice(Math.max(0, end - perCommit), end);
    const { steps, newIds, ranges } =
      how.mode === 'edit' ? edited(tr.doc, some, words) : suggested(tr.doc, some, words, how);
    if (steps.length === 0) continue;
    for (const step of steps) tr.step(step);
    portions.push({ steps: steps.length, newIds, begins: done % perUndo === 0 });
    done += perCommit;
    made.unshift({ ranges, after: tr.steps.length });
  }
  const ranges = made.flatMap(({ ranges: some, after }) => {
    const later = tr.mapping.slice(after);
    return some.map(({ from, to }) => {
      const start = later.map(from, 1);
      return { from: start, to: Math.max(start, later.map(to, -1)) };
    });
  });
  return { tr, portions, ranges };
}
