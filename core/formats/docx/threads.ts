/** The notes of a review as Word's comments: threads with their messages, in the order of the text. */
import type { KnownFacts } from '#core/facts/seen-facts.ts';
import { filesById } from '#core/facts/seen-facts.ts';
import { factLines, type FactLine } from '#core/facts/fact-list.ts';
import { stateWords } from '#core/facts/fact-words.ts';
import { citationInWords, foundInWords } from '#core/formats/found-words.ts';
import { notesOf, type Note } from '#core/formats/note-list.ts';
import type { Reply } from '#core/annotate/annotation.ts';
import { wordName } from '#core/formats/docx/writing.ts';
import type { SuggestionInText } from '#core/suggest/list.ts';
import type { Review } from '#core/sync/review.ts';

/** One comment of a thread. `at` is ISO 8601 or ''. `id` is that of the note or reply whose words it holds; '' for words
 *  that are made for the file, as of a fact's state. */
export interface Message {
  id: string;
  author: string;
  at: string;
  text: string;
}

/** A thread on its way into the file. */
export interface Thread {
  id: string;
  kind: Note['kind'];
  /** A note whose words are gone stands, empty, at one place. */
  from: number;
  to: number;
  resolved: boolean;
  messages: Message[];
  note: Note;
  /** It knows no words beside its place: it came without a range. */
  bare: boolean;
}

/** All notes of the review, and those of them that become threads. Others (a change without a word about it) need none. */
export function threadsOf(
  review: Review,
  facts: KnownFacts,
  suggestions: readonly SuggestionInText[],
): { notes: Note[]; threads: Thread[]; changes: Note[]; lost: Note[] } {
  const notes = notesOf(review, facts);
  const name = (id: string): string => wordName(review, id);
  const said = (replies: readonly Reply[]): Message[] =>
    replies.map(({ id, by, at, text }) => ({ id, author: name(by), at, text }));
  const lines = new Map(factLines(review, filesById(facts)).map((line) => [line.id, line]));
  const parts = new Map(suggestions.map((one) => [one.id, one]));
  const threads: Thread[] = [];
  const changes: Note[] = [];
  const lost: Note[] = [];
  for (const note of notes) {
    const { id, kind } = note;
    const at = note.place?.from ?? review.anchors.byId.get(id)?.from ?? 0;
    const place = { from: at, to: note.place?.to ?? at };
    const anchor = review.anchors.byId.get(id);
    const bare = !anchor || anchor.exact + anchor.prefix + anchor.suffix === '';
    const begin = (messages: Message[], resolved = false): void =>
      void threads.push({ id, kind, ...place, resolved, messages, note, bare });
    if (kind === 'comment') {
      const comment = review.comments.get(id);
      if (!comment) continue;
      const first = { id, author: name(comment.by), at: comment.at, text: comment.text };
      begin([first, ...said(comment.replies)], comment.status === 'resolved');
    } else if (kind === 'fact') {
      const replies = said(review.occurrences.get(id)?.replies ?? []);
      begin(factMessages(note, lines.get(id), facts, replies, name));
    } else {
      if (note.place === null) {
        lost.push(note);
        continue;
      }
      changes.push(note);
      const row = review.suggestions.get(id);
      const words = said(row?.replies ?? []);
      if (row && row.reason !== '')
        words.unshift({ id, author: name(row.by), at: row.at, text: row.reason });
      const part = parts.get(id);
      if (words.length > 0 && part)
        threads.push({
          id,
          kind,
          ...headOf(part),
          resolved: false,
          messages: words,
          note,
          bare: false,
        });
    }
  }
  const inOrder = threads.toSorted((a, b) => a.from - b.from);
  return { notes, threads: inOrder, changes, lost };
}

/** The first stretch of a suggestion: its parts as far as they touch. */
function headOf({ from, ranges }: SuggestionInText): { from: number; to: number } {
  let to = from;
  for (const range of ranges.toSorted((a, b) => a.from - b.from))
    if (range.from <= to || to === from) to = Math.max(to, range.to);
    else break;
  return { from, to };
}

/** How a fact begins: where it stands, and what is to be checked. */
const factPrefix = (state: string): string => `[Fact-check · ${state}]`;

function factMessages(
  note: Note,
  line: FactLine | undefined,
  facts: KnownFacts,
  replies: readonly Message[],
  name: (id: string) => string,
): Message[] {
  const claim = line?.claim;
  const statement = claim && claim.text !== note.quote ? [claim.text] : [];
  const check = claim?.check ? [claim.check] : [];
  const sources = (line?.citations ?? []).map((citation) =>
    citationInWords(
      citation,
      facts.sources.find(({ id }) => id === citation.sourceId),
    ),
  );
  const head = factPrefix(line ? stateWords(line.state) : 'Open');
  const said = [...statement, ...check];
  const first = {
    id: '',
    author: name(line?.markedBy ?? ''),
    at: note.at,
    text: [`${head} ${said[0] ?? note.title}`.trimEnd(), ...said.slice(1), ...sources].join('\n'),
  };
  const found = line ? foundInWords({ ...line, citations: [] }, facts, name) : [];
  const rest = [...found.map(({ author, at, text }) => ({ id: '', author, at, text })), ...replies];
  return [first, ...rest.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))];
}
