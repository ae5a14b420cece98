/** Where a draft stands in the text, for what is drawn beside it. */
import type { EditorGeometry } from '#web/editor/geometry.ts';
import type { Lines } from '#web/panels/geometry.ts';
import type { Draft } from '#web/panels/page-state.tsx';

/** Where the draft's words are drawn; if a redraw has lost them, where the selection is. */
export function draftLines(draft: Draft | null, geometry: EditorGeometry): Lines | null {
  const box = draft?.words?.getClientRects()[0];
  return box && box.height > 0 ? box : geometry.selection();
}
