/** Stet: a suggestion about words that somebody else rejects keeps them as they are. Later suggestions leave them alone
 *  until the decision is taken back or the words are edited directly. */
import type { Node } from 'prosemirror-model';
import type { Mappable } from 'prosemirror-transform';
import type { Anchor } from '#core/annotate/anchor.ts';
import type { SuggestionRow } from '#core/annotate/annotation.ts';
import { decidedIn } from '#core/annotate/decided.ts';
import type { Op } from '#core/annotate/op.ts';
import { authored, entriesOf, isDeletion, isSuggestion } from '#core/suggest/entries.ts';
import type { Review } from '#core/sync/review.ts';

/** Protected words in the text of a review, and the decision that protects them. */
export interface KeptWords {
  from: number;
  to: number;
  words: string;
  row: SuggestionRow;
}

/** Where the words of the suggestions stand that a commit by `userId` keeps against their authors, as new anchors. */
export function newStets(
  review: Review,
  ops: readonly Op[],
  userId: string,
  rev: number,
): Anchor[] {
  const rejected = decidedIn(ops, 'reject');
  const hulls = new Map<string, { from: number; to: number }>();
  if (rejected.size > 0)
    review.doc.descendants((node, pos) => {
      if (!node.isInline) return;
      for (const mark of node.marks) {
        const { id, by } = authored(mark);
        if (!isDeletion(mark) || by === userId || !rejected.has(id)) continue;
        const to = pos + node.nodeSize;
        const hull = hulls.get(id);
        if (hull) hull.to = to;
        else hulls.set(id, { from: pos, to });
      }
    });
  return [...hulls].map(([id, { from, to }]) => ({
    id,
    kind: 'stet',
    from,
    to,
    state: 'attached',
    good: { rev, from, to },
    exact: '',
    prefix: '',
    suffix: '',
  }));
}

/** All words that are protected now. */
export function keptWords({ anchors, suggestions }: Review): KeptWords[] {
  const out: KeptWords[] = [];
  for (const { id, kind, state, from, to, exact } of anchors.byId.values()) {
    const row = kind === 'stet' && state === 'attached' ? suggestions.get(id) : undefined;
    if (row?.status === 'rejected') out.push({ from, to, words: exact, row });
  }
  return out;
}

/** How much of each suggestion stands in a range. */
function sizes(doc: Node, from: number, to: number): Map<string, number> {
  const found = new Map<string, number>();
  const add = (key: string, size: number) => found.set(key, (found.get(key) ?? 0) + size);
  if (to > from)
    doc.nodesBetween(from, to, (node, pos) => {
      const size = Math.min(to, pos + node.nodeSize) - Math.max(from, pos);
      if (node.isInline) {
        for (const mark of node.marks)
          if (isSuggestion(mark)) add(`${mark.type.name} ${authored(mark).id}`, size);
      } else if (pos >= from) for (const { k, id } of entriesOf(node)) add(`${k} ${id}`, 1);
    });
  return found;
}

/** The first protected words that a suggestion touches, on its way from the document of `review` to `after`; null when
 *  there are none. A decision later than `base`, the revision its author saw, protects nothing from it yet. */
export function touchedStet(
  review: Review,
  after: Node,
  mapping: Mappable,
  base: number,
): KeptWords | null {
  for (const kept of keptWords(review)) {
    if ((kept.row.decidedRev ?? 0) > base) continue;
    const was = sizes(review.doc, kept.from, kept.to);
    const now = sizes(after, mapping.map(kept.from, 1), mapping.map(kept.to, -1));
    for (const [key, size] of now) if (size > (was.get(key) ?? 0)) return kept;
  }
  return null;
}
