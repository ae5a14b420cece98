/** From what an editor did to what is recorded: in Suggest mode its transaction becomes suggestion steps,
 *  in Edit mode it stands, with what belongs to it (carried suggestions, the footnotes of deleted references). */
import {
  TextSelection,
  type EditorState,
  type Selection,
  type Transaction,
} from 'prosemirror-state';
import type { Node } from 'prosemirror-model';
import { carry } from '#core/suggest/carry.ts';
import { track, type Grouping, type Refusal as TrackRefusal } from '#core/suggest/track.ts';

/** A sentence for each change that cannot be a suggestion. */
const sentences: Record<TrackRefusal, string> = {
  format:
    'This formatting cannot be suggested. Leave a comment, or switch to Edit if you may change the text.',
  block:
    'This change of a paragraph cannot be suggested. Leave a comment, or switch to Edit if you may change the text.',
  masthead: 'The lines at the head of the article stay what they are. Suggest other words in them.',
  footnote: 'A footnote goes with its mark in the text. Add one with "Footnote" in the style menu.',
  figure:
    'Figures and tables keep their form in Suggest mode. Suggest other words in them, or leave a comment.',
};

function placed(doc: Node, anchor: number, head: number): Selection {
  const $anchor = doc.resolve(Math.max(0, Math.min(anchor, doc.content.size)));
  const $head = doc.resolve(Math.max(0, Math.min(head, doc.content.size)));
  return TextSelection.between($anchor, $head);
}

/** After Backspace the caret goes before what was struck, after Delete behind it; behind a struck selection too, where a replacement belongs. */
function sideOf(before: Selection, after: Selection): -1 | 1 {
  return before.empty && after.head < before.head ? -1 : 1;
}

/** The transaction that suggests what `tr` would have done to `state`, and the ids that need a row; or why it cannot be. */
export function suggested(
  state: EditorState,
  tr: Transaction,
  author: string,
  grouping: Grouping,
): { tr: Transaction; newIds: string[] } | { refused: string } {
  const result = track(state.doc, tr, author, grouping);
  if ('refused' in result) return { refused: sentences[result.refused] };
  const tracked = state.tr;
  for (const step of result.steps) tracked.step(step);
  const side = sideOf(state.selection, tr.selection);
  const { anchor, head } = tr.selection;
  tracked.setSelection(placed(tracked.doc, result.place(anchor, side), result.place(head, side)));
  if (tr.scrolledIntoView) tracked.scrollIntoView();
  return { tr: tracked, newIds: result.newIds };
}

const notesOf = (doc: Node): Set<string> => {
  const ids = new Set<string>();
  doc.descendants((node) => {
    if (node.type.name === 'footnoteRef') ids.add(node.attrs['id'] as string);
  });
  return ids;
};

/** Completes a direct edit of `state`: nothing typed takes a suggestion with it, and a footnote goes with its last reference. */
export function edited(state: EditorState, tr: Transaction): Transaction {
  for (const step of carry(state.doc, tr)) tr.step(step);
  if (state.doc.lastChild?.type.name !== 'footnote') return tr;
  const left = notesOf(tr.doc);
  const lost = [...notesOf(state.doc)].filter((id) => !left.has(id));
  if (lost.length === 0) return tr;
  const ranges: { from: number; to: number }[] = [];
  tr.doc.forEach((block, offset) => {
    if (block.type.name === 'footnote' && lost.includes(block.attrs['id'] as string))
      ranges.push({ from: offset, to: offset + block.nodeSize });
  });
  for (const { from, to } of ranges.toReversed()) tr.delete(from, to);
  return tr;
}
