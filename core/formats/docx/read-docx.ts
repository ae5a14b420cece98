/** Reads a Word file into a review: its text with every tracked change as a suggestion, its comments as threads, its
 *  notes as footnotes. What an article cannot hold is told in a warning. It never throws, and looks at nothing but
 *  the bytes it is given. */
import { addThreads } from '#core/formats/docx/read-threads.ts';
import { openPackage, type WordPackage } from '#core/formats/docx/open-package.ts';
import { placeMarks, type FlowItem } from '#core/formats/docx/paragraph-flow.ts';
import { BlockReader } from '#core/formats/docx/read-blocks.ts';
import { readComments, type WordComment } from '#core/formats/docx/read-comments.ts';
import { readWayBack, type WayBack } from '#core/formats/docx/read-way-back.ts';
import { child, type XmlElement, XmlRefusal } from '#core/formats/docx/read-xml.ts';
import { Reading } from '#core/formats/docx/reading.ts';
import type { DraftBlock } from '#core/formats/import/draft.ts';
import { finishDraft } from '#core/formats/import/finish.ts';
import type { ImportContext, Imported } from '#core/formats/import/imported.ts';
import { languageOf } from '#core/formats/import/roles.ts';
import { endsSentence, wordCount } from '#core/formats/text/shape.ts';
import { inQuotes } from '#core/formats/warning.ts';
import type { ErrorCode } from '#core/sync/error.ts';

/** The article of a file, or why there is none: a code of the table, and a sentence about the file. */
export type DocxRead =
  | { ok: true; imported: Imported }
  | { ok: false; code: ErrorCode; detail: string };

const refusal = (unsafe: boolean, detail: string): Exclude<DocxRead, { ok: true }> => ({
  ok: false,
  code: unsafe ? 'FILE_UNSAFE' : 'FILE_NOT_WORD',
  detail,
});

/** Reads the bytes of a file. */
export function readDocx(bytes: Uint8Array, context: ImportContext): DocxRead {
  return readWith(bytes, (file) => ({ imported: readPackage(file, context) }));
}

/** A file that Galley may have sent out: its text, what it says of its way back, and its comments by their names in it. */
export interface ReturnedFile {
  imported: Imported;
  wayBack: WayBack | null;
  comments: readonly WordComment[];
}

/** Reads a file that may have come back. */
export function readReturned(
  bytes: Uint8Array,
  context: ImportContext,
): Exclude<DocxRead, { ok: true }> | ({ ok: true } & ReturnedFile) {
  return readWith(bytes, (file) => ({
    imported: readPackage(file, context),
    wayBack: readWayBack(file),
    comments: readComments(file),
  }));
}

/** Reads only whether a file was sent out by Galley, and of which article. */
export const readSender = (bytes: Uint8Array) =>
  readWith(bytes, (file) => ({ wayBack: readWayBack(file) }));

function readWith<T extends object>(
  bytes: Uint8Array,
  read: (file: WordPackage) => T,
): Exclude<DocxRead, { ok: true }> | ({ ok: true } & T) {
  if (bytes.length === 0) return { ok: false, code: 'FILE_EMPTY', detail: '' };
  try {
    const opened = openPackage(bytes);
    if (!opened.ok) return refusal(opened.unsafe, opened.detail);
    return { ok: true, ...read(opened.file) };
  } catch (error) {
    if (error instanceof XmlRefusal) return refusal(error.unsafe, error.message);
    throw error;
  }
}

function readPackage(file: WordPackage, context: ImportContext): Imported {
  const reading = new Reading(file, context.hashBytes);
  const { draft } = reading;
  const wayBack = readWayBack(file);
  const own = wayBack !== null || isOwn(file);
  const reader = new BlockReader(reading);
  reader.read(child(file.part(file.main) ?? undefined, 'w:body')?.children ?? []);
  // A note may not refer to a further one, so the list does not grow while it is read.
  for (const note of reading.notes) reader.readNote(note);
  giveRoles(reader, own);
  if (!own) guessHeadline(reader);
  placeMarks(reader.flow, ({ block }) =>
    draft.warn(
      'left-out',
      `The suggestion about the end of the paragraph ${inQuotes(block.line.words)} was left out: nothing follows it that it could join.`,
    ),
  );
  dropEmpty(reading, reader, own);
  addThreads(reading, wayBack);
  tellOutside(reading);
  reading.tellLosses();
  draft.checkText(draft.blocks.map(({ line }) => line.words).join('\n'));
  const language = languageOf(draft, context.language, wayBack?.article.language ?? '');
  return finishDraft(draft, context, language);
}

/** True for a copy without marks that Galley wrote. */
function isOwn(file: WordPackage): boolean {
  const part = file.related('', 'extended-properties');
  const root = part === null ? null : file.part(part);
  return (
    root?.children.some((one) => one.name === '?:Application' && one.text === 'Galley') === true
  );
}

/** True if nothing is suggested about a paragraph as a whole: only such a one can stand in the masthead. */
const isClean = ({ block, mark, barrier }: FlowItem): boolean =>
  !barrier && block.entries.length === 0 && mark.ins === null && mark.del === null;

/** Makes a block a part of the masthead, which nothing joins. */
function give(item: FlowItem, role: DraftBlock['role']): void {
  item.barrier = true;
  item.block.role = role;
  item.block.style = 'paragraph';
  item.block.list = null;
}

/** The masthead is what stands at the head of the text in its own styles and in its own order. */
function giveRoles({ flow, roles }: BlockReader, own: boolean): void {
  const order = ['kicker', 'headline', 'standfirst', 'byline'] as const;
  let next = 0;
  for (const item of flow) {
    const role = roles.get(item.block);
    const place = order.findIndex((one) => one === role);
    if (place < next || !isClean(item)) return;
    // A standfirst stands under a headline; only an article of ours may lack one.
    if (place > 1 && next < 2 && !own) return;
    next = place + 1;
    give(item, order[place] ?? 'block');
  }
}

/** The first heading, or a first line that reads like one, is the headline. Words are never taken off it. */
function guessHeadline({ flow }: BlockReader): void {
  if (flow.some(({ block }) => block.role === 'headline')) return;
  const at = flow.findIndex(({ block }) => block.role !== 'kicker' && block.line.size > 0);
  const item = flow[at];
  if (!item || !isClean(item) || item.block.list !== null || at === flow.length - 1) return;
  const { block } = item;
  const { words } = block.line;
  const count = wordCount(words);
  const isTop = block.style === 'heading1';
  const isLine = block.style === 'paragraph' && count > 0 && count <= 20 && !endsSentence(words);
  if (!isTop && !isLine) return;
  give(item, 'headline');
  block.sure = isTop ? 0.7 : 0.5;
}

/** Paragraphs without anything in them are left out, unless something is suggested or said about them. */
function dropEmpty({ draft, places }: Reading, reader: BlockReader, own: boolean): void {
  const noted = new Set<DraftBlock>();
  for (const { from, to, reference } of places.values())
    for (const point of [from, to, reference]) if (point) noted.add(point.block);
  const empty = new Set<DraftBlock>();
  let dropped = 0;
  for (const [i, { block, mark }] of reader.flow.entries()) {
    const isGap = reader.roles.get(block) === 'gap';
    const isEmpty = block.role === 'block' && block.line.size === 0 && block.list === null;
    const next = reader.flow[i + 1]?.block;
    // A table that comes or goes needs what parts it from the one before; a figure needs nothing.
    const isWhole = next?.role === 'figure' || next?.role === 'cell';
    const counts = !isWhole || (next.role === 'cell' && reader.flow[i - 1]?.block.role === 'cell');
    const touched =
      block.entries.length > 0 ||
      mark.ins !== null ||
      mark.del !== null ||
      (counts && next?.entries.some(({ k }) => k !== 'block'));
    if (!isEmpty || touched || noted.has(block) || (own && !isGap)) continue;
    empty.add(block);
    if (!isGap) dropped += 1;
  }
  const kept = draft.blocks.filter((block) => !empty.has(block));
  draft.blocks.length = 0;
  for (const block of kept) draft.blocks.push(block);
  if (dropped > 0)
    draft.warn(
      'left-out',
      dropped === 1 ? 'Left out: an empty paragraph.' : `Left out: ${dropped} empty paragraphs.`,
    );
}

/** What stands outside the text: heads and feet of pages, notes that nothing refers to. */
function tellOutside(reading: Reading): void {
  const { file, draft } = reading;
  for (const sentence of file.outside()) draft.warn('left-out', sentence);
  const seen = new Set<string>();
  for (const { type, target, external } of file.relations(file.main).values()) {
    if (external || (type !== 'header' && type !== 'footer')) continue;
    const words = wordsIn(file.part(target)).replace(/\s+/gu, ' ').trim();
    if (words === '' || seen.has(words)) continue;
    seen.add(words);
    const where = type === 'header' ? 'head' : 'foot';
    draft.warn('left-out', `Left out: ${inQuotes(words)} at the ${where} of the pages.`);
  }
  const lone = reading.loneNotes();
  if (lone > 0)
    draft.warn(
      'left-out',
      lone === 1
        ? 'Left out: a note that nothing refers to.'
        : `Left out: ${lone} notes that nothing refers to.`,
    );
}

function wordsIn(element: XmlElement | null): string {
  let words = '';
  const walk = (one: XmlElement): void => {
    if (one.name === 'w:t') words += one.text;
    else if (one.name === 'w:p' || one.name === 'w:tab') words += ' ';
    one.children.forEach(walk);
  };
  if (element) walk(element);
  return words;
}
