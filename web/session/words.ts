/** Sentences the session says: in notices and in the live region. */
import type { Review } from '#core/sync/review.ts';
import { suggestionsOf, type PlacedAnnotation } from '#web/session/annotations.ts';

const short = (text: string): string => {
  const line = text.replaceAll('\n', ' ').trim();
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
};
const quoted = (text: string): string => `“${short(text)}”`;

/** "replace “heaven” with “haven”": what a suggestion asks for. */
function changeInWords({ deleted, inserted }: { deleted: string; inserted: string }): string {
  const [gone, come] = [short(deleted), short(inserted)];
  if (gone && come) return `replace ${quoted(gone)} with ${quoted(come)}`;
  if (come) return `insert ${quoted(come)}`;
  if (gone) return `delete ${quoted(gone)}`;
  if (inserted.includes('\n')) return 'start a new paragraph';
  if (deleted.includes('\n')) return 'join two paragraphs';
  return 'change the text';
}

/** What is said to who suggests on words that `name` has kept as they are. */
export function keptInWords(words: string, name: string, at: string): string {
  const day = new Date(at).toLocaleDateString('en', { day: 'numeric', month: 'long' });
  return `${quoted(words)} stays as it is: ${name} kept it on ${day}. Reply on that card to have it opened again.`;
}

/** What is said to who writes in the view "As filed". */
export const asFiledIsForReading =
  'As filed shows what came in and is not changed. Go to Marked or As edited to write.';

/** What is said when decisions come back from the server. */
export function decided(
  rows: readonly { deleted: string; inserted: string }[],
  verdict: 'accept' | 'reject',
  own: boolean,
): string {
  const [only] = rows;
  if (!only || rows.length > 1) {
    const count = `${rows.length} suggestions`;
    if (verdict === 'accept') return `Accepted ${count}.`;
    return own ? `Took back ${count}.` : `Stet: ${count} refused.`;
  }
  if (verdict === 'accept') {
    if (only.inserted.trim()) return `Accepted. ${quoted(only.inserted)} is in the text.`;
    if (only.deleted.trim()) return `Accepted. ${quoted(only.deleted)} is out of the text.`;
    return 'Accepted.';
  }
  if (own) return 'Suggestion taken back.';
  return only.deleted.trim()
    ? `Stet. ${quoted(only.deleted)} stays.`
    : 'Stet. The text stays as it was.';
}

/** One line about an annotation, with its place among the open ones. */
export function annotationInWords(review: Review, { id, kind }: PlacedAnnotation): string {
  const nameOf = (by: string): string => review.people.get(by)?.name ?? 'somebody';
  if (kind === 'comment') {
    const comment = review.comments.get(id);
    return comment ? `Comment by ${nameOf(comment.by)}: ${short(comment.text)}` : '';
  }
  if (kind === 'occurrence') {
    const occurrence = review.occurrences.get(id);
    const claim = occurrence && review.claims.get(occurrence.claimId);
    if (!occurrence) return '';
    return `Fact marked by ${nameOf(occurrence.by)}: ${claim ? quoted(claim.text) : ''}`;
  }
  const inText = suggestionsOf(review.doc).find((one) => one.id === id);
  return inText ? `Suggestion by ${nameOf(inText.by)}: ${changeInWords(inText)}` : '';
}

/** What is said when words were put into many places. */
export const replacedInWords = (count: number, mode: 'suggest' | 'edit'): string =>
  mode === 'edit' ? `Replaced ${count}.` : `Replaced ${count}. Each is a suggestion of its own.`;

/** What is said to whoever does something, when it is done or cannot be. */
export const sessionWords = {
  readMode: 'Read mode does not change the text. Switch to Suggest to write.',
  mode: { read: 'Reading.', suggest: 'Suggesting.', edit: 'Editing.' },
  undecided: 'The decision is taken back.',
  nothingToUndo: 'Nothing of yours to undo.',
  nothingToRedo: 'Nothing to redo.',
  changedSince: 'You have changed more since then. Undo it step by step in the text.',
  resolved: 'Comment resolved.',
  deleted: { comment: 'Comment deleted.', fact: 'Fact deleted.' },
  nothingOpen: 'Nothing open here.',
  nothingElse: 'Nothing else is open.',
} as const;
