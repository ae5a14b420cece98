/** The annotations of a narrower page: an icon beside each line that has some, and the card of the one in focus over the text. */
import { X } from 'lucide-react';
import { useLayoutEffect, useRef, useSyncExternalStore, type ReactElement } from 'react';
import type { EditorGeometry } from '#web/editor/geometry.ts';
import type { Annotation } from '#web/panels/annotations.ts';
import { Card } from '#web/panels/card.tsx';
import { draftLines } from '#web/panels/card-column.tsx';
import { DraftCard } from '#web/panels/draft-card.tsx';
import { gutterLines } from '#web/panels/gutter-lines.ts';
import style from '#web/panels/gutter.module.css';
import { usePage } from '#web/panels/page-state.tsx';
import { lineOf } from '#web/panels/sentence.ts';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { IconButton } from '#web/ui/button.tsx';
import { KindIcon } from '#web/ui/kind-icon.tsx';
import { reviewMessages } from '#web/ui/review-messages.ts';

export function Gutter({
  geometry,
  beside,
}: {
  geometry: EditorGeometry;
  beside: readonly Annotation[];
}): ReactElement {
  const session = useSession();
  const { draft, following } = usePage();
  const review = useSnapshot((snapshot) => snapshot.review);
  const focused = useSnapshot((snapshot) => snapshot.focused);
  const boxes = useSyncExternalStore(geometry.subscribe, geometry.boxes);
  const gutter = useRef<HTMLDivElement | null>(null);
  const popover = useRef<HTMLDivElement | null>(null);
  const lines = gutterLines(beside, (id) => boxes.get(id)?.top);
  const item = draft ? undefined : beside.find((each) => each.id === focused);

  // Boxes are kept from the sheet's corner; the gutter begins where the page does.
  useLayoutEffect(() => {
    const element = gutter.current;
    const [id, box] = boxes.entries().next().value ?? [];
    const inWindow = id === undefined ? null : geometry.get(id);
    if (!element || !box || !inWindow) return;
    element.style.setProperty('--sheet-top', '0px');
    const offset = inWindow.top - box.top - element.getBoundingClientRect().top;
    element.style.setProperty('--sheet-top', `${offset}px`);
  });
  useLayoutEffect(() => {
    const element = popover.current;
    if (!element) return;
    const origin = gutter.current?.getBoundingClientRect().top ?? 0;
    const at = draft ? draftLines(draft, geometry) : item ? geometry.get(item.id) : null;
    if (!at) return;
    element.style.transform = `translateY(${at.bottom - origin + 10}px)`;
  });
  const shown = draft ? 'draft' : item?.id;
  useLayoutEffect(() => {
    if (shown === undefined) return undefined;
    const frame = requestAnimationFrame(() =>
      popover.current?.scrollIntoView({ block: 'nearest' }),
    );
    return () => cancelAnimationFrame(frame);
  }, [shown]);

  const next = (items: readonly Annotation[]): void => {
    const at = items.findIndex(({ id }) => id === focused);
    const to = items[(at + 1) % items.length];
    if (!to) return;
    following.current = 'card';
    session.focus(items.length === 1 && at === 0 ? null : to.id);
  };
  return (
    <div className={style.gutter} ref={gutter}>
      {lines.map(({ y, items }) => {
        const [first] = items;
        if (!first) return null;
        return (
          <button
            key={first.id}
            type="button"
            className={style.mark}
            style={{ insetBlockStart: `calc(var(--sheet-top, 0px) + ${Math.round(y)}px)` }}
            aria-pressed={items.some(({ id }) => id === focused)}
            aria-label={
              items.length === 1 ? lineOf(first, review) : reviewMessages.onLine(items.length)
            }
            onClick={() => next(items)}
          >
            {items.length === 1 ? <KindIcon kind={first.kind} /> : <b>{items.length}</b>}
          </button>
        );
      })}
      {(draft || item) && (
        <div className={style.popover} ref={popover}>
          {draft ? (
            <DraftCard draft={draft} place={() => undefined} />
          ) : (
            item && (
              <>
                <div className={style.close}>
                  <IconButton
                    small
                    label={reviewMessages.close}
                    onPress={() => session.focus(null)}
                  >
                    <X size={16} aria-hidden="true" />
                  </IconButton>
                </div>
                <Card key={item.id} item={item} focused />
              </>
            )
          )}
        </div>
      )}
    </div>
  );
}
