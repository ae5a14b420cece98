/** What can be done here about the comments of a file. A comment that was taken out of it or reads otherwise is told;
 *  nothing that people said here is changed by a file. */
import type { CommentChanges, FreshComment } from '#core/formats/return/comments.ts';
import { blank, noteKey, type Planned, type PlanContext } from '#core/formats/return/plan-text.ts';
import type { ReturnItem } from '#core/formats/return/return-plan.ts';
import type { Review } from '#core/sync/review.ts';

/** A planned comment or reply with its place in the returned text. */
export interface PlannedComment extends Planned {
  fresh: FreshComment | null;
  /** The comment it answers comes with it. */
  onKey: string;
}

const leave = { choices: ['leave'] as ReturnItem['choices'], choice: 'leave' as const };
const bring = { choices: ['bring', 'leave'] as ReturnItem['choices'], choice: 'bring' as const };

const threadOf = (head: Review, id: string) =>
  head.comments.get(id) ?? head.occurrences.get(id) ?? head.suggestions.get(id);

function freshItems(
  { fresh }: CommentChanges,
  { head, keyOf }: PlanContext,
): { planned: PlannedComment[]; hidden: number } {
  let hidden = 0;
  const seen = new Map<string, number>();
  const keys = new Map<FreshComment['comment'], string>();
  for (const { comment, on } of fresh) {
    const { author, at, text } = comment;
    const name = JSON.stringify([on, author, at, text]);
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    keys.set(comment, keyOf('comment', name, String(nth)));
  }
  const planned = fresh.flatMap((one): PlannedComment[] => {
    const { comment, on, onFresh } = one;
    const key = keys.get(comment) ?? '';
    const onKey = onFresh ? (keys.get(onFresh) ?? '') : '';
    const target = on ?? onKey;
    const thread = target === '' ? undefined : threadOf(head, target);
    if (on !== null && !thread) {
      hidden += 1;
      return [];
    }
    const isKnown =
      target === ''
        ? head.comments.has(key)
        : thread?.replies.some(({ id }) => id === key) === true;
    const item: ReturnItem = {
      ...blank,
      key,
      kind: target === '' ? 'comment' : 'reply',
      state: isKnown ? 'known' : 'new',
      author: comment.author,
      at: comment.at,
      inserted: comment.text,
      ...(isKnown ? leave : bring),
    };
    return [{ item, on: target, group: null, fresh: one, onKey }];
  });
  return { planned, hidden };
}

/** The words of a message as they are here now; null when it is not here, or not to be seen. */
function wordsNow(head: Review, note: string, id: string): string | null {
  const thread = threadOf(head, note);
  if (!thread) return null;
  if (id !== note) return thread.replies.find((reply) => reply.id === id)?.text ?? null;
  return head.comments.get(note)?.text ?? head.suggestions.get(note)?.reason ?? null;
}

/** Plans the comments, and counts those on notes that are not here to see. */
export function planComments(
  changes: CommentChanges,
  context: PlanContext,
): { planned: PlannedComment[]; hidden: number } {
  const { head, keyOf } = context;
  const out = freshItems(changes, context);
  const words = (text: string | null) =>
    text === null ? null : { before: '', words: text, after: '' };
  const put = (item: ReturnItem, on: string): void =>
    void out.planned.push({ item, on, group: null, fresh: null, onKey: '' });
  for (const { sent, comment } of changes.edited) {
    // What a file says of a fact is made anew each time; its words are no message.
    if (sent.id === '') continue;
    const now = wordsNow(head, sent.note, sent.id);
    if (now === null) {
      out.hidden += 1;
      continue;
    }
    const key = keyOf('edited', sent.id, comment.text);
    const isKnown = threadOf(head, sent.note)?.replies.some(({ id }) => id === noteKey(key));
    put(
      {
        ...blank,
        key,
        kind: 'edited',
        state: isKnown ? 'known' : 'told',
        author: comment.author,
        at: comment.at,
        deleted: sent.text,
        inserted: comment.text,
        sent: words(sent.text),
        returned: words(comment.text),
        now: words(now),
        choices: isKnown ? ['leave'] : ['note', 'leave'],
        choice: isKnown ? 'leave' : 'note',
      },
      sent.note,
    );
  }
  for (const sent of changes.deleted) {
    const now = sent.id === '' ? null : wordsNow(head, sent.note, sent.id);
    if (sent.id === '' || now === null) continue;
    const { author, at, text } = sent;
    const key = keyOf('deleted', sent.id);
    put(
      { ...blank, key, kind: 'deleted', state: 'told', author, at, deleted: text, ...leave },
      sent.note,
    );
  }
  for (const { note, resolved, author, text } of changes.states) {
    const comment = head.comments.get(note);
    if (!comment || comment.status === 'deleted') {
      out.hidden += comment ? 0 : 1;
      continue;
    }
    const isKnown = (comment.status === 'resolved') === resolved;
    const key = keyOf('state', note, String(resolved));
    const kind = resolved ? 'resolve' : 'reopen';
    const state = isKnown ? 'known' : 'new';
    put({ ...blank, key, kind, state, author, deleted: text, ...(isKnown ? leave : bring) }, note);
  }
  return out;
}
