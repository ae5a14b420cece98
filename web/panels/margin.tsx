/** The margin: cards beside their words, what has lost its words at the head, what is settled as a list. */
import { useEffect, useRef, type ReactElement, type RefObject } from 'react';
import { annotationsOf, filtered, isList, type Annotation } from '#web/panels/annotations.ts';
import { besideText } from '#web/panels/beside-text.ts';
import { Card } from '#web/panels/card.tsx';
import { DraftCard } from '#web/panels/draft-card.tsx';
import { focusCard } from '#web/panels/focus-card.ts';
import type { Lines } from '#web/panels/geometry.ts';
import type { EditorGeometry } from '#web/editor/geometry.ts';
import { useSnapshot } from '#web/panels/use-session.ts';
import { LostReplies } from '#web/panels/lost-replies.tsx';
import style from '#web/panels/margin.module.css';
import { NoteList } from '#web/panels/note-list.tsx';
import { usePage, type Draft } from '#web/panels/page-state.tsx';
import { draftId, useCardLayout } from '#web/panels/use-card-layout.ts';
import { messages } from '#web/ui/messages.ts';

/** The order of the cards with the draft among them. */
function order(beside: readonly Annotation[], draft: Draft | null): string[] {
  const ids = beside.map((item) => item.id);
  if (!draft) return ids;
  const after = beside.findIndex((item) => (item.place?.from ?? 0) > draft.range.from);
  ids.splice(after < 0 ? ids.length : after, 0, draftId);
  return ids;
}

export function Margin({
  geometry,
  scroller,
}: {
  geometry: EditorGeometry;
  scroller: RefObject<HTMLElement | null>;
}): ReactElement {
  const { filter, draft, following } = usePage();
  const review = useSnapshot((snapshot) => snapshot.review);
  const focused = useSnapshot((snapshot) => snapshot.focused);
  const margin = useRef<HTMLDivElement | null>(null);
  const head = useRef<HTMLDivElement | null>(null);
  const hairline = useRef<HTMLDivElement | null>(null);
  const list = annotationsOf(review);
  const beside = besideText(list, filter, focused);
  // What has lost its words heads the margin of everything, and is a list of its own under its filter.
  const listed: 'detached' | 'settled' = filter === 'settled' ? 'settled' : 'detached';
  const inFlow = filter === 'all' || isList(filter) ? filtered(list, listed) : [];
  const focusedItem = list.find((item) => item.id === focused);
  const { place, reveal } = useCardLayout({
    geometry,
    ids: order(beside, draft),
    pinned: draft ? draftId : focused,
    draftLines: () => draftLines(draft, geometry),
    margin,
    head,
    hairline,
    scroller,
  });

  useEffect(() => {
    if (focused !== null) reveal(focused);
  }, [focused, reveal]);
  const drafting = draft !== null;
  useEffect(() => {
    if (drafting) reveal(draftId);
  }, [drafting, reveal]);

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
    following.current = null;
    focusCard(focused, wish);
  }, [focused, following]);

  const empty = inFlow.length === 0 && beside.length === 0;
  return (
    <aside
      className={style.margin}
      aria-label={messages.notes.region}
      id="annotations"
      tabIndex={-1}
    >
      <NoteList review={review} list={list} />
      <div className={style.cards} ref={margin}>
        <LostReplies />
        <div className={style.head} ref={head} data-list={isList(filter) || undefined}>
          {inFlow.length > 0 && (
            <section aria-labelledby="in-flow">
              <h2 id="in-flow" className={style.heading}>
                {messages.filter[listed]}
              </h2>
              {inFlow.map((item) => (
                <Card key={item.id} item={item} focused={item.id === focused} />
              ))}
            </section>
          )}
          {empty && !draft && (
            <p className={style.empty}>
              {filter === 'settled' ? messages.filter.nothingSettled : messages.filter.nothing}
            </p>
          )}
        </div>
        <div
          ref={hairline}
          className={style.hairline}
          data-kind={draft?.kind ?? focusedItem?.kind}
          hidden
        />
        {beside.map((item) => (
          <Card
            key={item.id}
            item={item}
            focused={!draft && item.id === focused}
            place={place(item.id)}
          />
        ))}
        {draft && <DraftCard draft={draft} place={place(draftId)} />}
      </div>
    </aside>
  );
}

/** Where the draft's words are drawn; if a redraw has lost them, where the selection is. */
function draftLines(draft: Draft | null, geometry: EditorGeometry): Lines | null {
  const box = draft?.words?.getClientRects()[0];
  return box && box.height > 0 ? box : geometry.selection();
}
