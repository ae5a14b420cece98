/** Where a quotation stands in a document, when it stands in one place only. */
import type { Node } from 'prosemirror-model';
import type { Quote } from '#core/annotate/quote.ts';

/** The one place of the words inside one block; of several places, the one with the same words before it and after it. */
export function onlyPlace(
  doc: Node,
  { exact, prefix, suffix }: Quote,
): { from: number; to: number } | null {
  const found: { from: number; to: number; known: boolean }[] = [];
  if (exact.trim() === '') return null;
  doc.forEach((block, offset) => {
    const text = block.textBetween(0, block.content.size, undefined, '\ufffc');
    for (let at = text.indexOf(exact); at >= 0; at = text.indexOf(exact, at + 1)) {
      const [before, after] = [text.slice(0, at), text.slice(at + exact.length)];
      // The context of a quotation goes on into the blocks beside it.
      const known =
        (prefix.endsWith(before) || before.endsWith(prefix)) &&
        (suffix.startsWith(after) || after.startsWith(suffix));
      const from = offset + 1 + at;
      found.push({ from, to: from + exact.length, known });
    }
  });
  const sure = found.length > 1 ? found.filter(({ known }) => known) : found;
  const [place] = sure;
  return place && sure.length === 1 ? { from: place.from, to: place.to } : null;
}
