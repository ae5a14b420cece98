/** Finding quoted words in an article, and the least change that makes other words of them. */
import type { Node } from 'prosemirror-model';

/** The position of each character of the quoted words, and the one after the last. Throws unless they stand in the article exactly once,
 *  inside one block; pending insertions are passed over. */
export function findWords(doc: Node, quote: string): number[] {
  const found: number[][] = [];
  doc.forEach((block, offset) => {
    let text = '';
    const positions: number[] = [];
    block.forEach((inline, at) => {
      if (inline.marks.some((mark) => mark.type.name === 'insertion')) return;
      const shown = inline.isText ? (inline.text ?? '') : '\ufffc';
      for (let i = 0; i < shown.length; i++) positions.push(offset + 1 + at + i);
      text += shown;
    });
    for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
      const own = positions.slice(at, at + quote.length);
      found.push([...own, (own.at(-1) ?? 0) + 1]);
    }
  });
  const [only, ...more] = found;
  if (!only || more.length > 0)
    throw new RangeError(`“${quote}” stands in the article ${found.length} times.`);
  return only;
}

const wordsOf = (text: string): string[] => text.match(/\s+|\S+/gu) ?? [];

/** What of `before` goes, as offsets, and what comes in its place: whole words, without those at both ends that stay. */
export function changedWords(
  before: string,
  after: string,
): { from: number; to: number; text: string } {
  const old = wordsOf(before);
  const fresh = wordsOf(after);
  const least = Math.min(old.length, fresh.length);
  let head = 0;
  while (head < least && old[head] === fresh[head]) head++;
  let tail = 0;
  while (tail < least - head && old.at(-1 - tail) === fresh.at(-1 - tail)) tail++;
  const from = old.slice(0, head).join('').length;
  const to = before.length - old.slice(old.length - tail).join('').length;
  return { from, to, text: fresh.slice(head, fresh.length - tail).join('') };
}
