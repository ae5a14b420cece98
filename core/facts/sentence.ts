/** The words of a fact and the sentence around them, as filed: what a verdict was given on, and what it is compared with later. */
import type { Node } from 'prosemirror-model';

const abbreviations = new Set(
  'mr mrs ms dr prof st gen lt col capt sgt rev hon gov sen rep jr sr vs etc no vol pp p fig dept est approx jan feb mar apr jun jul aug sep sept oct nov dec inc ltd co corp'.split(
    ' ',
  ),
);

/** True when the full stop at `at` ends no sentence: after an initial, an abbreviation, or inside a figure. */
function isInner(text: string, at: number): boolean {
  if (text[at] !== '.') return false;
  const before = /[\p{L}\p{N}.]*$/u.exec(text.slice(0, at))?.[0] ?? '';
  const last = before.split('.').at(-1) ?? '';
  if (/^\p{L}$/u.test(last)) return true;
  return abbreviations.has(last.toLowerCase());
}

/** The bounds of the sentence of `text` that holds `from`..`to`; a range over several sentences gets them all. */
export function sentenceBounds(
  text: string,
  from: number,
  to: number,
): { from: number; to: number } {
  const ends = [0];
  const stop = /[.!?…]+["'”’»)\]]*\s+(?=["'“‘«([]*[\p{Lu}\p{N}])/gu;
  for (const match of text.matchAll(stop)) {
    if (!isInner(text, match.index)) ends.push(match.index + match[0].length);
  }
  ends.push(text.length);
  const start = ends.findLast((end) => end <= from) ?? 0;
  const end = ends.find((one) => one >= Math.max(to, from + 1)) ?? text.length;
  return { from: start, to: Math.max(start, end) };
}

const fold = (text: string): string => text.replace(/\s+/gu, ' ').trim();

/** The text of a block as filed (pending insertions left out), and where positions of the block stand in it. */
export function asFiled(block: Node): { text: string; at(offset: number): number } {
  let text = '';
  const marks: { offset: number; at: number; length: number }[] = [];
  block.forEach((inline, offset) => {
    const pending = inline.marks.some((mark) => mark.type.name === 'insertion');
    const length = pending ? 0 : inline.isText ? (inline.text ?? '').length : 1;
    marks.push({ offset, at: text.length, length });
    if (!pending)
      text += inline.isText
        ? (inline.text ?? '')
        : inline.type.name === 'lineBreak'
          ? '\n'
          : '\ufffc';
  });
  return {
    text,
    at: (offset) => {
      const run = marks.findLast((one) => one.offset <= offset);
      return run ? run.at + Math.min(run.length, offset - run.offset) : 0;
    },
  };
}

/** What a check is given on. `from`..`to` are positions in `doc`; a range over several blocks has several sentences, joined. */
export function checkedWords(
  doc: Node,
  from: number,
  to: number,
): { words: string; sentence: string } {
  const words: string[] = [];
  const sentences: string[] = [];
  doc.forEach((block, offset) => {
    const start = Math.max(from, offset + 1);
    const end = Math.min(to, offset + 1 + block.content.size);
    if (start >= end) return;
    const { text, at } = asFiled(block);
    const first = at(start - offset - 1);
    const last = at(end - offset - 1);
    words.push(text.slice(first, last));
    const bounds = sentenceBounds(text, first, last);
    sentences.push(text.slice(bounds.from, bounds.to));
  });
  return { words: fold(words.join(' ')), sentence: fold(sentences.join(' ')) };
}

/** The same words inside their sentence, as filed, in three pieces; over several blocks the pieces are joined in order. */
export function wordsInSentence(
  doc: Node,
  from: number,
  to: number,
): { before: string; words: string; after: string } {
  let before: string | null = null;
  let after = '';
  const words: string[] = [];
  doc.forEach((block, offset) => {
    const start = Math.max(from, offset + 1);
    const end = Math.min(to, offset + 1 + block.content.size);
    if (start >= end) return;
    const { text, at } = asFiled(block);
    const first = at(start - offset - 1);
    const last = at(end - offset - 1);
    const bounds = sentenceBounds(text, first, last);
    words.push(text.slice(first, last));
    before ??= text.slice(bounds.from, first);
    after = text.slice(last, bounds.to);
  });
  const oneLine = (text: string): string => text.replace(/\s+/gu, ' ');
  return {
    before: oneLine(before ?? '').trimStart(),
    words: oneLine(words.join(' ')),
    after: oneLine(after).trimEnd(),
  };
}
