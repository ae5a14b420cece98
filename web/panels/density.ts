/** What stands in the margin and what stays a mark in the text, so that no card is far from its words however much is marked.
 *  Order comes from document positions; only the height of a line on the sheet is measured. */
import type { FactState } from '#core/facts/fact-state.ts';
import type { Annotation } from '#web/panels/annotations.ts';

/** A row of the margin. `more` and `small` are single lines that stand for the annotations named in `ids`. */
export type Row =
  | { row: 'card'; id: string; item: Annotation }
  | { row: 'more'; id: string; at: string; ids: readonly string[]; oneLine: boolean }
  | { row: 'small'; id: string; at: string; ids: readonly string[] };

/** In a section with room every annotation has its card; a card that would stand lower than this below its words means there is none. */
const calm = 120;
/** No card is planned further from its words than this, in pixels; the law is 400 and heights are estimates. */
const far = 280;
const farOpened = 360;
const gap = 10;
const lineRow = 34;
/** Marks nearer than this stand on the same line of text. */
const sameLine = 14;
/** More cards than this on one line are two and a line that says how many more. */
const mostOnLine = 3;
const keptOnLine = 2;
const lettersInLine = 40;

const lines = (text: string): number => Math.min(2, Math.ceil(text.length / lettersInLine));

/** The height of a card at rest, rather too much than too little. */
export function heightOf(item: Annotation, state: FactState | undefined): number {
  let height = 52;
  if (item.replies.length > 0) height += 20;
  switch (item.kind) {
    case 'comment':
      return height + 21 * lines(item.note.text) + (item.note.editedAt ? 20 : 0);
    case 'fact':
      return (
        height +
        21 * lines(item.claim?.check || item.quote) +
        18 * lines(state?.check?.rationale ?? '')
      );
    case 'suggestion': {
      const { deleted, inserted } = item.inText ?? item.note;
      return (
        height + 21 * lines(`Replace ${deleted} with ${inserted}`) + 18 * lines(item.note.reason)
      );
    }
  }
}

/** True for what waits for a person: comments, doubted facts, suggestions with a reason, and everything that is talked about. */
export function needsPerson(item: Annotation, state: FactState | undefined): boolean {
  if (item.kind === 'comment' || item.replies.length > 0) return true;
  if (item.kind === 'suggestion') return item.note.reason !== '';
  return (
    state !== undefined &&
    (state.stale !== null || state.word === 'Queried' || state.word === 'Wrong')
  );
}

interface Placed {
  item: Annotation;
  y: number;
  height: number;
  needs: boolean;
}

/** Annotations that start on the same line of text, in text order. */
function byLine(items: readonly Placed[]): Placed[][] {
  const groups: Placed[][] = [];
  for (const each of items) {
    const group = groups.at(-1);
    if (group?.[0] && Math.abs(each.y - group[0].y) < sameLine) group.push(each);
    else groups.push([each]);
  }
  return groups;
}

/** True when every card has room beside its words below `bottom`. */
function isCalm(items: readonly Placed[], bottom: number): boolean {
  let free = bottom;
  for (const group of byLine(items)) {
    if (group.length > mostOnLine) return false;
    for (const { y, height } of group) {
      const top = Math.max(y, free);
      if (top - y > calm) return false;
      free = top + height + gap;
    }
  }
  return true;
}

/** The rows of the margin in order. `y` gives the line of an annotation's words (undefined: not drawn), `sections` where sections start,
 *  `opened` the rows a person has unfolded; what is in focus always has its card. */
export function planMargin(
  list: readonly Annotation[],
  how: {
    y: (id: string) => number | undefined;
    state: (id: string) => FactState | undefined;
    sections: readonly number[];
    focused: string | null;
    opened: ReadonlySet<string>;
    /** Where the head of the margin ends, on the same scale as `y`. */
    top: number;
  },
): Row[] {
  const { focused, opened } = how;
  const rows: Row[] = [];
  let free = how.top;
  let more: {
    row: 'more';
    id: string;
    at: string;
    ids: string[];
    oneLine: boolean;
    y: number;
  } | null = null;
  const starts = how.sections.length > 0 ? how.sections : [0];
  starts.forEach((start, index) => {
    const end = starts[index + 1] ?? Infinity;
    const placed: Placed[] = [];
    for (const item of list) {
      const from = item.place?.from ?? 0;
      if ((index > 0 && from < start) || from >= end) continue;
      const y = how.y(item.id);
      if (y === undefined && item.id !== focused) continue;
      const state = how.state(item.id);
      placed.push({
        item,
        y: y ?? 0,
        height: heightOf(item, state),
        needs: needsPerson(item, state),
      });
    }
    const roomy = isCalm(placed, free);
    const shown = roomy ? placed : placed.filter(({ item, needs }) => needs || item.id === focused);
    const small = roomy
      ? []
      : placed.filter(({ item, needs }) => !needs && item.kind === 'suggestion');
    const first = small[0];
    if (first) {
      const at = (placed[0] ?? first).item.id;
      rows.push({ row: 'small', id: `small ${start}`, at, ids: small.map(({ item }) => item.id) });
      free = Math.max((placed[0] ?? first).y, free) + lineRow + gap;
    }
    for (const group of byLine(shown)) {
      const name = `more ${group[0]?.item.id ?? ''}`;
      const open = opened.has(name);
      const limit = open ? farOpened : far;
      const cut = group.length > mostOnLine && !open ? keptOnLine : group.length;
      const folded: Placed[] = [];
      group.forEach((each, i) => {
        const top = Math.max(each.y, free);
        const keeps = each.item.id === focused || (i < cut && top - each.y <= limit);
        if (!keeps) folded.push(each);
        else {
          rows.push({ row: 'card', id: each.item.id, item: each.item });
          // A focused card pushes the others aside only while it is in focus; the plan stays that of rest.
          free = top + each.height + gap;
        }
      });
      const [head] = folded;
      if (!head) continue;
      const ids = folded.map(({ item }) => item.id);
      if (more && head.y - more.y < far && free - head.y > lineRow) {
        more.ids.push(...ids);
        more.oneLine = false;
      } else {
        more = { row: 'more', id: name, at: head.item.id, ids, oneLine: true, y: head.y };
        rows.push(more);
        free = Math.max(head.y, free) + lineRow + gap;
      }
    }
  });
  return rows;
}
