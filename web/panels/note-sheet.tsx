/** A phone's annotations: a pill with the ways to next and previous, and a sheet at the bottom for the one in focus. */
import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { useEffect, useRef, type PointerEvent, type ReactElement, type RefObject } from 'react';
import type { EditorGeometry } from '#web/editor/geometry.ts';
import { filtered, isList } from '#web/panels/annotations.ts';
import { GroupCard } from '#web/panels/card-group.tsx';
import { cardWith } from '#web/panels/card-groups.ts';
import { DraftCard } from '#web/panels/draft-card.tsx';
import { draftLines } from '#web/panels/draft-lines.ts';
import style from '#web/panels/note-sheet.module.css';
import { usePage } from '#web/panels/page-state.tsx';
import { Stepper } from '#web/panels/stepper.tsx';
import { stepOf } from '#web/panels/swipe.ts';
import { useAnnotations, useCards } from '#web/panels/use-cards.ts';
import { useMove } from '#web/panels/use-move.ts';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { IconButton } from '#web/ui/button.tsx';
import { messages } from '#web/ui/messages.ts';
import { reviewMessages } from '#web/ui/review-messages.ts';

export function NoteSheet({
  geometry,
  scroller,
}: {
  geometry: EditorGeometry;
  scroller: RefObject<HTMLElement | null>;
}): ReactElement {
  const session = useSession();
  const { draft, filter } = usePage();
  const focused = useSnapshot((snapshot) => snapshot.focused);
  const move = useMove();
  const begun = useRef<{ x: number; y: number } | null>(null);
  const list = useAnnotations();
  const walk = filtered(list, isList(filter) ? 'all' : filter);
  const card = cardWith(useCards(), draft ? null : focused);
  const item = card?.items.find(({ id }) => id === focused);
  const at = walk.findIndex(({ id }) => id === focused);
  const shown = draft ? 'draft' : item?.id;

  // The words stand in the part of the window that the sheet leaves free: when they come into focus, and when the window changes.
  useEffect(() => {
    const area = scroller.current;
    if (shown === undefined || !area) return undefined;
    let frame = 0;
    const show = (): void => {
      frame = 0;
      const line = draft ? draftLines(draft, geometry) : geometry.get(shown);
      if (!line) return;
      const view = area.getBoundingClientRect();
      const high = view.top + 16;
      const low = view.top + view.height * 0.36;
      if (line.top >= high && line.bottom <= low) return;
      const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
      const top = line.top - view.top - Math.min(96, view.height * 0.16);
      area.scrollBy({ top, behavior: calm ? 'auto' : 'smooth' });
    };
    // The text is measured in the frame after its size has changed.
    const soon = (): void => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(show);
      });
    };
    const sizes = new ResizeObserver(soon);
    sizes.observe(area);
    soon();
    return () => {
      sizes.disconnect();
      cancelAnimationFrame(frame);
    };
  }, [shown, draft, geometry, scroller]);

  if (shown === undefined)
    return (
      <div className={style.pill}>
        <Stepper />
      </div>
    );
  const kind = draft?.kind ?? item?.kind;
  const end = (event: PointerEvent): void => {
    const start = begun.current;
    begun.current = null;
    if (!start || draft) return;
    const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    const step = stepOf(event.clientX - start.x, event.clientY - start.y, isRtl);
    if (step !== 0) move(step);
  };
  return (
    <section
      className={style.sheet}
      data-kind={kind}
      aria-label={reviewMessages.panel}
      onPointerDown={(event) => {
        const onField = event.target instanceof Element && event.target.closest('textarea, input');
        begun.current =
          event.pointerType === 'mouse' || onField ? null : { x: event.clientX, y: event.clientY };
      }}
      onPointerUp={end}
      onPointerCancel={end}
    >
      {item && (
        <div className={style.steps}>
          <IconButton label={messages.stepper.previous} onPress={() => move(-1)}>
            <ChevronLeft size={20} aria-hidden="true" className={style.mirrored} />
          </IconButton>
          <span>
            {at < 0 ? messages.stepper.open(walk.length) : messages.stepper.at(at + 1, walk.length)}
          </span>
          <IconButton label={messages.stepper.next} onPress={() => move(1)}>
            <ChevronRight size={20} aria-hidden="true" className={style.mirrored} />
          </IconButton>
          <span className={style.space} />
          <IconButton label={reviewMessages.close} onPress={() => session.focus(null)}>
            <X size={20} aria-hidden="true" />
          </IconButton>
        </div>
      )}
      <div className={style.body}>
        {draft ? (
          <DraftCard draft={draft} place={() => undefined} />
        ) : (
          card && <GroupCard key={card.id} group={card} focused={focused} />
        )}
      </div>
    </section>
  );
}
