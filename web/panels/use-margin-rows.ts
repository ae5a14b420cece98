/** The rows of the margin: all are planned, so that each section is judged as a whole; those near the window are drawn. */
import { useDeferredValue, useMemo, useSyncExternalStore } from 'react';
import type { Review } from '#core/sync/review.ts';
import type { EditorGeometry } from '#web/editor/geometry.ts';
import { annotationsOf, sectionsOf } from '#web/panels/annotations.ts';
import type { CardGroup } from '#web/panels/card-groups.ts';
import { planMargin, type Row } from '#web/panels/density.ts';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { factStatesOf } from '#web/session/fact-states.ts';

/** Stands for the end of the article among the annotations that cards stand beside. */
export const atEnd = 'end of the article';

/** A plan of more cards than this is made when a key has been painted, not before. */
const many = 200;

/** Where annotations begin in the text now; the places that cards were made with may be older. */
function placesNow(review: Review): (id: string) => number {
  const places = new Map(annotationsOf(review).map(({ id, place }) => [id, place?.from ?? 0]));
  return (id) => places.get(id) ?? 0;
}

/** What of the margin has the keyboard: the annotation of a card, or the id of a line. */
function keyboardOn(): string | undefined {
  const place = document.activeElement?.closest<HTMLElement>(
    '#annotations :is([data-card], [data-row])',
  );
  return place?.dataset['card'] ?? place?.dataset['id'];
}

export function useMarginRows({
  geometry,
  groups,
  focused,
  opened,
  top,
}: {
  geometry: EditorGeometry;
  groups: readonly CardGroup[];
  focused: string | null;
  opened: ReadonlySet<string>;
  /** Where the head of the margin ends on the sheet. */
  top: number;
}): { rows: readonly Row[]; drawn: readonly Row[] } {
  const session = useSession();
  const states = useSnapshot(({ review, facts }) => factStatesOf(review, facts));
  const lines = useSyncExternalStore(geometry.subscribe, geometry.lines);
  const near = useSyncExternalStore(geometry.subscribe, geometry.near);
  const present = useMemo(() => ({ groups, lines, states }), [groups, lines, states]);
  const settled = useDeferredValue(present);
  const source = groups.length > many ? settled : present;
  const rows = useMemo(() => {
    const { review } = session.getSnapshot();
    const { groups: cards, lines: words, states: facts } = source;
    const planned = planMargin(cards, {
      y: (id) => words.get(id)?.top,
      from: placesNow(review),
      state: (id) => facts.get(id),
      sections: sectionsOf(review.doc, [], '').map(({ pos }) => pos),
      focused,
      opened,
      top,
    });
    const silent = cards.filter(({ card, items }) => {
      return card === 'silent' && !items.some(({ id }) => id === focused);
    });
    return [
      ...planned,
      ...silent.map((group): Row => ({ row: 'card', id: group.id, at: atEnd, group })),
    ];
  }, [session, source, focused, opened, top]);
  const held = keyboardOn();
  const drawn = rows.filter((row) => {
    const y = lines.get(row.at)?.top;
    if (y === undefined || (y >= near.top && y <= near.bottom) || row.id === held) return true;
    return row.row === 'card' && row.group.items.some(({ id }) => id === focused || id === held);
  });
  return { rows, drawn };
}

/** Rows by id, with the draft among them, whose words begin at `draft`. */
export function orderOf(
  rows: readonly Row[],
  draft: { id: string; from: number } | null,
  review: Review,
): string[] {
  const ids = rows.map(({ id }) => id);
  if (!draft) return ids;
  const from = placesNow(review);
  const after = rows.findIndex(
    (row) => row.row === 'card' && from(row.group.items[0].id) > draft.from,
  );
  ids.splice(after < 0 ? ids.length : after, 0, draft.id);
  return ids;
}
