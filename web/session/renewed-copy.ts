/** A working copy in place of another one, with what was not sent yet carried over onto a whole new review, where its steps have
 *  nothing to stand on. */
import { Step } from 'prosemirror-transform';
import { schema } from '#core/article/schema.ts';
import type { AskedOp } from '#core/annotate/op.ts';
import type { Dropped } from '#core/sync/commit.ts';
import { textOfStep } from '#core/sync/map-step.ts';
import type { KeptChange, KeptChanges } from '#core/sync/pending.ts';
import type { Review } from '#core/sync/review.ts';
import { WorkingCopy } from '#core/sync/working-copy.ts';
import { onlyPlace } from '#web/session/only-place.ts';

/** The words a person wrote in an operation, as they go to the tray when it cannot be carried out. */
export function wordsOfOp(op: AskedOp): Dropped[] {
  const text =
    op.op === 'comment.open' || op.op === 'reply' || op.op === 'edit'
      ? op.text
      : op.op === 'occurrence.open'
        ? op.claim.check
        : op.op === 'suggestion.open' || op.op === 'suggestion.reason'
          ? op.reason
          : '';
  return text === '' ? [] : [{ i: 0, why: 'gone', text }];
}

/** All words in changes that were kept; what was typed in one go is one piece, in however many steps it is. */
export function wordsOfKept(changes: readonly KeptChange[]): Dropped[] {
  const words: Dropped[] = [];
  let end = -1;
  for (const change of changes) {
    if ('op' in change) {
      words.push(...wordsOfOp(change.op));
      end = -1;
      continue;
    }
    const text = textOfStep(Step.fromJSON(schema, change.step));
    const { from } = change.step;
    const last = words.at(-1);
    if (last && from === end) last.text += text;
    else if (text !== '') words.push({ i: 0, why: 'gone', text });
    end = typeof from === 'number' ? from + text.length : -1;
  }
  return words;
}

/** Changes of which the server has not said that it holds them. */
const without = ({ changes }: KeptChanges, storedSeq: number): KeptChange[] =>
  changes.filter(({ sent }) => !sent || sent.seq > storedSeq);

/** Starts on a whole review that came in place of `old`. Notes find their words again or go, like text, to the tray. */
export function renewed(
  old: WorkingCopy | null,
  review: Review,
  {
    clientId,
    userId,
    lastSeq,
    at,
  }: { clientId: string; userId: string; lastSeq: number; at: string },
): WorkingCopy {
  const copy = new WorkingCopy(review, {
    clientId,
    userId,
    nextSeq: Math.max(lastSeq, old?.lastSeq ?? 0) + 1,
  });
  if (!old) return copy;
  copy.unplaced = [...old.unplaced];
  const lost: KeptChange[] = [];
  for (const change of without(old.kept, lastSeq)) {
    const carried = 'op' in change ? onReview(change.op, review) : null;
    if (carried) copy.annotate(carried, change.intent, at);
    else lost.push(change);
  }
  copy.unplaced.push(...wordsOfKept(lost));
  return copy;
}

/** The log as it is, with the words of everything that was not sent in the tray. */
export function givenUp(old: WorkingCopy): WorkingCopy {
  const { clientId, userId } = old;
  const copy = new WorkingCopy(old.confirmed, { clientId, userId, nextSeq: old.lastSeq + 1 });
  copy.unplaced = [...old.unplaced, ...wordsOfKept(old.kept.changes)];
  return copy;
}

/** The operation on the new review, or null when what it is about is not there. */
function onReview(op: AskedOp, review: Review): AskedOp | null {
  const known = (id: string): boolean =>
    review.comments.has(id) || review.occurrences.has(id) || review.suggestions.has(id);
  if ('quote' in op) {
    const place = onlyPlace(review.doc, op.quote);
    return place && (op.op !== 'place' || known(op.on)) ? { ...op, ...place } : null;
  }
  if ('on' in op) return known(op.on) ? op : null;
  if (op.op === 'decide')
    return op.ids.every((id) => review.suggestions.get(id)?.status === 'pending') ? op : null;
  return null;
}
