/** Builds the document from the pieces, and says where in the source each of its blocks came from. */
import type { Node } from 'prosemirror-model';
import { schema } from '#core/article/schema.ts';
import { endOf, startOf, type Piece } from '#core/formats/text/piece.ts';
import type { Reference } from '#core/formats/text/references.ts';

/** Where a block of the document, or a flag that took text out, stands in the source (UTF-16 offsets). */
export interface SourceRange {
  of: 'block' | 'flag';
  /** The block's index among the document's children, or the flag's index in the list of flags. */
  index: number;
  from: number;
  to: number;
}

/** The id of the note with a number; notes are numbered anew in every import. */
function noteId(number: number): string {
  return `note-${number}`;
}

/** The inline content of a piece: its lines with breaks between them and references where they were found. */
function inlineOf(piece: Piece, references: readonly Reference[]): Node[] {
  const nodes: Node[] = [];
  piece.lines.forEach((line, l) => {
    if (l > 0) nodes.push(schema.node('lineBreak'));
    let at = l === 0 ? piece.skip : 0;
    const add = (to: number): void => {
      const text = line.text.slice(at, to);
      if (text !== '') nodes.push(schema.text(text));
    };
    for (const reference of references.filter((r) => r.line === l)) {
      add(reference.from);
      nodes.push(schema.node('footnoteRef', { id: noteId(reference.number) }));
      at = reference.to;
    }
    add(line.text.length);
  });
  return nodes;
}

function nodeOf(piece: Piece, content: Node[]): Node {
  const { role } = piece;
  switch (role.is) {
    case 'kicker':
    case 'headline':
    case 'standfirst':
    case 'byline':
      return schema.node(role.is, null, content);
    case 'note':
      return schema.node('footnote', { id: noteId(role.number) }, content);
    case 'item':
      return schema.node('block', { list: role.list }, content);
    case 'heading':
      return schema.node('block', { style: 'heading1' }, content);
    case 'paragraph':
    case 'credit':
    case 'bio':
      return schema.node('block', { style: role.is }, content);
  }
}

const mastheadRoles: readonly string[] = ['kicker', 'headline', 'standfirst', 'byline'];

/** A built document with its ranges in the order of the source and the guesses about its blocks. */
export interface BuiltText {
  doc: Node;
  ranges: SourceRange[];
  guesses: { what: string; block: number; confidence: number }[];
}

/** Builds the document: the masthead, the body, the notes, in the order the schema asks for.
 *  `length` is that of the source. */
export function buildText(
  pieces: readonly Piece[],
  notes: readonly Piece[],
  references: readonly Reference[],
  flags: readonly { from: number; to: number; taken: boolean }[],
  length: number,
): BuiltText {
  const inPiece = new Map<number, Reference[]>();
  for (const reference of references)
    inPiece.set(reference.piece, [...(inPiece.get(reference.piece) ?? []), reference]);
  const made = pieces.map((piece, p) => ({
    piece,
    node: nodeOf(piece, inlineOf(piece, inPiece.get(p) ?? [])),
  }));
  const head = made.filter(({ piece }) => mastheadRoles.includes(piece.role.is));
  const body = made.filter(({ piece }) => !mastheadRoles.includes(piece.role.is));
  const children: { node: Node; piece: Piece | null }[] = [
    ...head,
    ...body,
    ...notes.map((piece) => ({ piece, node: nodeOf(piece, inlineOf(piece, [])) })),
  ];
  if (!head.some(({ piece }) => piece.role.is === 'headline'))
    children.unshift({ node: schema.node('headline'), piece: null });
  if (body.length === 0)
    children.splice(head.length === 0 ? 1 : head.length, 0, {
      node: schema.node('block'),
      piece: null,
    });

  const ranges: SourceRange[] = [];
  const guesses: BuiltText['guesses'] = [];
  children.forEach(({ piece }, index) => {
    if (!piece) {
      // What the schema asks for and the source does not have: an empty range at its place.
      const at = index === 0 ? 0 : length;
      ranges.push({ of: 'block', index, from: at, to: at });
      return;
    }
    ranges.push({ of: 'block', index, from: startOf(piece), to: endOf(piece) });
    if (piece.confidence < 1)
      guesses.push({ what: piece.role.is, block: index, confidence: piece.confidence });
  });
  flags.forEach((flag, index) => {
    if (flag.taken) ranges.push({ of: 'flag', index, from: flag.from, to: flag.to });
  });
  ranges.sort((a, b) => a.from - b.from || a.to - b.to);
  const doc = schema.node(
    'doc',
    null,
    children.map(({ node }) => node),
  );
  doc.check();
  return { doc, ranges, guesses };
}
