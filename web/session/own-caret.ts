/** Where the own caret stands after others have changed the text. */
import { TextSelection, type Transaction } from 'prosemirror-state';

/** A caret at the end of a paragraph stays in it when others put a paragraph or a figure behind it. ProseMirror would carry it
 *  to the end of what they put in, and the next letter would stand in their paragraph or caption. `tr` holds their changes;
 *  `before` is the selection that it began with. */
export function stayInParagraph(tr: Transaction, before: Transaction['selection']): void {
  if (!(before instanceof TextSelection) || !before.empty) return;
  const { $head } = before;
  if ($head.parentOffset < $head.parent.content.size) return;
  const $stays = tr.doc.resolve(tr.mapping.map($head.pos, -1));
  if (!$stays.parent.isTextblock || $stays.sameParent(tr.selection.$head)) return;
  tr.setSelection(TextSelection.create(tr.doc, $stays.pos));
}
