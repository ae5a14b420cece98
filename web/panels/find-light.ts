/** Lighting the places of a search in the drawn text, and bringing one into view. */
import type { TextEditor } from '#web/editor/text-editor.ts';
import { hullOf, type Found } from '#web/panels/find-places.ts';

/** Lights the places, the present one more. A browser without highlights of its own still goes to them. */
export function light(editor: TextEditor, all: readonly Found[], at: number): void {
  if (!('highlights' in CSS)) return;
  const drawn = ({ parts }: Found): Range[] => parts.flatMap((part) => editor.drawn(part) ?? []);
  CSS.highlights.set('galley-find', new Highlight(...all.flatMap(drawn)));
  const now = all[at];
  if (now) {
    const present = new Highlight(...drawn(now));
    present.priority = 1;
    CSS.highlights.set('galley-found', present);
  } else CSS.highlights.delete('galley-found');
}

export function putOut(): void {
  if (!('highlights' in CSS)) return;
  CSS.highlights.delete('galley-find');
  CSS.highlights.delete('galley-found');
}

/** Scrolls to a place, unless it is well in view already. */
export function show(editor: TextEditor, found: Found | undefined): void {
  const scroller = document.querySelector('#article');
  const range = found && editor.drawn(hullOf(found));
  if (!range || !scroller) return;
  const box = range.getBoundingClientRect();
  const view = scroller.getBoundingClientRect();
  if (box.top > view.top + 140 && box.bottom < view.bottom - 120) return;
  scroller.scrollBy({ top: box.top - view.top - view.height * 0.35 });
}
