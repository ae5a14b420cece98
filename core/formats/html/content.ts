/** Writes what is in a block: the marks of its boundary, its words, and its notes beside it. */
import type { BlockEntry } from '#core/article/schema.ts';
import { changeTag, inlineHtml } from '#core/formats/html/inline.ts';
import { noteHtml } from '#core/formats/html/notes.ts';
import type { CopyBlock, ReadingCopy } from '#core/formats/reading-copy.ts';

/** The marks of suggestions about the boundary before a block. */
function boundaryHtml(copy: ReadingCopy, block: CopyBlock): string {
  if (!copy.marked) return '';
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

/** The words of a block with the marks of its boundary. */
export function contentHtml(copy: ReadingCopy, block: CopyBlock, seen: Set<string>): string {
  return boundaryHtml(copy, block) + inlineHtml(copy, block, seen);
}
