/** What stands in the margin and what stays a mark in the text, so that no card is far from its words however much is marked.
 *  Order comes from document positions; only the height of a line on the sheet is measured. */
import type { FactState } from '#core/facts/fact-state.ts';
import type { Annotation } from '#web/panels/annotations.ts';
import { leadOf, type CardGroup } from '#web/panels/card-groups.ts';

/** A row of the margin; it stands at the words of the annotation `at`. `more` and `small` are single lines that stand for the
 *  annotations named in `ids`, and list the cards they are on when they are unfolded. */
export type Row =
  | { row: 'card'; id: string; at: string; group: CardGroup }
  | ({ row: 'more'; oneLine: boolean } & Folded)
  | ({ row: 'small' } & Folded);

interface Folded {
  id: string;
  at: string;
  ids: string[];
  groups: CardGroup[];
}

/** In a section with room every annotation has its card; a card that would stand lower than this below its words means there is none. */
const calm = 120;
/** No card is planned further from its words than this, in pixels; the law is 400 and heights are estimates. */
const far = 280;
const gap = 10;
const lineRow = 34;
/** An unfolded line lists its cards, at most so many before it scrolls in itself. */
const listedRow = 30;
const mostListed = 6;
/** Marks nearer than this stand on the same line of text. */
const sameLine = 14;
/** More cards than this on one line are two and a line that says how many more. */
const mostOnLine = 3;
const keptOnLine = 2;
const lettersInLine = 40;

const lines = (text: string): number => Math.min(2, Math.ceil(text.length / lettersInLine));

/** The height of the words of one annotation at rest, rather too much than too little. */
function wordsHeight(item: Annotation, state: FactState | undefined): number {
  switch (item.kind) {
    case 'comment':
      return 21 * lines(item.note.text) + (item.note.editedAt ? 20 : 0);
    case 'fact':
      return (
        21 * lines(item.claim?.check || item.quote) + 18 * lines(state?.check?.rationale ?? '')
      );
    case 'suggestion': {
      const { deleted, inserted } = item.inText ?? item.note;
      return 21 * lines(`Replace ${deleted} with ${inserted}`) + 18 * lines(item.note.reason);
    }
  }
}

/** The height of a card at rest, rather too much than too little. */
function heightNow(
  { card, items }: CardGroup,
  state: (id: string) => FactState | undefined,
): number {
  const replied = items.filter(({ replies }) => replies.length > 0).length;
  if (card === 'alternatives')
    return items.reduce((sum, item) => sum + 42 + wordsHeight(item, undefined), 54 + 20 * replied);
  const height = 52 + (replied > 0 ? 20 : 0);
  return card === 'one' ? height + wordsHeight(items[0], state(items[0].id)) : height + 68;
}

const heights = new WeakMap<CardGroup, { state: FactState | undefined; height: number }>();

/** The same, kept as long as the card looks the same. */
function heightOf(group: CardGroup, state: (id: string) => FactState | undefined): number {
  const now = state(group.items[0].id);
  const known = heights.get(group);
  if (known && known.state === now) return known.height;
  const height = heightNow(group, state);
  heights.set(group, { state: now, height });
  return height;
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
  group: CardGroup;
  at: string;
  y: number;
  height: number;
  needs: boolean;
  isFocused: boolean;
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
 *  `opened` the rows a person has unfolded; what is in focus always has its card. Silent corrections have a place here only then. */
export function planMargin(
  groups: readonly CardGroup[],
  how: {
    y: (id: string) => number | undefined;
    /** Where the words of an annotation begin in the text; on the same scale as `sections`. */
    from: (id: string) => number;
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
  let more: ({ row: 'more'; oneLine: boolean } & Folded & { y: number }) | null = null;
  const all = groups.flatMap((group): (Placed & { from: number })[] => {
    const isFocused = group.items.some(({ id }) => id === focused);
    if (group.card === 'silent' && !isFocused) return [];
    const lead = leadOf(group, focused);
    const drawn = group.items.find(({ id }) => how.y(id) !== undefined);
    if (!drawn && !isFocused) return [];
    const item = isFocused || !drawn ? lead : drawn;
    const needs = group.items.some((one) => needsPerson(one, how.state(one.id)));
    return [
      {
        group,
        at: item.id,
        y: how.y(item.id) ?? 0,
        height: heightOf(group, how.state),
        isFocused,
        needs: needs || group.card === 'alternatives',
        from: how.from(item.id),
      },
    ];
  });
  all.sort((a, b) => a.from - b.from);
  const starts = how.sections.length > 0 ? how.sections : [0];
  starts.forEach((start, index) => {
    const end = starts[index + 1] ?? Infinity;
    const placed = all.filter(({ from }) => (index === 0 || from >= start) && from < end);
    const roomy = isCalm(placed, free);
    const shown = roomy ? placed : placed.filter(({ needs, isFocused }) => needs || isFocused);
    const small = roomy
      ? []
      : placed.filter(
          ({ needs, group: { card, items } }) =>
            !needs && card !== 'silent' && items[0].kind === 'suggestion',
        );
    const first = small[0];
    if (first) {
      const id = `small ${start}`;
      rows.push({ row: 'small', id, at: (placed[0] ?? first).at, ...folded(small) });
      free = Math.max((placed[0] ?? first).y, free) + lineHeight(small, opened.has(id)) + gap;
    }
    for (const group of byLine(shown)) {
      const name = `more ${group[0]?.group.id ?? ''}`;
      const open = opened.has(name);
      const cut = group.length > mostOnLine ? keptOnLine : group.length;
      const away: Placed[] = [];
      group.forEach((each, i) => {
        const top = Math.max(each.y, free);
        const keeps = each.isFocused || (i < cut && top - each.y <= far);
        if (!keeps) away.push(each);
        else {
          rows.push({ row: 'card', id: each.group.id, at: each.at, group: each.group });
          // A focused card pushes the others aside only while it is in focus; the plan stays that of rest.
          free = top + each.height + gap;
        }
      });
      const [head] = away;
      if (!head) continue;
      if (more && head.y - more.y < far && free - head.y > lineRow) {
        const added = folded(away);
        more.ids.push(...added.ids);
        more.groups.push(...added.groups);
        more.oneLine = false;
      } else {
        more = { row: 'more', id: name, at: head.at, ...folded(away), oneLine: true, y: head.y };
        rows.push(more);
        free = Math.max(head.y, free) + lineHeight(away, open) + gap;
      }
    }
  });
  return rows;
}

const folded = (placed: readonly Placed[]): Pick<Folded, 'ids' | 'groups'> => ({
  ids: placed.flatMap(({ group }) => group.items.map(({ id }) => id)),
  groups: placed.map(({ group }) => group),
});

const lineHeight = (placed: readonly Placed[], open: boolean): number =>
  lineRow + (open ? listedRow * Math.min(placed.length, mostListed) : 0);
