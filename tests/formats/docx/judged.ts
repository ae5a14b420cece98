/** Holds what Galley writes as a Word file to what independent programs read in it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Node } from 'prosemirror-model';
import { expect } from 'vitest';
import { filesById, type KnownFacts } from '#core/facts/seen-facts.ts';
import { factLines } from '#core/facts/fact-list.ts';
import { stateWords } from '#core/facts/fact-words.ts';
import { writeDocx } from '#core/formats/docx/write-docx.ts';
import type { Review } from '#core/sync/review.ts';
import { readWithOffice } from '#tests/formats/docx/office.ts';
import { fold, readWithPandoc, squeeze } from '#tests/formats/docx/pandoc.ts';
import { wordsIn } from '#tests/formats/round-trip.ts';

/** The words of a view; the signs of references to notes are no words. */
const textOf = ({ doc }: Review, view: 'accepted' | 'original'): string =>
  wordsIn(doc, view).replace(/\[(?:\^\d+|\?)\]/gu, '');

/** True for what stands in a footnote: its comment is on the number of the note. */
function isInNote({ doc }: Review, pos: number): boolean {
  return doc.resolve(pos).node(1).type.name === 'footnote';
}

/** A message as a program without threads reads it. */
interface Said {
  author: string;
  date: string;
  text: string;
}

const second = (at: string): string => at.slice(0, 19);

/** Every message of the comments, with the words they stand on; those on footnotes are left to the warnings of the writer. */
function saidIn(review: Review): (Said & { words: string; resolved: boolean })[] {
  const name = (id: string): string => review.people.get(id)?.name ?? id;
  return [...review.comments.values()]
    .filter(({ status }) => status !== 'deleted')
    .flatMap((one) => {
      const found = review.anchors.byId.get(one.id);
      const words = found?.state === 'attached' ? wordsShown(review, found.from, found.to) : '';
      return [one, ...one.replies].map(({ by, at, text }) => ({
        author: fold(name(by)),
        date: second(at),
        text: fold(text),
        words,
        resolved: one.status === 'resolved',
      }));
    });
}

/** Words that one put in and another struck; pandoc shows neither them nor their changes where it shows all others. */
const isNested = (node: Node): boolean =>
  node.marks.some(({ type }) => type.name === 'insertion') &&
  node.marks.some(({ type }) => type.name === 'deletion');

/** The words of a range without those. */
function wordsShown({ doc }: Review, from: number, to: number): string {
  let words = '';
  doc.nodesBetween(from, to, (node, pos) => {
    if (node.isText && !isNested(node))
      words += (node.text ?? '').slice(Math.max(0, from - pos), to - pos);
  });
  return squeeze(words);
}

const kinds: Readonly<Record<string, 'ins' | 'del' | undefined>> = {
  insertion: 'ins',
  deletion: 'del',
};

/** The changes of words that are pending, by kind, author and time, as far as programs show them. */
function changesIn(review: Review): { kind: 'ins' | 'del'; author: string; date: string }[] {
  const found: ReturnType<typeof changesIn> = [];
  review.doc.descendants((node) => {
    if (!node.isText || isNested(node)) return;
    for (const { type, attrs } of node.marks) {
      const kind = kinds[type.name];
      const by = review.people.get(String(attrs['by']))?.name ?? '';
      const date = second(review.suggestions.get(String(attrs['id']))?.at ?? '');
      if (kind) found.push({ kind, author: fold(by), date });
    }
  });
  return found;
}

function withFile(
  review: Review,
  facts: KnownFacts,
  judge: (file: string, folder: string) => void,
): void {
  const folder = mkdtempSync(join(tmpdir(), 'galley-judged-'));
  try {
    const file = join(folder, 'copy.docx');
    writeFileSync(file, writeDocx(review, { view: 'marked', notice: null, facts }).content);
    judge(file, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The text both ways, every comment with its author, time and words, and every change, as pandoc reads them. `written` is another review in the place of the one that is meant, for a judge that must find it out. */
export function judgedByPandoc(review: Review, facts: KnownFacts, written = review): void {
  withFile(written, facts, (file) => {
    expect(readWithPandoc(file, 'accept')?.text).toBe(textOf(review, 'accepted'));
    expect(readWithPandoc(file, 'reject')?.text).toBe(textOf(review, 'original'));
    const read = readWithPandoc(file, 'all');
    const comments = read?.comments.map(({ author, date, text, words }) => ({
      author: fold(author),
      date,
      text,
      words: squeeze(words),
    }));
    for (const { resolved: _resolved, words, ...one } of saidIn(review))
      expect(comments).toContainEqual({ ...one, words: words === '' ? expect.any(String) : words });
    for (const one of changesIn(review)) expect(read?.changes).toContainEqual(one);
  });
}

/** The body of a view, or its notes. */
function partOf(review: Review, view: 'accepted' | 'original', notes: boolean): string {
  const blocks = review.doc.content.content.filter(
    (node) => (node.type.name === 'footnote') === notes,
  );
  // Each part alone is no document; its words are read in one that has the other's place empty.
  const filler = review.doc.type.schema.node('headline');
  const body = notes ? [filler, review.doc.type.schema.node('block'), ...blocks] : blocks;
  return textOf({ ...review, doc: review.doc.type.create(null, body) }, view);
}

/** LibreOffice drops a comment that begins in one cell of a table and ends in another or outside. */
function withoutCellCrossings(review: Review): Review {
  const crosses = (id: string): boolean => {
    const found = review.anchors.byId.get(id);
    if (found?.state !== 'attached') return false;
    const [first, last] = [found.from, found.to].map((pos) => review.doc.resolve(pos).node(1));
    return first !== last && [first, last].some((node) => node?.type.name === 'cell');
  };
  return { ...review, comments: new Map([...review.comments].filter(([id]) => !crosses(id))) };
}

/** The same as LibreOffice reads it, with the states of threads. It joins changes that touch: texts are compared, not
 *  numbers; and notes are compared in the copies without comments. */
export function judgedByOffice(review: Review, facts: KnownFacts): void {
  withFile(review, facts, (file, folder) => {
    const read = readWithOffice(file, folder);
    expect(read?.accepted).toBe(partOf(review, 'accepted', false));
    expect(read?.rejected).toBe(partOf(review, 'original', false));
    for (const { words: _words, ...one } of saidIn(withoutCellCrossings(review)))
      expect(read?.comments).toContainEqual(one);
    const authors = new Set(read?.changes.map(({ author }) => author));
    for (const { author } of changesIn(review)) expect(authors).toContain(author);
    for (const view of ['accepted', 'original'] as const) {
      writeFileSync(file, writeDocx(review, { view, notice: null, facts }).content);
      const clean = readWithOffice(file, folder);
      expect(clean?.accepted).toBe(partOf(review, view, false));
      expect(clean?.notes).toBe(partOf(review, view, true));
      expect(clean?.comments).toEqual([]);
    }
  });
}

/** Each fact is a comment that says its state, and names each of its sources with its address. */
export function factsJudged(review: Review, facts: KnownFacts): void {
  withFile(review, facts, (file) => {
    const comments = readWithPandoc(file, 'all')?.comments ?? [];
    for (const { id, state, citations } of factLines(review, filesById(facts))) {
      const place = review.anchors.byId.get(id);
      const words = squeeze(place?.exact ?? '');
      const onNumber = place !== undefined && isInNote(review, place.from);
      const found = comments.find(
        (one) =>
          one.text.startsWith(`[Fact-check · ${stateWords(state)}]`) &&
          (onNumber || squeeze(one.words) === words),
      );
      expect(found, `the fact on ${words}`).toBeDefined();
      for (const { sourceId } of citations) {
        const source = facts.sources.find((one) => one.id === sourceId);
        expect(found?.text).toContain(fold(source?.title ?? '?'));
        expect(found?.text).toContain(source?.address ?? '?');
      }
    }
  });
}
