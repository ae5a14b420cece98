/** The annotations of a narrower page: an icon beside each line that has some, and the card of the one in focus over the text. */
import { X } from 'lucide-react';
import { useLayoutEffect, useRef, useSyncExternalStore, type ReactElement } from 'react';
import type { EditorGeometry } from '#web/editor/geometry.ts';
import { GroupCard } from '#web/panels/card-group.tsx';
import { cardWith, stopsOf, stopWith, type CardGroup } from '#web/panels/card-groups.ts';
import { lineOfCard } from '#web/panels/card-line.ts';
import { DraftCard } from '#web/panels/draft-card.tsx';
import { draftLines } from '#web/panels/draft-lines.ts';
import { gutterLines } from '#web/panels/gutter-lines.ts';
import style from '#web/panels/gutter.module.css';
import { usePage } from '#web/panels/page-state.tsx';
import { usePeople } from '#web/panels/use-cards.ts';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { IconButton } from '#web/ui/button.tsx';
import { KindIcon } from '#web/ui/kind-icon.tsx';
import { reviewMessages } from '#web/ui/review-messages.ts';

export function Gutter({
  geometry,
  groups,
}: {
  geometry: EditorGeometry;
  groups: readonly CardGroup[];
}): ReactElement {
  const session = useSession();
  const { draft, following } = usePage();
  const review = usePeople();
  const focused = useSnapshot((snapshot) => snapshot.focused);
  const tops = useSyncExternalStore(geometry.subscribe, geometry.lines);
  const near = useSyncExternalStore(geometry.subscribe, geometry.near);
  const gutter = useRef<HTMLDivElement | null>(null);
  const popover = useRef<HTMLDivElement | null>(null);
  const lines = gutterLines(groups, (id) => tops.get(id)?.top).filter(
    ({ y }) => y >= near.top && y <= near.bottom,
  );
  const card = draft ? undefined : cardWith(groups, focused);

  // Lines are kept from the sheet's corner; the gutter begins where the page does.
  useLayoutEffect(() => {
    const element = gutter.current;
    if (!element) return;
    const offset = geometry.top() - element.getBoundingClientRect().top;
    element.style.setProperty('--sheet-top', `${offset}px`);
  });
  useLayoutEffect(() => {
    const element = popover.current;
    if (!element) return;
    const origin = gutter.current?.getBoundingClientRect().top ?? 0;
    const at = draft ? draftLines(draft, geometry) : card && focused ? geometry.get(focused) : null;
    if (!at) return;
    element.style.transform = `translateY(${at.bottom - origin + 10}px)`;
  });
  const shown = draft ? 'draft' : card && focused;
  useLayoutEffect(() => {
    if (!shown) return undefined;
    const frame = requestAnimationFrame(() =>
      popover.current?.scrollIntoView({ block: 'nearest' }),
    );
    return () => cancelAnimationFrame(frame);
  }, [shown]);

  const next = (onLine: readonly CardGroup[]): void => {
    const stops = stopsOf(onLine);
    const stop = stopWith(onLine, focused);
    const at = stops.findIndex(({ id }) => id === stop);
    const to = stops[(at + 1) % stops.length];
    if (!to) return;
    following.current = 'card';
    session.focus(stops.length === 1 && at === 0 ? null : to.id);
  };
  return (
    <div className={style.gutter} ref={gutter}>
      {lines.map(({ y, groups: onLine }) => {
        const [first] = onLine;
        if (!first) return null;
        const count = onLine.reduce((sum, { items }) => sum + items.length, 0);
        return (
          <button
            key={first.id}
            type="button"
            className={style.mark}
            style={{ insetBlockStart: `calc(var(--sheet-top, 0px) + ${Math.round(y)}px)` }}
            aria-pressed={cardWith(onLine, focused) !== undefined}
            aria-label={
              onLine.length === 1
                ? lineOfCard(first, first.items[0], review)
                : reviewMessages.onLine(count)
            }
            onClick={() => next(onLine)}
          >
            {count === 1 ? <KindIcon kind={first.items[0].kind} /> : <b>{count}</b>}
          </button>
        );
      })}
      {(draft || card) && (
        <div className={style.popover} ref={popover}>
          {draft ? (
            <DraftCard draft={draft} place={() => undefined} />
          ) : (
            card && (
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
                <GroupCard key={card.id} group={card} focused={focused} />
              </>
            )
          )}
        </div>
      )}
    </div>
  );
}
