/** The comments of a file as threads of the draft, on the words they are about. In a file that Galley wrote, facts are
 *  facts again, and what was said about a change is said about it. */
import { readComments, threadsIn, type WordComment } from '#core/formats/docx/read-comments.ts';
import type { WayBack } from '#core/formats/docx/read-way-back.ts';
import type { CommentPlace, Reading } from '#core/formats/docx/reading.ts';
import type { DraftMessage, DraftThread } from '#core/formats/import/draft.ts';
import { inQuotes } from '#core/formats/warning.ts';
import { authored, isSuggestion } from '#core/suggest/entries.ts';

const messageOf = ({ author, at, text }: WordComment): DraftMessage => ({ author, at, text });

/** Says how many comments have no time: scrubbed files have none. */
function tellTimes({ draft }: Reading, comments: readonly WordComment[]): void {
  const count = comments.filter(({ at }) => at === '').length;
  if (count > 0)
    draft.warn(
      'changed',
      `The file gives no time for ${count === 1 ? 'a comment' : `${count} comments`}; that of the import stands for it.`,
    );
}

/** Adds the threads. */
export function addThreads(reading: Reading, wayBack: WayBack | null): void {
  const { draft, places } = reading;
  const known = new Map(wayBack?.notes.flatMap((one) => (one.comment ? [[one.comment, one]] : [])));
  const comments = readComments(reading.file);
  tellTimes(reading, comments);
  for (const { root, replies } of threadsIn(comments)) {
    for (const { lost, author, text } of [root, ...replies])
      if (lost !== '')
        draft.warn('left-out', `The comment of ${author} ${inQuotes(text)} has lost ${lost}.`);
    const note = known.get(root.paraIds.at(-1) ?? '');
    // What is about the words of a note stands on the note's number; the bookmark is on the words.
    const named = rangeOf(reading.bookmarks.get(note?.bookmark ?? ''));
    const inNote = named?.from.block.role === 'footnote' ? named : null;
    const place =
      inNote ??
      [root, ...replies].map(({ id }) => rangeOf(places.get(id))).find((one) => one !== null);
    if (note?.kind === 'suggestion' && place) {
      const about = changeAt(reading, place, root.author);
      if (about) {
        const said = [root, ...replies].map(messageOf);
        if (about.first.at === root.at) about.first = { ...about.first, text: root.text };
        about.replies.push(...(about.first.at === root.at ? said.slice(1) : said));
        continue;
      }
    }
    const claimId = wayBack?.occurrences.find(({ id }) => id === note?.id)?.claimId;
    const claim = wayBack?.claims.find(({ id }) => id === claimId);
    const isFact = note?.kind === 'fact' && claim !== undefined;
    const thread = draft.thread(isFact ? 'fact' : 'comment', messageOf(root));
    thread.source = root.id;
    thread.replies.push(...replies.map(messageOf));
    thread.place = place ?? null;
    thread.ranged = places.get(root.id)?.from !== undefined;
    // The words of a note that has lost them; it stands where they were.
    thread.quote = note?.quote ?? '';
    if (isFact) {
      thread.factType = claim.type;
      thread.claim = claim.text;
      thread.first = { ...thread.first, text: claim.check };
    } else if (root.resolved) thread.resolvedBy = '';
    if (!place)
      draft.warn(
        'changed',
        `The comment of ${root.author} ${inQuotes(root.text)} stands nowhere in the file; it has no place.`,
      );
    else if (place.from === place.to && thread.quote === '')
      draft.warn(
        'changed',
        `The comment of ${root.author} ${inQuotes(root.text)} is about no words; it stands at its place.`,
      );
  }
}

function rangeOf(place: CommentPlace | undefined): DraftThread['place'] {
  const from = place?.from ?? place?.reference ?? place?.to;
  if (!place || !from) return null;
  const to = (place.from ? (place.to ?? place.reference) : from) ?? from;
  const isPoint = from.block === to.block && from.offset >= to.offset;
  return { from, to: isPoint ? from : to };
}

/** What is said about the change at a place, by its author if there are several. */
function changeAt(
  { draft }: Reading,
  { from }: NonNullable<DraftThread['place']>,
  author: string,
): DraftThread | null {
  const keys: string[] = [];
  if (from.offset <= from.block.cut) keys.push(...from.block.entries.map(({ key }) => key));
  let at = from.block.cut;
  for (const node of from.block.line.nodes) {
    at += node.nodeSize;
    if (at <= from.offset) continue;
    keys.push(...node.marks.filter(isSuggestion).map((mark) => authored(mark).id));
    break;
  }
  const found = draft.threads.filter(
    ({ kind, key }) => kind === 'suggestion' && keys.includes(key),
  );
  return found.find(({ first }) => first.author === author) ?? found[0] ?? null;
}
