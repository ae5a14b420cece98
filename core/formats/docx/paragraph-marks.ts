/** Suggested splits and joins. In the document an entry stands on the boundary before a block; in Word it is the mark at
 *  the end of the paragraph before. A paragraph that is put in or struck as a whole carries it on its own mark, as Word
 *  itself writes it, so that the paragraph after it keeps its style. */
import type { Node } from 'prosemirror-model';
import type { BlockEntry } from '#core/article/schema.ts';
import {
  entriesOf,
  isDeletion,
  isInsertion,
  isLooseBetween,
  isWhole,
  sameShape,
  shapeOf,
  type Authored,
} from '#core/suggest/entries.ts';
import { inQuotes } from '#core/formats/warning.ts';
import type { Writing } from '#core/formats/docx/writing.ts';

/** What is suggested about the mark at the end of a paragraph. */
export interface ParagraphMark {
  ins: Authored | null;
  del: Authored | null;
}

/** True if all words of the block are of one kind of suggestion. */
function wordsGo(block: Node, kind: 'ins' | 'del'): boolean {
  const is = kind === 'ins' ? isInsertion : isDeletion;
  return block.content.content.every((node) => node.marks.some(is));
}

/** The marks of all blocks of the document, by index. */
export function paragraphMarks(writing: Writing): ParagraphMark[] {
  const blocks = writing.doc.content.content;
  const marks = blocks.map((): ParagraphMark => ({ ins: null, del: null }));
  /** The block that one joins: figures and tables that come or go are passed over. */
  const before = (index: number, own: BlockEntry | null): number => {
    let at = index - 1;
    const goes = (node: Node): boolean =>
      isWhole(node) && entriesOf(node).some(({ k }) => k === own?.k);
    for (let node = blocks[at]; node && goes(node); node = blocks[at]) at -= 1;
    return at;
  };
  const loose = (index: number, own: BlockEntry | null): boolean => {
    const node = blocks[index];
    return node?.type.name === 'block' && isLooseBetween(blocks[before(index, own)], node);
  };
  /** Put in behind a figure or a table that stays, with all its words: it comes by itself. */
  const comesAlone = (index: number, own: BlockEntry): boolean => {
    const [node, last] = [blocks[index], blocks[before(index, own)]];
    return (
      own.k === 'ins' &&
      node?.type.name === 'block' &&
      !!last &&
      isWhole(last) &&
      wordsGo(node, 'ins')
    );
  };
  const entry = (index: number, kind: 'ins' | 'del'): BlockEntry | null => {
    const node = blocks[index];
    if (!node) return null;
    const [first, ...more] = entriesOf(node).filter(
      (one) => one.k === kind && (loose(index, one) || comesAlone(index, one)),
    );
    for (const { by, id } of more)
      writing.warn(
        'left-out',
        `${writing.nameOf(by)} struck the end of the paragraph before ${inQuotes(node.textContent)} as well: Word holds one striking of it.`,
        id,
      );
    return first ?? null;
  };
  blocks.forEach((node, i) => {
    const last = blocks[i - 1];
    if (node.type.name !== 'block' || !last || !isWhole(last)) return;
    for (const one of entriesOf(node))
      if (one.k !== 'block' && !loose(i, one) && !comesAlone(i, one))
        writing.warn(
          'left-out',
          `That ${inQuotes(node.textContent)} is joined with a picture or a table before it is not in Word, where no text runs into one.`,
          one.id,
        );
  });
  for (const kind of ['ins', 'del'] as const) {
    for (let i = 1; i < blocks.length; i += 1) {
      const begins = entry(i, kind);
      if (!begins) continue;
      let end = i;
      while (end < blocks.length && entry(end, kind) && wordsGo(blocks[end] as Node, kind))
        end += 1;
      const shifts = comesAlone(i, begins) || (end > i && loose(end, null) && !entry(end, kind));
      for (let at = i; at < Math.max(end, i + 1); at += 1) {
        const own = entry(at, kind);
        const joined = before(at, own);
        const mark = marks[shifts ? at : joined];
        if (mark) mark[kind] = own;
        if (!shifts) warnOfStyle(writing, blocks[joined], blocks[at], kind);
      }
      i = Math.max(i, end - 1);
    }
  }
  return marks;
}

function warnOfStyle(
  writing: Writing,
  before: Node | undefined,
  block: Node | undefined,
  kind: 'ins' | 'del',
): void {
  if (!before || !block || before.type !== block.type) return;
  if (sameShape(shapeOf(before), shapeOf(block))) return;
  const what = kind === 'del' ? 'accepts the join' : 'rejects the split';
  writing.warn(
    'changed',
    `If Word ${what} before ${inQuotes(block.textContent)}, the paragraph takes the style of its second half.`,
  );
}
