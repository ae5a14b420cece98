/** Cards beside their words, with the single lines that stand for what is folded and the pills that count what is out of view. */
import {
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactElement,
  type RefObject,
} from 'react';
import type { EditorGeometry } from '#web/editor/geometry.ts';
import { isList, type Annotation } from '#web/panels/annotations.ts';
import { FoldedCards } from '#web/panels/card-folded.tsx';
import { GroupCard } from '#web/panels/card-group.tsx';
import { cardWith, type CardGroup } from '#web/panels/card-groups.ts';
import type { Row } from '#web/panels/density.ts';
import { DraftCard } from '#web/panels/draft-card.tsx';
import { draftLines } from '#web/panels/draft-lines.ts';
import type { Lines } from '#web/panels/geometry.ts';
import { LostReplies } from '#web/panels/lost-replies.tsx';
import { MarginHead } from '#web/panels/margin-head.tsx';
import style from '#web/panels/margin.module.css';
import { usePage } from '#web/panels/page-state.tsx';
import { Pills } from '#web/panels/pills.tsx';
import { draftId, useCardLayout } from '#web/panels/use-card-layout.ts';
import { atEnd, orderOf, useMarginRows } from '#web/panels/use-margin-rows.ts';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { reviewMessages } from '#web/ui/review-messages.ts';

export function CardColumn({
  geometry,
  scroller,
  beside,
  groups,
}: {
  geometry: EditorGeometry;
  scroller: RefObject<HTMLElement | null>;
  /** What stands beside the text, and the cards it is on. */
  beside: readonly Annotation[];
  groups: readonly CardGroup[];
}): ReactElement {
  const session = useSession();
  const { filter, draft, following } = usePage();
  const focused = useSnapshot((snapshot) => snapshot.focused);
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
  const top = headHeight > 0 ? headHeight + 20 : -Infinity;
  const { rows, drawn } = useMarginRows({ geometry, groups, focused, opened, top });
  const anchors = useMemo(() => new Map(rows.map((row) => [row.id, row.at])), [rows]);
  const inFocus = cardWith(groups, focused);
  const pinned = draft ? draftId : (inFocus?.id ?? null);
  const { place, reveal } = useCardLayout({
    geometry,
    ids: orderOf(
      drawn,
      draft && { id: draftId, from: draft.range.from },
      session.getSnapshot().review,
    ),
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
        <MarginHead beside={beside.length} />
      </div>
      <div ref={hairline} className={style.hairline} data-kind={kind} hidden />
      {drawn.map((row) =>
        row.row === 'card' ? (
          <GroupCard
            key={row.id}
            group={row.group}
            focused={draft || row.group.id !== inFocus?.id ? null : focused}
            place={place(row.id)}
          />
        ) : (
          <div
            key={row.id}
            ref={place(row.id)}
            className={style.line}
            data-row={row.row}
            data-id={row.id}
          >
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

/** The last line of the article, in pixels of the window. */
function endOfArticle(): Lines | null {
  const bottom = document.querySelector('.ProseMirror')?.getBoundingClientRect().bottom;
  return bottom === undefined ? null : { top: bottom - 32, bottom };
}
