/** The annotations region: cards in the margin where there is one, else icons in a gutter or a sheet at the bottom. */
import { Suspense, useEffect, useMemo, type ReactElement, type RefObject } from 'react';
import { may } from '#core/sync/policy.ts';
import { filtered, isList } from '#web/panels/annotations.ts';
import { besideText } from '#web/panels/beside-text.ts';
import { GroupCard } from '#web/panels/card-group.tsx';
import { decidedWith } from '#web/panels/card-groups.ts';
import { Card } from '#web/panels/card.tsx';
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
const Gutter = later(async () => (await import('#web/panels/gutter.tsx')).Gutter);
const NoteSheet = later(async () => (await import('#web/panels/note-sheet.tsx')).NoteSheet);

const hasCards = (width: Width): boolean => width === 'wide' || width === 'margin';
// Asked for with the page, so that it is here when the article is.
if (hasCards(widthNow())) void CardColumn.prefetch();

/** What stands at the head of the region, in the flow: what has lost its words, or the list a filter shows. */
function Head({ beside }: { beside: number }): ReactElement {
  const { filter, draft } = usePage();
  const list = useAnnotations();
  const focused = useSnapshot((snapshot) => snapshot.focused);
  const listed: 'detached' | 'settled' = filter === 'settled' ? 'settled' : 'detached';
  const items = filter === 'all' || isList(filter) ? filtered(list, listed) : [];
  return (
    <>
      {items.length > 0 && (
        <section aria-labelledby="in-flow">
          <h2 id="in-flow" className={style.heading}>
            {messages.filter[listed]}
          </h2>
          {items.map((item) => (
            <Card key={item.id} item={item} focused={item.id === focused} />
          ))}
        </section>
      )}
      {items.length === 0 && beside === 0 && !draft && (
        <p className={style.empty}>
          {filter === 'settled' ? messages.filter.nothingSettled : messages.filter.nothing}
        </p>
      )}
    </>
  );
}

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

  const head = <Head beside={beside.length} />;
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
          <CardColumn
            geometry={geometry}
            scroller={scroller}
            beside={beside}
            groups={groups}
            head={head}
          />
        </Suspense>
      ) : (
        <>
          <LostReplies />
          <div className={style.flow}>
            {head}
            {groups.map(
              (group) =>
                group.card === 'silent' &&
                !group.items.some(({ id }) => id === focused) && (
                  <GroupCard key={group.id} group={group} focused={null} />
                ),
            )}
          </div>
          <Suspense fallback={null}>
            {width === 'gutter' && <Gutter geometry={geometry} groups={groups} />}
            {width === 'sheet' && <NoteSheet geometry={geometry} scroller={scroller} />}
          </Suspense>
        </>
      )}
    </aside>
  );
}
