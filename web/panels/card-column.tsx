/** Cards beside their words, with the single lines that stand for what is folded and the pills that count what is out of view. */
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
import { FoldedCards } from '#web/panels/card-folded.tsx';
import { GroupCard } from '#web/panels/card-group.tsx';
import { cardWith, type CardGroup } from '#web/panels/card-groups.ts';
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
    (row) => row.row === 'card' && (row.group.items[0].place?.from ?? 0) > draft.range.from,
  );
  ids.splice(after < 0 ? ids.length : after, 0, draftId);
  return ids;
}

export function CardColumn({
  geometry,
  scroller,
  beside,
  groups,
  head: headRows,
}: {
  geometry: EditorGeometry;
  scroller: RefObject<HTMLElement | null>;
  /** What stands beside the text, and the cards it is on. */
  beside: readonly Annotation[];
  groups: readonly CardGroup[];
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
    const planned = planMargin(groups, {
      y: (id) => boxes.get(id)?.top,
      state: (id) => states.get(id),
      sections: sectionsOf(review.doc, [], '').map(({ pos }) => pos),
      focused,
      opened,
      top: headHeight > 0 ? headHeight + 20 : -Infinity,
    });
    const silent = groups.filter(({ card, items }) => {
      return card === 'silent' && !items.some(({ id }) => id === focused);
    });
    return [
      ...planned,
      ...silent.map((group): Row => ({ row: 'card', id: group.id, at: atEnd, group })),
    ];
  }, [groups, boxes, review, facts, focused, opened, headHeight]);
  const anchors = useMemo(() => new Map(rows.map((row) => [row.id, row.at])), [rows]);
  const inFocus = cardWith(groups, focused);
  const pinned = draft ? draftId : (inFocus?.id ?? null);
  const { place, reveal } = useCardLayout({
    geometry,
    ids: order(rows, draft),
    pinned,
    linesOf: (id) => {
      if (id === draftId) return draftLines(draft, geometry);
      const at = anchors.get(id) ?? id;
      return at === atEnd ? endOfArticle() : geometry.get(at);
    },
    margin,
    head,
    hairline,
    scroller,
  });

  const inFocusId = inFocus?.id;
  useEffect(() => {
    if (focused !== null && inFocusId !== undefined) reveal(inFocusId);
  }, [focused, inFocusId, reveal]);
  const drafting = draft !== null;
  useEffect(() => {
    if (drafting) reveal(draftId);
  }, [drafting, reveal]);
  const toggle = useCallback((id: string) => {
    setOpened((old) => {
      const now = new Set(old);
      if (!now.delete(id)) now.add(id);
      return now;
    });
  }, []);
  const goTo = (id: string | undefined): void => {
    if (id === undefined) return;
    following.current = 'card';
    session.focus(id);
  };

  const kind = draft?.kind ?? inFocus?.items[0].kind;
  return (
    <div className={style.cards} ref={margin}>
      <LostReplies />
      <div className={style.head} ref={head} data-list={isList(filter) || undefined}>
        {headRows}
      </div>
      <div ref={hairline} className={style.hairline} data-kind={kind} hidden />
      {rows.map((row) =>
        row.row === 'card' ? (
          <GroupCard
            key={row.id}
            group={row.group}
            focused={draft || row.group !== inFocus ? null : focused}
            place={place(row.id)}
          />
        ) : (
          <div key={row.id} ref={place(row.id)} className={style.line} data-row={row.row}>
            <FoldedCards
              label={folded(row)}
              groups={row.groups}
              open={opened.has(row.id)}
              onToggle={() => toggle(row.id)}
              onGo={goTo}
            />
          </div>
        ),
      )}
      {draft && <DraftCard draft={draft} place={place(draftId)} />}
      <Pills geometry={geometry} scroller={scroller} beside={beside} onGo={goTo} />
    </div>
  );
}

/** How many annotations a line stands for: they are counted, not the cards they are on. */
function folded(row: Exclude<Row, { row: 'card' }>): string {
  const count = row.ids.length;
  if (row.row === 'small') return reviewMessages.small(count);
  return row.oneLine ? reviewMessages.moreOnLine(count) : reviewMessages.moreHere(count);
}

/** Stands for the end of the article among the annotations that cards stand beside. */
const atEnd = 'end of the article';

/** The last line of the article, in pixels of the window. */
function endOfArticle(): Lines | null {
  const bottom = document.querySelector('.ProseMirror')?.getBoundingClientRect().bottom;
  return bottom === undefined ? null : { top: bottom - 32, bottom };
}

/** Where the draft's words are drawn; if a redraw has lost them, where the selection is. */
export function draftLines(draft: Draft | null, geometry: EditorGeometry): Lines | null {
  const box = draft?.words?.getClientRects()[0];
  return box && box.height > 0 ? box : geometry.selection();
}
