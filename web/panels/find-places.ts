/** Finding words in an article as it is read now: over the seams of its marks, never over the end of a block,
 *  and without what the reading leaves out. */
import type { Node } from 'prosemirror-model';
import type { Range } from '#web/panels/carry-range.ts';
import { loosely, matchesIn, type How } from '#web/panels/find-text.ts';
import type { View } from '#web/session/snapshot.ts';

/** A place of the words: several ranges where struck words stand between its letters. */
export interface Found {
  parts: readonly Range[];
  /** The words as they are written there. */
  text: string;
}

/** More places than this are not listed. */
const most = 2000;

/** What a reading leaves out: as filed all that was put in, else all that is struck. */
const leftOut = (view: View): string => (view === 'original' ? 'insertion' : 'deletion');

/** The text of a block as it is read, and its ranges in the document. */
function readingOf(block: Node, pos: number, view: View): { text: string; runs: Range[] } {
  const hidden = leftOut(view);
  let text = '';
  const runs: Range[] = [];
  block.forEach((node, offset) => {
    if (node.marks.some((mark) => mark.type.name === hidden)) return;
    const from = pos + 1 + offset;
    text += node.text ?? (node.type.name === 'lineBreak' ? '\n' : '\ufffc');
    const last = runs.at(-1);
    if (last?.to === from) last.to += node.nodeSize;
    else runs.push({ from, to: from + node.nodeSize });
  });
  return { text, runs };
}

/** The part of `runs`, counted from the start of the first, that holds the letters `from`..`to`. */
function cut(runs: readonly Range[], from: number, to: number): Range[] {
  const parts: Range[] = [];
  let at = 0;
  for (const run of runs) {
    const size = run.to - run.from;
    const start = run.from + Math.max(0, from - at);
    const end = run.from + Math.min(size, to - at);
    if (start < end) parts.push({ from: start, to: end });
    at += size;
  }
  return parts;
}

/** Every place of `words` in the article, in the order of the text. */
export function placesIn(doc: Node, view: View, words: string, how: How = loosely): Found[] {
  const found: Found[] = [];
  doc.forEach((block, pos) => {
    if (found.length >= most) return;
    const { text, runs } = readingOf(block, pos, view);
    for (const { from, to } of matchesIn(text, words, how))
      found.push({ parts: cut(runs, from, to), text: text.slice(from, to) });
  });
  return found.slice(0, most);
}

/** Where a place begins and ends. */
export const hullOf = ({ parts }: Found): Range => ({
  from: parts[0]?.from ?? 0,
  to: parts.at(-1)?.to ?? 0,
});
