/** Replacing words in many places: one transaction, built from the last place to the first, so that no place moves before its turn.
 *  In Suggest mode each place is a suggestion of its own. */
import type { Node } from 'prosemirror-model';
import type { EditorState, Transaction } from 'prosemirror-state';
import { Transform, type Step } from 'prosemirror-transform';
import { carry } from '#core/suggest/carry.ts';
import { insertionOf, plainOf } from '#core/suggest/entries.ts';
import { track } from '#core/suggest/track.ts';

interface Range {
  from: number;
  to: number;
}

/** The ranges that hold the letters of one place, in order; what stands between them is not touched. */
export type Place = readonly Range[];

/** Who replaces, and how. `id` gives the ids of new suggestions. */
export interface Replacing {
  mode: 'suggest' | 'edit';
  author: string;
  id(): string;
}

/** What one place became: how many steps of the transaction, the suggestion it opens, and where the new words stand. */
export interface Replacement {
  steps: number;
  newIds: readonly string[];
  range: Range;
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

interface Change {
  steps: readonly Step[];
  newIds: readonly string[];
  range: Range;
}

function changed(doc: Node, place: Place, words: string, how: Replacing): Change | null {
  const { author, mode } = how;
  const tr = changeOf(doc, place, words);
  const from = place[0]?.from ?? 0;
  if (mode === 'edit') {
    for (const step of carry(doc, tr)) tr.step(step);
    return { steps: tr.steps, newIds: [], range: { from, to: from + words.length } };
  }
  const own = ownIdAt(doc, place, author);
  const result = track(doc, tr, author, { idFor: () => own ?? how.id() });
  if ('refused' in result) return null;
  const start = result.place(from, 1);
  const { steps } = result;
  const newIds = result.ids.filter((id) => id !== own);
  return { steps, newIds, range: { from: start, to: start + words.length } };
}

/** The transaction that puts `words` into `places`, which are in the order of the text and do not overlap; and what each place
 *  became, the last one first. A place that cannot be changed is left out. */
export function replaced(
  state: EditorState,
  places: readonly Place[],
  words: string,
  how: Replacing,
): { tr: Transaction; replacements: Replacement[] } {
  const { tr } = state;
  const made: (Replacement & { after: number })[] = [];
  for (const place of places.toReversed()) {
    const change = changed(tr.doc, place, words, how);
    if (!change || change.steps.length === 0) continue;
    for (const step of change.steps) tr.step(step);
    const { newIds, range } = change;
    made.push({ steps: change.steps.length, newIds, range, after: tr.steps.length });
  }
  const replacements = made.map(({ steps, newIds, range, after }) => {
    const later = tr.mapping.slice(after);
    const from = later.map(range.from, 1);
    return { steps, newIds, range: { from, to: Math.max(from, later.map(range.to, -1)) } };
  });
  return { tr, replacements };
}

/** Some replacements that travel in one commit; `begins` when a new undo begins with them. */
export interface Portion {
  steps: number;
  newIds: string[];
  begins: boolean;
}

/** What travels in one commit, and what one undo takes back (which is one commit too), stay below the limits of a commit. */
const stepsPerCommit = 80;
const stepsPerUndo = 400;

export function portionsOf(replacements: readonly Replacement[]): Portion[] {
  const portions: Portion[] = [];
  let inUndo = Infinity;
  for (const { steps, newIds } of replacements) {
    let last = portions.at(-1);
    const begins = inUndo + steps > stepsPerUndo;
    if (begins || !last || last.steps + steps > stepsPerCommit) {
      last = { steps: 0, newIds: [], begins };
      portions.push(last);
      if (begins) inUndo = 0;
    }
    last.steps += steps;
    last.newIds.push(...newIds);
    inUndo += steps;
  }
  return portions;
}
