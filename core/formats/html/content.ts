/** Writes what is in a block: the marks of its boundary, its words, and its notes beside it. */
import type { BlockEntry } from '#core/article/schema.ts';
import { changeTag, inlineHtml } from '#core/formats/html/inline.ts';
import { noteHtml } from '#core/formats/html/notes.ts';
import type { CopyBlock, ReadingCopy } from '#core/formats/reading-copy.ts';
import { noChanges, type WholeChanges } from '#core/formats/whole-changes.ts';
import { isWhole } from '#core/suggest/entries.ts';

/** The marks of suggestions about the boundary before a block; figures and rows show theirs on the whole. */
function boundaryHtml(copy: ReadingCopy, block: CopyBlock): string {
  if (!copy.marked || isWhole(block.node)) return '';
  return ((block.node.attrs['sugg'] ?? []) as BlockEntry[])
    .filter((entry) => entry.k !== 'block')
    .map((entry) => {
      const name = entry.k === 'ins' ? 'ins' : 'del';
      return `${changeTag(copy, name, entry)}¶</${name}>`;
    })
    .join('');
}

/** The notes of a block as asides, each counted as written. */
export function asides(copy: ReadingCopy, block: CopyBlock): string {
  for (const note of block.notes) copy.wrote(note);
  return block.notes.map(noteHtml).join('');
}

/** What comes or goes as a whole, in the elements that say so. */
export function wholeHtml(copy: ReadingCopy, { ins, del }: WholeChanges, content: string): string {
  const struck = del.reduceRight(
    (inner, one) => `${changeTag(copy, 'del', one)}${inner}</del>`,
    content,
  );
  return ins ? `${changeTag(copy, 'ins', ins)}${struck}</ins>` : struck;
}

/** The words of a block with the marks of its boundary. What `around` says of all of them is not said again. */
export function contentHtml(
  copy: ReadingCopy,
  block: CopyBlock,
  seen: Set<string>,
  around: WholeChanges = noChanges,
): string {
  const ids = new Set([...(around.ins ? [around.ins] : []), ...around.del].map(({ id }) => id));
  return boundaryHtml(copy, block) + inlineHtml(copy, block, seen, ids);
}
