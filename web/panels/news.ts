/** What other people did between two revisions, in one sentence each, for the live region. Typing is never told. */
import type { Review } from '#core/sync/review.ts';
import { nameOf } from '#web/panels/sentence.ts';
import { messages } from '#web/ui/messages.ts';

interface Deeds {
  comments: number;
  facts: number;
  suggestions: number;
  replies: number;
  accepted: number;
  stet: number;
  resolved: number;
}

const none = (): Deeds => ({
  comments: 0,
  facts: 0,
  suggestions: 0,
  replies: 0,
  accepted: 0,
  stet: 0,
  resolved: 0,
});

/** The people whose threads a note belongs to: who opened it and who answered. */
const heard = (note: { by: string; replies: readonly { by: string }[] }, me: string): boolean =>
  note.by === me || note.replies.some((reply) => reply.by === me);

/** Sentences such as "Sana added 2 comments and accepted 1 suggestion."; own deeds are left out; with
 *  `mine`, all but what happens to one's own notes and in threads one takes part in. */
export function newsBetween(before: Review, after: Review, me: string, mine = false): string[] {
  const people = new Map<string, Deeds>();
  const tell = (by: string | undefined, deed: keyof Deeds): void => {
    if (by === undefined || by === me) return;
    const deeds = people.get(by) ?? none();
    deeds[deed] += 1;
    people.set(by, deeds);
  };
  const kinds = ['comments', 'occurrences', 'suggestions'] as const;
  const deedOf = {
    comments: 'comments',
    occurrences: 'facts',
    suggestions: 'suggestions',
  } as const;
  for (const kind of kinds)
    for (const [id, note] of after[kind]) {
      const old = before[kind].get(id);
      if (old === note || (mine && !heard(note, me))) continue;
      if (!old) tell(note.by, deedOf[kind]);
      const known = new Set(old?.replies.map((reply) => reply.id));
      for (const reply of note.replies) if (!known.has(reply.id)) tell(reply.by, 'replies');
    }
  for (const [id, comment] of after.comments)
    if (mine && !heard(comment, me)) continue;
    else if (comment.status === 'resolved' && before.comments.get(id)?.status !== 'resolved')
      tell(comment.statusBy, 'resolved');
  for (const [id, row] of after.suggestions) {
    if (row.status === before.suggestions.get(id)?.status || (mine && !heard(row, me))) continue;
    if (row.status === 'accepted') tell(row.decidedBy, 'accepted');
    if (row.status === 'rejected') tell(row.decidedBy, 'stet');
  }
  const { news } = messages;
  return [...people].map(([by, deeds]) => {
    const added = [
      deeds.comments > 0 && news.comments(deeds.comments),
      deeds.facts > 0 && news.facts(deeds.facts),
      deeds.suggestions > 0 && news.suggestions(deeds.suggestions),
      deeds.replies > 0 && news.replies(deeds.replies),
    ].filter((part) => part !== false);
    const parts = [
      added.length > 0 && news.added(added),
      deeds.accepted > 0 && news.accepted(deeds.accepted),
      deeds.stet > 0 && news.stet(deeds.stet),
      deeds.resolved > 0 && news.resolved(deeds.resolved),
    ].filter((part) => part !== false);
    return news.by(nameOf(after, by), parts);
  });
}
