/** Which facts of a list are shown, and in which order. */
import type { ClaimType } from '#core/annotate/annotation.ts';
import type { FactLine } from '#core/facts/fact-list.ts';
import type { FactState } from '#core/facts/fact-state.ts';
import { asksAgain } from '#core/facts/fact-words.ts';

/** The groups of the line in words: a fact that asks to be looked at again is not counted as open. */
export const factGroups = ['Open', 'Queried', 'Wrong', 'Confirmed', 'Closed', 're-check'] as const;
export type FactGroup = (typeof factGroups)[number];

export const factSorts = ['text', 'state', 'checker', 'newest'] as const;
export type FactSort = (typeof factSorts)[number];

/** Null stands for everything; `mine` holds the id of who asks. */
export interface FactFilter {
  group: FactGroup | null;
  type: ClaimType | null;
  mine: string | null;
}

/** True when a fact belongs to a group. One that was queried and asks again is in both. */
export function inGroup(state: FactState, group: FactGroup): boolean {
  if (group === 're-check') return asksAgain(state);
  return state.word === group && (group !== 'Open' || state.stale === null);
}

/** The lines a filter lets through. A fact is somebody's own when they marked it or gave its last verdict. */
export function filterFacts(lines: readonly FactLine[], filter: FactFilter): FactLine[] {
  const { group, type, mine } = filter;
  return lines.filter(
    ({ state, claim, markedBy }) =>
      (group === null || inGroup(state, group)) &&
      (type === null || claim?.type === type) &&
      (mine === null || markedBy === mine || state.check?.by === mine),
  );
}

const urgency: readonly FactGroup[] = [
  'Wrong',
  'Queried',
  're-check',
  'Open',
  'Confirmed',
  'Closed',
];

const newestOf = ({ state, markedAt }: FactLine): string => state.check?.at ?? markedAt;

/** The lines in another order; lines that are equal in it keep the order of the text. */
export function sortFacts(
  lines: readonly FactLine[],
  sort: FactSort,
  nameOf: (id: string) => string,
): FactLine[] {
  switch (sort) {
    case 'text':
      return [...lines];
    case 'state': {
      const rank = ({ state }: FactLine): number =>
        urgency.findIndex((group) => inGroup(state, group));
      return lines.toSorted((a, b) => rank(a) - rank(b));
    }
    case 'checker': {
      const name = ({ state }: FactLine): string | null =>
        state.check ? nameOf(state.check.by) : null;
      return lines.toSorted((a, b) => {
        const [left, right] = [name(a), name(b)];
        // Nobody comes last.
        if (left === null || right === null) return Number(left === null) - Number(right === null);
        return left < right ? -1 : left > right ? 1 : 0;
      });
    }
    case 'newest':
      return lines.toSorted((a, b) =>
        newestOf(a) < newestOf(b) ? 1 : newestOf(a) > newestOf(b) ? -1 : 0,
      );
  }
}
