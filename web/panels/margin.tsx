/** The annotations region: cards in the margin where there is one, else icons in a gutter or a sheet at the bottom. */
import { Suspense, useEffect, useMemo, type ReactElement, type RefObject } from 'react';
import { may } from '#core/sync/policy.ts';
import { besideText } from '#web/panels/beside-text.ts';
import { decidedWith } from '#web/panels/card-groups.ts';
import { focusCard } from '#web/panels/focus-card.ts';
import { LostReplies } from '#web/panels/lost-replies.tsx';
import style from '#web/panels/margin.module.css';
import { NoteList } from '#web/panels/note-list.tsx';
import { usePage } from '#web/panels/page-state.tsx';
import { useAnnotations, useCards, usePeople } from '#web/panels/use-cards.ts';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { useWidth, widthNow, type Width } from '#web/panels/use-width.ts';
import type { EditorGeometry } from '#web/editor/geometry.ts';
import { later } from '#web/ui/later.tsx';
import { messages } from '#web/ui/messages.ts';

/** Each width has its own: a page fetches the one it is wide enough for. */
const CardColumn = later(async () => (await import('#web/panels/card-column.tsx')).CardColumn);
const MarginFlow = later(async () => (await import('#web/panels/margin-flow.tsx')).MarginFlow);
const Gutter = later(async () => (await import('#web/panels/gutter.tsx')).Gutter);
const NoteSheet = later(async () => (await import('#web/panels/note-sheet.tsx')).NoteSheet);

const hasCards = (width: Width): boolean => width === 'wide' || width === 'margin';
// Asked for with the page, so that it is here when the article is.
void (hasCards(widthNow()) ? CardColumn : MarginFlow).prefetch();

export function Margin({
  geometry,
  scroller,
}: {
  geometry: EditorGeometry;
  scroller: RefObject<HTMLElement | null>;
}): ReactElement {
  const { filter, following } = usePage();
  const review = usePeople();
  const focused = useSnapshot((snapshot) => snapshot.focused);
  const width = useWidth();
  const list = useAnnotations();
  const beside = useMemo(() => besideText(list, filter, focused), [list, filter, focused]);
  const session = useSession();
  const cards = useCards();
  const groups = useMemo(() => {
    const shown = new Set(beside.map(({ id }) => id));
    return cards.filter(({ items }) => items.some(({ id }) => shown.has(id)));
  }, [cards, beside]);
  useEffect(() => {
    // The keys of the text decide what the buttons of the card decide.
    session.together = (id, verdict) =>
      decidedWith(cards, id, may(session.getSnapshot().standing, 'decide') ? verdict : 'withdraw');
  }, [session, cards]);

  useEffect(() => {
    const forget = (): void => {
      following.current = null;
    };
    window.addEventListener('pointerdown', forget);
    return () => window.removeEventListener('pointerdown', forget);
  }, [following]);
  useEffect(() => {
    const wish = following.current;
    if (focused === null || wish === null) return;
    if (focusCard(focused, wish)) following.current = null;
  }, [focused, following]);

  return (
    <aside
      className={style.margin}
      aria-label={messages.notes.region}
      id="annotations"
      tabIndex={-1}
      data-width={width}
    >
      <NoteList review={review} list={list} />
      {hasCards(width) ? (
        <Suspense fallback={null}>
          <CardColumn geometry={geometry} scroller={scroller} beside={beside} groups={groups} />
        </Suspense>
      ) : (
        <>
          <LostReplies />
          <Suspense fallback={null}>
            <MarginFlow beside={beside.length} groups={groups} />
            {width === 'gutter' && <Gutter geometry={geometry} groups={groups} />}
            {width === 'sheet' && <NoteSheet geometry={geometry} scroller={scroller} />}
          </Suspense>
        </>
      )}
    </aside>
  );
}
