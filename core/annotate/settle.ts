/** Keeps the rows of suggestions true to the marks in the text after a commit: what is gone is settled, what returned is pending. */
import type { Node } from 'prosemirror-model';
import type { BlockEntry } from '#core/article/schema.ts';
import type { SuggestionRow } from '#core/annotate/annotation.ts';

/** What one suggestion id covers in the document. */
export interface Covered {
  by: string;
  deleted: string;
  inserted: string;
  /** Parts that are no text: formats, boundaries, styles. Two values that differ say that something changed. */
  other: string;
}

function collect(block: Node, found: Map<string, Covered>): void {
  const at = (id: string, by: string): Covered => {
    let covered = found.get(id);
    if (!covered) found.set(id, (covered = { by, deleted: '', inserted: '', other: '' }));
    return covered;
  };
  for (const entry of (block.attrs['sugg'] ?? []) as BlockEntry[])
    at(entry.id, entry.by).other += JSON.stringify(entry);
  block.forEach((inline) => {
    const text = inline.isText ? (inline.text ?? '') : '\ufffc';
    for (const mark of inline.marks) {
      const { id, by } = mark.attrs as { id: string; by: string };
      if (mark.type.name === 'insertion') at(id, by).inserted += text;
      else if (mark.type.name === 'deletion') at(id, by).deleted += text;
      else if (mark.type.name === 'format')
        at(id, by).other += `${text}${JSON.stringify(mark.attrs)}`;
    }
  });
}

const known = new WeakMap<Node, ReadonlyMap<string, Covered>>();

/** What suggestions cover in a block. Blocks do not change, they are replaced: each is read once. */
function coveredIn(block: Node): ReadonlyMap<string, Covered> {
  const before = known.get(block);
  if (before) return before;
  const found = new Map<string, Covered>();
  collect(block, found);
  known.set(block, found);
  return found;
}

/** Every suggestion in the document by id. */
export function coveredBySuggestions(doc: Node): Map<string, Covered> {
  const found = new Map<string, Covered>();
  doc.forEach((block) => {
    for (const [id, part] of coveredIn(block)) {
      const whole = found.get(id);
      if (!whole) found.set(id, { ...part });
      else {
        whole.deleted += part.deleted;
        whole.inserted += part.inserted;
        whole.other += part.other;
      }
    }
  });
  return found;
}

/** True when a block that differs between the two documents holds a suggestion in either: only then can a row have changed. */
function mayConcern(before: Node, after: Node): boolean {
  let head = 0;
  const least = Math.min(before.childCount, after.childCount);
  while (head < least && before.child(head) === after.child(head)) head++;
  let tail = 0;
  while (
    tail < least - head &&
    before.child(before.childCount - 1 - tail) === after.child(after.childCount - 1 - tail)
  )
    tail++;
  for (const doc of [before, after])
    for (let i = head; i < doc.childCount - tail; i++)
      if (coveredIn(doc.child(i)).size > 0) return true;
  return false;
}

/** A suggestion whose text was dropped on the way to the head opens settled: later keystrokes of it may still bring it to life. */
export function settleOpened(
  rows: ReadonlyMap<string, SuggestionRow>,
  opened: readonly string[],
  doc: Node,
): ReadonlyMap<string, SuggestionRow> {
  if (opened.length === 0) return rows;
  const is = coveredBySuggestions(doc);
  const next = new Map(rows);
  for (const id of opened) {
    const row = next.get(id);
    const covered = is.get(id);
    if (row && covered)
      next.set(id, { ...row, deleted: covered.deleted, inserted: covered.inserted });
    else if (row) next.set(id, { ...row, status: 'settled' });
  }
  return next;
}

/** The rows after a commit by `by` at time `at` took the document from `before` to `after`. */
export function settleRows(
  rows: ReadonlyMap<string, SuggestionRow>,
  before: Node,
  after: Node,
  by: string,
  at: string,
): ReadonlyMap<string, SuggestionRow> {
  if (before === after || !mayConcern(before, after)) return rows;
  const was = coveredBySuggestions(before);
  const is = coveredBySuggestions(after);
  const next = new Map(rows);
  for (const [id, now] of is) {
    const then = was.get(id);
    const row = next.get(id);
    const same =
      then?.deleted === now.deleted && then.inserted === now.inserted && then.other === now.other;
    if (!row)
      next.set(id, {
        id,
        by: now.by,
        at,
        last: at,
        reason: '',
        category: '',
        audience: 'all',
        status: 'pending',
        deleted: now.deleted,
        inserted: now.inserted,
        replies: [],
      });
    else if (!same || row.status === 'settled')
      next.set(id, {
        ...row,
        deleted: now.deleted,
        inserted: now.inserted,
        last: by === row.by ? at : row.last,
        status: row.status === 'settled' ? 'pending' : row.status,
      });
  }
  for (const id of was.keys()) {
    const row = next.get(id);
    if (row?.status === 'pending' && !is.has(id)) next.set(id, { ...row, status: 'settled' });
  }
  return next;
}
