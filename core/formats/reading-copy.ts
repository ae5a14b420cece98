/** What every reading format starts from: the document of a view, its notes by block, its footnotes, and a record of
 *  what was written, so that what is missing at the end is named. */
import type { Node } from 'prosemirror-model';
import { keptPicture } from '#core/article/picture.ts';
import { tableRuns } from '#core/article/table.ts';
import type { KnownFacts } from '#core/facts/seen-facts.ts';
import type { Asset, Assets } from '#core/formats/assets/asset.ts';
import { unfitCount } from '#core/formats/clean-text.ts';
import { numberFootnotes, type Footnotes } from '#core/formats/footnote-numbers.ts';
import { runsOf, type BlockRuns } from '#core/formats/inline-run.ts';
import { notesOf, type Note } from '#core/formats/note-list.ts';
import { docOf, viewNames, type View } from '#core/formats/view.ts';
import { inQuotes, warning, type Warning } from '#core/formats/warning.ts';
import { headlineOf, type Review } from '#core/sync/review.ts';

/** How many notes there are, by kind. */
export type NoteCounts = Record<Note['kind'], number>;

/** A written file. `counts` compares the notes of the review with those that the file holds. */
export interface WrittenCopy {
  content: string;
  warnings: Warning[];
  counts: { in: NoteCounts; out: NoteCounts };
}

/** What to write. `notice` is the first line of a copy of an article that is not cleared, or null. */
export interface CopyOptions {
  view: View;
  notice: string | null;
  /** What is known of the facts; a marked copy prints it. */
  facts?: KnownFacts | undefined;
  /** The pictures that are kept, for formats that hold them. */
  assets?: Assets | undefined;
}

/** A block of the document with what a writer needs of it. */
export interface CopyBlock extends BlockRuns {
  node: Node;
  /** The notes that end in this block, in the order of their numbers. */
  notes: Note[];
}

/** A reading copy on its way to a file. */
export interface ReadingCopy {
  review: Review;
  view: View;
  marked: boolean;
  headline: string;
  blocks: CopyBlock[];
  footnotes: Footnotes;
  /** Notes whose words are gone, or that were decided: they go at the end. */
  loose: Note[];
  people: Review['people'];
  /** The pictures that are kept. */
  assets: Assets;
  /** Says that a note is in the file. */
  wrote(note: Note): void;
  warn(warning: Warning): void;
  finish(content: string): WrittenCopy;
}

function count(notes: Iterable<Note>): NoteCounts {
  const counts: NoteCounts = { comment: 0, fact: 0, suggestion: 0 };
  for (const note of notes) counts[note.kind] += 1;
  return counts;
}

/** Prepares a review to be written in a view. */
export function readingCopy(
  review: Review,
  view: View,
  facts?: KnownFacts,
  assets: Assets = new Map(),
): ReadingCopy {
  const marked = view === 'marked';
  const doc = docOf(review.doc, view);
  const all = notesOf(review, facts);
  const inText = marked ? all.filter((note) => note.place !== null) : [];
  const footnotes = numberFootnotes(doc);
  const written = new Set<Note>();
  const warnings: Warning[] = [];
  const blocks: CopyBlock[] = [];
  doc.forEach((node, offset) => {
    const end = offset + node.nodeSize;
    const here = inText.filter(({ place }) => place && place.from < end && place.to > offset);
    const runs = runsOf(node, offset, here);
    const notes = [...runs.before, ...runs.runs.flatMap((run) => run.ends)];
    blocks.push({ node, ...runs, notes: notes.toSorted((a, b) => a.number - b.number) });
    const unfit = unfitCount(node.textContent);
    if (unfit > 0)
      warnings.push(
        warning(
          'changed',
          `${unfit} characters that no file can hold were replaced in ${inQuotes(node.textContent)}.`,
        ),
      );
  });
  for (const id of footnotes.missing)
    warnings.push(
      warning('changed', `A reference has no footnote (“${id}”); it is written as [?].`),
    );
  return {
    review,
    view,
    marked,
    headline: headlineOf(doc),
    blocks,
    footnotes,
    loose: marked ? all.filter((note) => note.place === null) : [],
    people: review.people,
    assets,
    wrote: (note) => void written.add(note),
    warn: (one) => void warnings.push(one),
    finish: (content) => {
      for (const note of all)
        if (!written.has(note))
          warnings.push(
            warning('left-out', `${nameOf(note)} is not in ${viewNames[view]}.`, note.id),
          );
      return { content, warnings, counts: { in: count(all), out: count(written) } };
    },
  };
}

/** The picture of a figure. */
export function pictureOf({ attrs }: Node): { src: string; alt: string } {
  return { src: attrs['src'] as string, alt: attrs['alt'] as string };
}

/** The bytes that go with a figure; undefined for a picture that is elsewhere or is not to be had. */
export function assetOf({ attrs }: Node, assets: Assets | undefined): Asset | undefined {
  const kept = keptPicture(String(attrs['src']));
  return kept ? assets?.get(kept.hash) : undefined;
}

/** Says that a picture which is kept in the library does not go with the file. */
export function warnOfKept(copy: ReadingCopy, figure: Node): void {
  const { src, alt } = pictureOf(figure);
  if (src.startsWith('asset:'))
    copy.warn(
      warning(
        'left-out',
        `The picture ${inQuotes(alt || figure.textContent)} is kept in the library and is not in the file.`,
      ),
    );
}

/** A part of a copy's body: a block, or the cells of one table. */
export type BodyPart = { is: 'block'; block: CopyBlock } | { is: 'table'; cells: CopyBlock[] };

/** The body of a copy with its tables put together. */
export function bodyParts(blocks: readonly CopyBlock[]): BodyPart[] {
  const runs = tableRuns(blocks.map(({ node }) => node));
  const parts: BodyPart[] = [];
  let at = 0;
  for (const { from, to } of [...runs, { from: blocks.length, to: blocks.length }]) {
    for (const block of blocks.slice(at, from)) parts.push({ is: 'block', block });
    if (to > from) parts.push({ is: 'table', cells: blocks.slice(from, to) });
    at = to;
  }
  return parts;
}

const kindNames: Record<Note['kind'], string> = {
  comment: 'The comment',
  fact: 'The fact',
  suggestion: 'The suggestion',
};

/** A note in words, with its author and its place. */
export function nameOf(note: Note): string {
  const on = note.quote === '' ? '' : ` on ${inQuotes(note.quote)}`;
  const what = note.kind === 'suggestion' ? ` (${note.title})` : '';
  const where = note.place ? ` at ${note.place.from}` : '';
  return `${kindNames[note.kind]} of ${note.author}${on}${what}${where}`;
}

/** A time for people: "2026-11-20 10:00 UTC"; what is no ISO time is given as it is. */
export function timeInWords(at: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(at) ? `${at.slice(0, 10)} ${at.slice(11, 16)} UTC` : at;
}
