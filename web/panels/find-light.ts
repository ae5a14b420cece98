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

/** Gives the article room above for as long as the bar stands there, so that its first lines can be seen below it. What is read stays
 *  where it is, unless it is those lines. Returns how to take the room back. */
export function makeRoom(bar: HTMLElement): () => void {
  const scroller = document.querySelector<HTMLElement>('#article');
  if (!scroller) return () => undefined;
  let room = 0;
  const give = (next: number): void => {
    const top = scroller.scrollTop;
    scroller.style.paddingBlockStart = next === 0 ? '' : `${next}px`;
    if (top > 0) scroller.scrollTop = Math.max(0, top + next - room);
    room = next;
  };
  const observer = new ResizeObserver(() => {
    const below = bar.getBoundingClientRect().bottom - scroller.getBoundingClientRect().top;
    if (below > 0 && below !== room) give(below);
  });
  observer.observe(bar);
  return () => {
    observer.disconnect();
    give(0);
  };
}

/** Scrolls to a place, unless it is well in view already. */
export function show(editor: TextEditor, found: Found | undefined): void {
  const scroller = document.querySelector<HTMLElement>('#article');
  const range = found && editor.drawn(hullOf(found));
  if (!range || !scroller) return;
  const box = range.getBoundingClientRect();
  const view = scroller.getBoundingClientRect();
  const top = view.top + (Number.parseFloat(scroller.style.paddingBlockStart) || 0);
  if (box.top > top + 24 && box.bottom < view.bottom - 120) return;
  scroller.scrollBy({ top: box.top - top - (view.bottom - top) * 0.3 });
}
