/** An annotation's words inside their sentence, as a list shows them: the text as edited, with what a suggestion takes out and puts in. */
import type { Mark, Node } from 'prosemirror-model';
import { sentenceBounds } from '#core/facts/sentence.ts';
import { entriesOf } from '#core/suggest/entries.ts';
import type { Annotation } from '#web/panels/annotations.ts';
import { changedBy } from '#web/panels/sentence.ts';

/** A piece of the sentence: around the words, the words themselves, or what a suggestion takes out and puts in. */
export interface Piece {
  as: 'plain' | 'quote' | 'del' | 'ins';
  text: string;
}

/** Letters of the sentence that are shown before and after the words, and of the words. */
const around = 110;
const within = 240;

const isOf = (id: string, name: string) => (mark: Mark) =>
  mark.type.name === name && mark.attrs['id'] === id;

/** How a stretch of inline content reads for this annotation; null when it is left out. */
function readAs(marks: readonly Mark[], item: Annotation, inside: boolean): Piece['as'] | null {
  if (item.kind === 'suggestion') {
    if (marks.some(isOf(item.id, 'insertion'))) return 'ins';
    if (marks.some(isOf(item.id, 'deletion'))) return 'del';
  }
  if (marks.some((mark) => mark.type.name === 'deletion')) return null;
  if (item.kind === 'suggestion')
    return marks.some(isOf(item.id, 'format')) || (item.inText?.kind === 'block' && inside)
      ? 'quote'
      : 'plain';
  return inside ? 'quote' : 'plain';
}

function pieceOfBlock(block: Node, pos: number, item: Annotation, into: Piece[]): void {
  const { from, to } = item.place ?? { from: 0, to: 0 };
  const put = (as: Piece['as'], text: string): void => {
    const last = into.at(-1);
    if (last?.as === as) last.text += text;
    else if (text !== '') into.push({ as, text });
  };
  block.forEach((node, offset) => {
    const start = pos + 1 + offset;
    const text = node.text ?? (node.type.name === 'lineBreak' ? ' ' : '');
    const a = Math.max(0, Math.min(text.length, from - start));
    const b = Math.max(a, Math.min(text.length, to - start));
    const cuts: [string, boolean][] = [
      [text.slice(0, a), false],
      [text.slice(a, b), true],
      [text.slice(b), false],
    ];
    for (const [some, inside] of cuts) {
      const as = readAs(node.marks, item, inside);
      if (as !== null) put(as, some);
    }
  });
}

/** What the boundary before a block is to a suggestion. */
function boundaryOf(block: Node, id: string): 'ins' | 'del' | null {
  const own = entriesOf(block).find((entry) => entry.k !== 'block' && entry.id === id);
  return own?.k === 'ins' || own?.k === 'del' ? own.k : null;
}

/** The blocks the annotation is in, the one before a boundary it speaks of included. */
function passageOf(doc: Node, item: Annotation): Piece[] {
  const pieces: Piece[] = [];
  const { from, to } = item.place ?? { from: -1, to: -1 };
  let before: { node: Node; pos: number } | null = null;
  doc.forEach((block, pos) => {
    const end = pos + 1 + block.content.size;
    const isIn = from === to ? pos < from && end >= from : pos + 1 < to && end > from;
    if (isIn) {
      const boundary = boundaryOf(block, item.id);
      if (pieces.length === 0 && boundary && before)
        pieceOfBlock(before.node, before.pos, item, pieces);
      if (pieces.length > 0) pieces.push({ as: boundary ?? 'plain', text: boundary ? ' ¶ ' : ' ' });
      pieceOfBlock(block, pos, item, pieces);
    }
    before = { node: block, pos };
  });
  return pieces;
}

const sizeOf = (pieces: readonly Piece[]): number =>
  pieces.reduce((sum, { text }) => sum + text.length, 0);

/** The pieces between two places of their joined text. */
function sliced(pieces: readonly Piece[], from: number, to: number): Piece[] {
  let at = 0;
  const out: Piece[] = [];
  for (const { as, text } of pieces) {
    const some = text.slice(Math.max(0, from - at), Math.max(0, to - at));
    if (some !== '') out.push({ as, text: some });
    at += text.length;
  }
  return out;
}

/** The last words of a text that is too long, from a word on. */
function tail(text: string): string {
  if (text.length <= around) return text;
  const some = text.slice(-around);
  return `…${some.slice(some.indexOf(' ') + 1)}`;
}

function head(text: string): string {
  if (text.length <= around) return text;
  const some = text.slice(0, around);
  const end = some.lastIndexOf(' ');
  return `${end > 0 ? some.slice(0, end) : some}…`;
}

function middle(text: string): string {
  if (text.length <= within) return text;
  return `${text.slice(0, within / 2).trimEnd()} … ${text.slice(-within / 2).trimStart()}`;
}

const oneLine = (pieces: readonly Piece[]): Piece[] =>
  pieces.map(({ as, text }) => ({ as, text: text.replace(/\s+/gu, ' ') }));

/** The annotation's words in their sentence; only the words when they are not in the text any more. */
export function contextOf(item: Annotation, doc: Node): readonly Piece[] {
  if (item.place === null || item.state === 'detached') {
    if (item.kind !== 'suggestion') return oneLine([{ as: 'quote', text: middle(item.quote) }]);
    const { deleted, inserted } = changedBy(item);
    const both: Piece[] = [
      { as: 'del', text: middle(deleted) },
      { as: 'ins', text: middle(inserted) },
    ];
    return oneLine(both.filter(({ text }) => text !== ''));
  }
  const pieces = passageOf(doc, item);
  const first = pieces.findIndex(({ as }) => as !== 'plain');
  const last = pieces.findLastIndex(({ as }) => as !== 'plain');
  // A comment on words that are struck since has only its quote to show.
  if (first < 0) return oneLine([{ as: 'quote', text: middle(item.quote) }]);
  const from = sizeOf(pieces.slice(0, first));
  const to = sizeOf(pieces.slice(0, last + 1));
  const text = pieces.map((piece) => piece.text).join('');
  const bounds = sentenceBounds(text, from, to);
  const cut: Piece[] = [
    { as: 'plain', text: tail(text.slice(bounds.from, from).trimStart()) },
    ...sliced(pieces, from, to).map(({ as, text: words }) => ({ as, text: middle(words) })),
    { as: 'plain', text: head(text.slice(to, bounds.to).trimEnd()) },
  ];
  return oneLine(cut.filter((piece) => piece.text !== ''));
}

/** The sentence in words, for those who listen. */
export const contextInWords = (pieces: readonly Piece[]): string =>
  pieces
    .filter(({ as }) => as !== 'del')
    .map(({ text }) => text)
    .join('')
    .replace(/\s+/gu, ' ')
    .trim();
