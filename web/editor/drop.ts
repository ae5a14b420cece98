/** Words that are dragged: moved or copied within the text, or dropped from outside, one change in any case. */
import { TextSelection } from 'prosemirror-state';
import type { Slice } from 'prosemirror-model';
import type { EditorView } from 'prosemirror-view';
import { put } from '#web/editor/paste.ts';

/** Puts what is dropped where the pointer is, and selects it; as a suggestion of `by`, unless that is null. False when it holds no
 *  words. */
export function drop(
  view: EditorView,
  event: DragEvent,
  { slice, moved, by }: { slice: Slice; moved: boolean; by: string | null },
): boolean {
  const place = view.posAtCoords({ left: event.clientX, top: event.clientY });
  if (!place || slice.size === 0) return false;
  const { tr, selection } = view.state;
  if (moved) {
    // Let go over themselves, words stay where they are.
    if (place.pos >= selection.from && place.pos <= selection.to) return true;
    tr.deleteSelection();
  }
  tr.setSelection(TextSelection.near(tr.doc.resolve(tr.mapping.map(place.pos))));
  const from = tr.selection.from;
  put(tr, slice, by);
  tr.setSelection(TextSelection.between(tr.doc.resolve(from), tr.selection.$head));
  view.focus();
  view.dispatch(tr.setMeta('uiEvent', 'drop'));
  return true;
}
