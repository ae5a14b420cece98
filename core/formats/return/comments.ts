/** The comments of a file that came back, beside those it was sent with. Word keeps the names of their paragraphs; other
 *  programs keep who said what and when, and may lose which comment answers which. */
import type { ReturnedFile } from '#core/formats/docx/read-docx.ts';
import type { WordComment } from '#core/formats/docx/read-comments.ts';
import type { WayBack } from '#core/formats/docx/read-way-back.ts';
import { wordTime } from '#core/formats/docx/writing.ts';

/** A message as it was sent. `id` is that of the comment or reply, '' for words made for the file. */
export interface SentMessage {
  note: string;
  kind: WayBack['notes'][number]['kind'];
  id: string;
  isFirst: boolean;
  paragraph: string;
  author: string;
  at: string;
  text: string;
}

/** A comment of the file that was not sent with it. */
export interface FreshComment {
  comment: WordComment;
  /** The note of ours that it answers, or the comment of the file. */
  on: string | null;
  onFresh: WordComment | null;
  /** Its place in the returned text; null for a reply. */
  place: { from: number; to: number } | null;
}

export interface CommentChanges {
  fresh: FreshComment[];
  edited: { sent: SentMessage; comment: WordComment }[];
  deleted: SentMessage[];
  /** Comments whose state was changed. */
  states: { note: string; resolved: boolean; author: string; text: string }[];
}

const plain = (text: string): string => text.replace(/\s+/gu, ' ').trim();
const nobody = new Set(['', 'Unknown Author', 'Unknown author', 'Author']);
const name = (author: string): string => (nobody.has(author) ? '' : author);
const second = (at: string): string => at.slice(0, 19);

/** Everything that was sent as a comment. */
function sentMessages({ notes }: WayBack): SentMessage[] {
  return notes.flatMap(({ id: note, kind, messages = [] }) =>
    messages.map((message, i) => ({
      ...message,
      at: wordTime(message.at) ?? '',
      note,
      kind,
      isFirst: i === 0,
    })),
  );
}

type Test = (sent: SentMessage, comment: WordComment) => boolean;

/** The ways to know a comment again, the surest first. Who said it must agree in all of them. */
const tests: readonly Test[] = [
  (sent, { paraIds, text }) =>
    paraIds.at(-1) === sent.paragraph && plain(text) === plain(sent.text),
  (sent, { at, text }) => second(at) === second(sent.at) && plain(text) === plain(sent.text),
  (sent, { paraIds }) => sent.paragraph !== '' && paraIds.at(-1) === sent.paragraph,
  (sent, { text }) => plain(text) === plain(sent.text),
  (sent, { at }) => sent.at !== '' && second(at) === second(sent.at),
];

function pairMessages(
  sent: readonly SentMessage[],
  comments: readonly WordComment[],
): Map<WordComment, SentMessage> {
  const known = new Map<WordComment, SentMessage>();
  const taken = new Set<SentMessage>();
  for (const test of tests)
    for (const comment of comments) {
      if (known.has(comment)) continue;
      const one = sent.find(
        (message) =>
          !taken.has(message) &&
          name(message.author) === name(comment.author) &&
          test(message, comment),
      );
      if (!one) continue;
      known.set(comment, one);
      taken.add(one);
    }
  return known;
}

/** Where each comment of the file stands in its text. */
function placesOf({ imported }: ReturnedFile): Map<string, { from: number; to: number }> {
  const places = new Map<string, { from: number; to: number }>();
  for (const [id, word] of imported.sources ?? []) {
    const anchor = imported.review.anchors.byId.get(id);
    if (anchor) places.set(word, { from: anchor.from, to: anchor.to });
  }
  return places;
}

/** Compares the comments. */
export function commentChanges(file: ReturnedFile, wayBack: WayBack): CommentChanges {
  const { comments } = file;
  const sent = sentMessages(wayBack);
  const known = pairMessages(sent, comments);
  const places = placesOf(file);
  const byId = new Map(comments.map((one) => [one.id, one]));
  const hadReplies = sent.some(({ isFirst }) => !isFirst);
  const threadsLost = hadReplies && comments.every(({ parent }) => parent === '');
  const out: CommentChanges = { fresh: [], edited: [], deleted: [], states: [] };
  for (const comment of comments) {
    const message = known.get(comment);
    if (message) {
      if (plain(message.text) !== plain(comment.text)) out.edited.push({ sent: message, comment });
      continue;
    }
    const parent = byId.get(comment.parent);
    const place = places.get(comment.id) ?? null;
    const root = parent ? known.get(parent) : threadsLost ? atSame(place) : undefined;
    out.fresh.push({
      comment,
      on: root?.note ?? null,
      onFresh: parent && !root ? parent : null,
      place: root || parent ? null : place,
    });
  }
  // A program that loses the threads has answers stand on the words of what they answer.
  function atSame(place: { from: number; to: number } | null): SentMessage | undefined {
    if (!place || place.from === place.to) return undefined;
    for (const [comment, message] of known) {
      const other = places.get(comment.id);
      if (message.isFirst && other?.from === place.from && other.to === place.to) return message;
    }
    return undefined;
  }
  const found = new Set(known.values());
  out.deleted = sent.filter((message) => !found.has(message));
  const wasResolved = new Map(wayBack.notes.map(({ id, resolved }) => [id, resolved === true]));
  for (const [comment, { note, kind, isFirst }] of known)
    if (isFirst && kind === 'comment' && comment.resolved !== wasResolved.get(note))
      out.states.push({
        note,
        resolved: comment.resolved,
        author: comment.author,
        text: comment.text,
      });
  return out;
}
