/** All notes on an article in one list, each with its number, words and people: what every reading format prints.
 *  Deleted comments and deleted facts are no notes; the JSON file alone keeps them. */
import type { Node } from 'prosemirror-model';
import type { BlockShape, BlockStyle } from '#core/article/schema.ts';
import type { Reply, SuggestionRow } from '#core/annotate/annotation.ts';
import { factLines } from '#core/facts/fact-list.ts';
import { filesById, type KnownFacts } from '#core/facts/seen-facts.ts';
import { foundInWords } from '#core/formats/found-words.ts';
import { listSuggestions, type SuggestionInText, type WholeChange } from '#core/suggest/list.ts';
import type { Review } from '#core/sync/review.ts';

/** One message of a thread. `at` is ISO 8601, or '' where it is not known. */
export interface NoteMessage {
  author: string;
  at: string;
  text: string;
  edited: boolean;
}

/** A comment, a fact to check or a suggestion, ready to be printed. */
export interface Note {
  id: string;
  number: number;
  kind: 'comment' | 'fact' | 'suggestion';
  author: string;
  at: string;
  /** The words it is about; '' for a place between blocks. */
  quote: string;
  /** True for a suggestion that only inserts and deletes words inside a block: the marks in the text say all of it. */
  wordsOnly: boolean;
  /** What it is, in a few words ("Fact to check: money"); '' for a comment. */
  title: string;
  text: string;
  edited: boolean;
  replies: NoteMessage[];
  /** How it was closed ("Resolved by Ben"); '' while it is open. */
  closed: string;
  /** Where it stands in the document, or null when its words are gone. */
  place: { from: number; to: number } | null;
}

const noFacts: KnownFacts = { claims: [], sources: [] };

/** Every note of a review: those in the text in its order, then those whose words are gone. What was found of a fact
 *  stands among its replies, by the time it was found. */
export function notesOf(review: Review, facts: KnownFacts = noFacts): Note[] {
  const name = (id: string): string => review.people.get(id)?.name ?? id;
  const messages = (replies: readonly Reply[]): NoteMessage[] =>
    replies.map(({ by, at, text, editedAt }) => ({
      author: name(by),
      at,
      text,
      edited: editedAt !== undefined,
    }));
  const anchored = (id: string): Pick<Note, 'quote' | 'place'> => {
    const anchor = review.anchors.byId.get(id);
    const held = anchor?.state === 'attached';
    return {
      quote: anchor?.exact ?? '',
      place: anchor && held ? { from: anchor.from, to: anchor.to } : null,
    };
  };
  const notes: Omit<Note, 'number'>[] = [];
  for (const comment of review.comments.values()) {
    if (comment.status === 'deleted') continue;
    const { id, by, at, text } = comment;
    const who = comment.statusBy === undefined ? '' : ` by ${name(comment.statusBy)}`;
    notes.push({
      id,
      kind: 'comment',
      author: name(by),
      at,
      ...anchored(id),
      wordsOnly: false,
      title: '',
      text,
      edited: comment.editedAt !== undefined,
      replies: messages(comment.replies),
      closed: comment.status === 'resolved' ? `Resolved${who}` : '',
    });
  }
  const lines = new Map(factLines(review, filesById(facts)).map((one) => [one.id, one]));
  for (const { id, claimId, by, at, status, replies } of review.occurrences.values()) {
    if (status === 'deleted') continue;
    const line = lines.get(id);
    const claim = line?.claim ?? review.claims.get(claimId);
    const found = line ? foundInWords(line, facts, name) : [];
    const place = anchored(id);
    const statement = claim && claim.text !== place.quote ? `${claim.text}\n` : '';
    notes.push({
      id,
      kind: 'fact',
      author: name(by),
      at,
      ...place,
      wordsOnly: false,
      title: `Fact to check: ${claim?.type ?? 'unknown'}`,
      text: `${statement}${claim?.check ?? ''}`.trimEnd(),
      edited: false,
      replies: found.length === 0 ? messages(replies) : byTime([...found, ...messages(replies)]),
      closed: '',
    });
  }
  const rows = new Map(review.suggestions);
  for (const part of listSuggestions(review.doc)) {
    const row = rows.get(part.id);
    rows.delete(part.id);
    notes.push({
      ...suggestionNote(part.id, part.by, row, name),
      wordsOnly:
        /^(?:insert|delete|replace)$/.test(part.kind) && !/\n/.test(part.deleted + part.inserted),
      title: titleOf(part, review.doc),
      quote: part.deleted.replaceAll('\n', ' ').trim(),
      replies: messages(row?.replies ?? []),
      closed: '',
      place: { from: part.from, to: lastEnd(part) },
    });
  }
  for (const row of rows.values())
    notes.push({
      ...suggestionNote(row.id, row.by, row, name),
      wordsOnly: false,
      title: changeOf(row.deleted, row.inserted) || 'A change of formatting or style',
      quote: row.deleted.trim(),
      replies: messages(row.replies),
      closed: closedAs(row, name),
      place: null,
    });
  const order = (note: Omit<Note, 'number'>): number => note.place?.from ?? Infinity;
  return notes
    .toSorted((a, b) => (order(a) === order(b) ? 0 : order(a) - order(b)))
    .map((note, i) => ({ ...note, number: i + 1 }));
}

function byTime(messages: readonly NoteMessage[]): NoteMessage[] {
  return messages.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function suggestionNote(
  id: string,
  by: string,
  row: SuggestionRow | undefined,
  name: (id: string) => string,
): Pick<Note, 'id' | 'kind' | 'author' | 'at' | 'text' | 'edited'> {
  const text = row?.reason ?? '';
  return { id, kind: 'suggestion', author: name(by), at: row?.at ?? '', text, edited: false };
}

function lastEnd(part: SuggestionInText): number {
  return Math.max(...part.ranges.map((range) => range.to));
}

function closedAs(row: SuggestionRow, name: (id: string) => string): string {
  const who = row.decidedBy === undefined ? '' : ` by ${name(row.decidedBy)}`;
  switch (row.status) {
    case 'accepted':
      return `Accepted${who}`;
    case 'rejected':
      return `Rejected${who}`;
    case 'settled':
      return 'Withdrawn';
    case 'pending':
      return 'Not in the text';
  }
}

const line = (text: string): string => text.replaceAll('\n', '¶').replaceAll('\ufffc', '[note]');

/** A change of text in words; '' if neither side has any. */
function changeOf(deleted: string, inserted: string): string {
  if (deleted !== '' && inserted !== '')
    return `Replace “${line(deleted)}” with “${line(inserted)}”`;
  if (inserted !== '') return `Insert “${line(inserted)}”`;
  return deleted === '' ? '' : `Delete “${line(deleted)}”`;
}

function wholeTitle({ what, rows, goes }: WholeChange, words: string): string {
  const things = {
    figure: goes ? 'the picture' : 'a picture',
    table: goes ? 'the table' : 'a table',
    row: rows === 1 ? (goes ? 'the row' : 'a row') : `${rows} rows`,
  };
  return `${goes ? 'Delete' : 'Insert'} ${things[what]} “${line(words)}”`;
}

function titleOf(part: SuggestionInText, doc: Node): string {
  const says: string[] = [];
  if (part.whole) says.push(wholeTitle(part.whole, part.whole.goes ? part.deleted : part.inserted));
  else if (part.kind === 'split') says.push('Start a new paragraph here');
  else if (part.kind === 'join') says.push('Join with the paragraph before');
  else if (part.deleted + part.inserted !== '') says.push(changeOf(part.deleted, part.inserted));
  const { add, remove } = part.formats;
  const words = part.ranges
    .filter((range) => range.kind === 'format')
    .map(({ from, to }) => doc.textBetween(from, to, ' '));
  const on = words.length > 0 ? ` on “${line(words.join(' '))}”` : '';
  if (add.length > 0) says.push(`Add ${add.join(', ')}${on}`);
  if (remove.length > 0) says.push(`Remove ${remove.join(', ')}${on}`);
  if (part.styles)
    says.push(`Change ${shapeName(part.styles.before)} to ${shapeName(part.styles.after)}`);
  return says.join('; ') || 'A change';
}

const styleNames: Record<BlockStyle, string> = {
  paragraph: 'paragraph',
  heading1: 'heading 1',
  heading2: 'heading 2',
  heading3: 'heading 3',
  heading4: 'heading 4',
  quote: 'quotation',
  caption: 'caption',
  credit: 'credit',
  bio: 'biography',
};

function shapeName({ style, list }: BlockShape): string {
  if (!list) return styleNames[style];
  const kind = list.kind === 'ordered' ? 'numbered' : 'bulleted';
  const level = list.level === 0 ? '' : ` at level ${list.level + 1}`;
  const what = style === 'paragraph' ? '' : `, ${styleNames[style]}`;
  return `${kind} list item${level}${what}`;
}
