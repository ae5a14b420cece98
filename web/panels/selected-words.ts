/** The words a selection stands for: without the blanks at its ends, and without words that are already struck. */
import type { Node } from 'prosemirror-model';
import type { Range } from '#web/panels/carry-range.ts';

/** The range without blanks at its ends; empty when there is nothing else. */
export function trimmed(doc: Node, { from, to }: Range): Range {
  const letter = (pos: number): string => doc.textBetween(pos, pos + 1, '\n', '\ufffc');
  const blank = (text: string): boolean => text === '' || /^[\s\u00a0]$/u.test(text);
  let start = from;
  let end = to;
  while (start < end && blank(letter(start))) start += 1;
  while (end > start && blank(letter(end - 1))) end -= 1;
  return { from: start, to: end };
}

/** The text of a range as it would read with the pending suggestions taken in: what a replacement starts from. */
export function wordsOf(doc: Node, { from, to }: Range): string {
  let words = '';
  let first = true;
  doc.nodesBetween(from, to, (node, pos) => {
    if (node.isTextblock) {
      if (!first) words += '\n';
      first = false;
    } else if (node.isText && !node.marks.some((mark) => mark.type.name === 'deletion'))
      words += (node.text ?? '').slice(Math.max(0, from - pos), to - pos);
  });
  return words;
}
