/** Putting in a footnote: its mark at the caret, the note at the end, the caret in the note. */
import { TextSelection, type Command } from 'prosemirror-state';
import { schema } from '#core/article/schema.ts';

/** Where among the footnotes a new one goes: behind those whose marks come before it. */
export const insertFootnote =
  (newId: () => string): Command =>
  (state, dispatch) => {
    const { $to } = state.selection;
    const { name } = $to.parent.type;
    if (!$to.parent.isTextblock || name === 'footnote' || name === 'byline') return false;
    const id = newId();
    const before = new Set<unknown>();
    state.doc.nodesBetween(0, $to.pos, (node, pos) => {
      if (node.type.name === 'footnoteRef' && pos < $to.pos) before.add(node.attrs['id']);
    });
    const { tr } = state;
    tr.insert($to.pos, schema.node('footnoteRef', { id }));
    let at = tr.doc.content.size;
    tr.doc.forEach((node, offset) => {
      if (node.type.name !== 'footnote') return;
      if (at === tr.doc.content.size) at = offset;
      if (before.has(node.attrs['id'])) at = offset + node.nodeSize;
    });
    tr.insert(at, schema.node('footnote', { id }));
    tr.setSelection(TextSelection.create(tr.doc, at + 1));
    dispatch?.(tr.scrollIntoView());
    return true;
  };
