/** Cards beside their words, with the single lines that stand for what is folded and the pills that count what is out of view. */
import { PenLine } from 'lucide-react';
import {
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactElement,
  type ReactNode,
  type RefObject,
} from 'react';
import type { EditorGeometry } from '#web/editor/geometry.ts';
import { isList, sectionsOf, type Annotation } from '#web/panels/annotations.ts';
import { Card } from '#web/panels/card.tsx';
import { planMargin, type Row } from '#web/panels/density.ts';
import { DraftCard } from '#web/panels/draft-card.tsx';
import type { Lines } from '#web/panels/geometry.ts';
import { LostReplies } from '#web/panels/lost-replies.tsx';
import style from '#web/panels/margin.module.css';
import { usePage, type Draft } from '#web/panels/page-state.tsx';
import { Pills } from '#web/panels/pills.tsx';
import { draftId, useCardLayout } from '#web/panels/use-card-layout.ts';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { factStatesOf } from '#web/session/fact-states.ts';
import { reviewMessages } from '#web/ui/review-messages.ts';

/** The rows with the draft among them. */
function order(rows: readonly Row[], draft: Draft | null): string[] {
  const ids = rows.map(({ id }) => id);
  if (!draft) return ids;
  const after = rows.findIndex(
    (row) => row.row === 'card' && (row.item.place?.from ?? 0) > draft.range.from,
  );
  ids.splice(after < 0 ? ids.length : after, 0, draftId);
  return ids;
}

export function CardColumn({
  geometry,
  scroller,
  beside,
  head: headRows,
}: {
  geometry: EditorGeometry;
  scroller: RefObject<HTMLElement | null>;
  beside: readonly Annotation[];
  head: ReactNode;
}): ReactElement {
  const session = useSession();
  const { filter, draft, following } = usePage();
  const review = useSnapshot((snapshot) => snapshot.review);
  const facts = useSnapshot((snapshot) => snapshot.facts);
  const focused = useSnapshot((snapshot) => snapshot.focused);
  const boxes = useSyncExternalStore(geometry.subscribe, geometry.boxes);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const margin = useRef<HTMLDivElement | null>(null);
  const head = useRef<HTMLDivElement | null>(null);
  const hairline = useRef<HTMLDivElement | null>(null);
  const [headHeight, setHeadHeight] = useState(0);
  useEffect(() => {
    const element = head.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setHeadHeight(element.offsetHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const rows = useMemo(() => {
    const states = factStatesOf(review, facts);
    return planMargin(beside, {
      y: (id) => boxes.get(id)?.top,
      state: (id) => states.get(id),
      sections: sectionsOf(review.doc, [], '').map(({ pos }) => pos),
      focused,
      opened,
      top: headHeight > 0 ? headHeight + 20 : -Infinity,
    });
  }, [beside, boxes, review, facts, focused, opened, headHeight]);
  const anchors = useMemo(
    () => new Map(rows.map((row) => [row.id, row.row === 'card' ? row.id : row.at])),
    [rows],
  );
  const { place, reveal } = useCardLayout({
    geometry,
    ids: order(rows, draft),
    pinned: draft ? draftId : focused,
    linesOf: (id) =>
      id === draftId ? draftLines(draft, geometry) : geometry.get(anchors.get(id) ?? id),
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
  const unfold = useCallback((id: string) => {
    setOpened((old) => new Set([...old, id]));
  }, []);
  const goTo = (id: string | undefined): void => {
    if (id === undefined) return;
    following.current = 'card';
    session.focus(id);
  };

  const kind = draft?.kind ?? beside.find((item) => item.id === focused)?.kind;
  return (
    <div className={style.cards} ref={margin}>
      <LostReplies />
      <div className={style.head} ref={head} data-list={isList(filter) || undefined}>
        {headRows}
      </div>
      <div ref={hairline} className={style.hairline} data-kind={kind} hidden />
      {rows.map((row) =>
        row.row === 'card' ? (
          <Card
            key={row.id}
            item={row.item}
            focused={!draft && row.id === focused}
            place={place(row.id)}
          />
        ) : (
          <div key={row.id} ref={place(row.id)} className={style.line} data-row={row.row}>
            {row.row === 'small' ? (
              <button
                type="button"
                title={reviewMessages.smallHint}
                onClick={() => goTo(row.ids[0])}
              >
                <PenLine size={14} aria-hidden="true" />
                {reviewMessages.small(row.ids.length)}
              </button>
            ) : (
              <button
                type="button"
                onClick={() =>
                  row.oneLine && !opened.has(row.id) ? unfold(row.id) : goTo(row.ids[0])
                }
              >
                {row.oneLine
                  ? reviewMessages.moreOnLine(row.ids.length)
                  : reviewMessages.moreHere(row.ids.length)}
              </button>
            )}
          </div>
        ),
      )}
      {draft && <DraftCard draft={draft} place={place(draftId)} />}
      <Pills geometry={geometry} scroller={scroller} beside={beside} onGo={goTo} />
    </div>
  );
}

/** Where the draft's words are drawn; if a redraw has lost them, where the selection is. */
export function draftLines(draft: Draft | null, geometry: EditorGeometry): Lines | null {
  const box = draft?.words?.getClientRects()[0];
  return box && box.height > 0 ? box : geometry.selection();
}
