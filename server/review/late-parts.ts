/** Keystrokes that arrive for a suggestion already decided: their part gets an id of its own, so that a decided id never returns to the text. */
import type { Op } from '#core/annotate/op.ts';
import type { StepJson } from '#core/sync/commit.ts';
import type { Review } from '#core/sync/review.ts';

const isDecided = (review: Review, id: string): boolean => {
  const status = review.suggestions.get(id)?.status;
  return status === 'accepted' || status === 'rejected';
};

/** The id under which late parts of `id` go on: the first of id_, id__, … that is not decided itself. */
function remainderOf(review: Review, id: string): string {
  let next = `${id}_`;
  while (isDecided(review, next)) next = `${next}_`;
  return next;
}

function rename(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => rename(item, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === 'id' && typeof inner === 'string'
        ? (names.get(inner) ?? inner)
        : rename(inner, names),
    ]),
  );
}

function idsIn(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) idsIn(item, found);
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value))
      if (key === 'id' && typeof inner === 'string') found.add(inner);
      else idsIn(inner, found);
}

/** The steps with every decided id of the author renamed, and the operations that open the new rows. With `undo` also other
 *  people's decided ids are: text put back may hold what was pending when it was taken out. Their `remainders` get rows by
 *  themselves, under the author the marks name. */
export function renameDecided(
  steps: readonly StepJson[],
  head: Review,
  author: string,
  undo: boolean,
): { json: StepJson[]; opened: Op[]; remainders: ReadonlyMap<string, string> } {
  const ids = new Set<string>();
  idsIn(steps, ids);
  const names = new Map<string, string>();
  const opened: Op[] = [];
  const remainders = new Map<string, string>();
  for (const id of ids) {
    const row = head.suggestions.get(id);
    if (!row || !isDecided(head, id) || (row.by !== author && !undo)) continue;
    const next = remainderOf(head, id);
    names.set(id, next);
    if (row.by !== author) remainders.set(next, row.by);
    else if (!head.suggestions.has(next))
      opened.push({
        op: 'suggestion.open',
        id: next,
        reason: row.reason,
        category: row.category,
        audience: row.audience,
      });
  }
  if (names.size === 0) return { json: [...steps], opened, remainders };
  return { json: steps.map((step) => rename(step, names) as StepJson), opened, remainders };
}
