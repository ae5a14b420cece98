/** Finds the words that a note of a file is about. */
import type { Draft, DraftBlock, DraftPoint } from '#core/formats/import/draft.ts';

interface Place {
  from: DraftPoint;
  to: DraftPoint;
}

/** The place of quoted words that end at `here`, over blocks if need be; else the last place in the block that has
 *  them; null if there is none. */
export function placeBefore(draft: Draft, here: DraftPoint, quote: string): Place | null {
  const last = draft.blocks.lastIndexOf(here.block);
  // One entry for each character before the note: where it stands. Blocks are joined by a space, as in quotations.
  let text = here.block.line.before(here.offset, quote.length);
  const parts: { block: DraftBlock; at: number }[] = [
    { block: here.block, at: text.length - here.offset },
  ];
  for (let i = last - 1; i >= 0 && text.length < quote.length; i -= 1) {
    const block = draft.blocks[i];
    if (!block) break;
    const words = `${block.line.words} `;
    for (const part of parts) part.at += words.length;
    parts.unshift({ block, at: 0 });
    text = words + text;
  }
  if (text.endsWith(quote)) {
    const at = text.length - quote.length;
    const part = parts.findLast((one) => one.at <= at);
    if (part) return { from: { block: part.block, offset: at - part.at }, to: here };
  }
  const { words } = here.block.line;
  const at = words.lastIndexOf(quote, here.offset);
  return at < 0 ? null : range(here.block, at, at + quote.length);
}

/** So far back a word before a place is looked for. */
const farthest = 1000;

/** The word before a place, or else the one after it; null in a block without words. */
export function placeOfWord({ block, offset }: DraftPoint): Place | null {
  const words = block.line.before(offset, farthest);
  const end = words.trimEnd().length;
  if (end === 0) return null;
  let from = end;
  while (from > 0 && (words[from - 1] ?? '').trim() !== '') from -= 1;
  const start = offset - words.length;
  return range(block, start + from, start + end);
}

function range(block: DraftBlock, from: number, to: number): Place {
  return { from: { block, offset: from }, to: { block, offset: to } };
}
