/** A document as a row of units: the opening of each block, every character and every atom, each with what is suggested
 *  about it as Word can hold it: one insertion, one striking, one change of format. */
import type { Mark, Node } from 'prosemirror-model';
import type { BlockShape } from '#core/article/schema.ts';
import { restylings } from '#core/suggest/block-op.ts';
import {
  authored,
  entriesOf,
  isDeletion,
  isFormat,
  isFixedBetween,
  isInsertion,
  isWhole,
  plainOf,
  shapeOf,
  type Authored,
} from '#core/suggest/entries.ts';
import { readStack } from '#core/suggest/format-stack.ts';

/** One unit. `pos` is where it stands, `size` what it takes. */
export interface Unit {
  pos: number;
  size: number;
  /** A character, or a sign for a block's opening or an atom: units with the same text can be one and the same. */
  text: string;
  open: boolean;
  node: Node;
  /** Index of its block. */
  block: number;
  ins: Authored | null;
  del: Authored | null;
  /** Further strikings: of a row or a picture in which somebody else had struck words. */
  more: readonly Authored[];
  /** The change of format or of a block's style. */
  look: Authored | null;
  /** The formatting as it is seen, and as it was before the change of it. */
  plain: string;
  before: string;
}

const lookOf = (marks: readonly Mark[]): string =>
  marks
    .map((mark) =>
      mark.type.name === 'link' ? `link ${String(mark.attrs['href'])}` : mark.type.name,
    )
    .toSorted()
    .join(' ');

/** The style of a block in words; the number a list starts with is no part of it. */
export function shapeWords({ style, list }: BlockShape): string {
  return list ? `${style} ${list.kind} ${list.level}` : style;
}

function opening(node: Node, pos: number, block: number, fixed: boolean): Unit {
  const entries = fixed ? [] : entriesOf(node);
  const struck = entries.filter(({ k }) => k === 'del');
  const [first] = node.type.name === 'block' ? restylings(node) : [];
  const plain = node.type.name === 'block' ? shapeWords(shapeOf(node)) : '';
  return {
    pos,
    size: 1,
    text: `\u0000${node.type.name}`,
    open: true,
    node,
    block,
    ins: entries.find(({ k }) => k === 'ins') ?? null,
    del: struck[0] ?? null,
    more: struck.slice(1),
    look: first?.entry ?? null,
    plain,
    before: first ? shapeWords(first.entry.before) : plain,
  };
}

const atoms: Record<string, string> = { lineBreak: '\n' };

/** The units of a document, in order. */
export function rowOf(doc: Node): Unit[] {
  const units: Unit[] = [];
  doc.forEach((block, offset, index) => {
    // A figure or a table that begins the body goes all the same.
    const fixed = !isWhole(block) && isFixedBetween(doc.maybeChild(index - 1), block);
    units.push(opening(block, offset, index, fixed));
    block.forEach((node, at) => {
      const inserted = node.marks.find(isInsertion);
      const struck = node.marks.filter(isDeletion).map(authored);
      const changed = node.marks.find(isFormat);
      const plain = lookOf(plainOf(node.marks));
      const common = {
        open: false,
        node,
        block: index,
        ins: inserted ? authored(inserted) : null,
        del: struck[0] ?? null,
        more: struck.slice(1),
        look: changed ? authored(changed) : null,
        plain,
        before: changed ? lookOf(readStack(node.marks).base) : plain,
      };
      let pos = offset + 1 + at;
      for (const text of node.text ?? [atoms[node.type.name] ?? '\ufffc']) {
        const size = node.text === undefined ? node.nodeSize : text.length;
        units.push({ ...common, pos, size, text });
        pos += size;
      }
    });
  });
  return units;
}

const whose = (part: Authored | null): string => part?.by ?? '';

/** What tells units of two readings apart: what they are, and who suggested what about them. */
export const stateOf = (unit: Unit): string =>
  `${whose(unit.ins)}\u0001${whose(unit.del)}\u0001${whose(unit.look)}\u0001${unit.plain}`;
