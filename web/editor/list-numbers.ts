/** The numbers of list items. Items count in editor.css, by level; a list that begins with another number than 1 is told here. */
import type { Node } from 'prosemirror-model';
import { Plugin, type EditorState } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import type { ListAttr } from '#core/article/schema.ts';

/** Levels of lists: 0 to 8. */
const deepest = 8;

/** A block as a list item; null for every other block. */
export const listOf = (block: Node): ListAttr | null =>
  (block.attrs['list'] as ListAttr | null | undefined) ?? null;

/** Counts blocks in turn: the number of each list item, and whether it begins its list. The number is nothing but a position
 *  for bullets; a block that is no item ends all lists. */
export function itemNumbers(): (list: ListAttr | null) => { number: number; first: boolean } {
  const open: { kind: ListAttr['kind']; number: number }[] = [];
  return (list) => {
    if (!list) {
      open.length = 0;
      return { number: 0, first: false };
    }
    const { kind, level, start } = list;
    open.length = Math.min(open.length, level + 1);
    while (open.length < level) open.push({ kind: 'bullet', number: 0 });
    const same = open[level];
    const first = same?.kind !== kind;
    const number = first ? start : same.number + 1;
    open[level] = { kind, number };
    return { number, first };
  };
}

/** What sets the counters of editor.css at an item: its own level to its number, deeper ones to nothing. */
function counters(level: number, number: number): string {
  let set = `item${level} ${number}`;
  for (let deeper = level + 1; deeper <= deepest; deeper++) set += ` item${deeper} 0`;
  return `counter-set: ${set}`;
}

/** The first items of numbered lists that do not begin with 1. */
function otherStarts(doc: Node): DecorationSet {
  const found: Decoration[] = [];
  const count = itemNumbers();
  doc.forEach((block, pos) => {
    const list = listOf(block);
    const { number, first } = count(list);
    if (list?.kind === 'ordered' && first && number !== 1)
      found.push(
        Decoration.node(pos, pos + block.nodeSize, { style: counters(list.level, number) }),
      );
  });
  return found.length > 0 ? DecorationSet.create(doc, found) : DecorationSet.empty;
}

/** Draws numbered lists from where they begin. */
export function listNumbers(): Plugin {
  let known: { doc: Node; set: DecorationSet } | null = null;
  return new Plugin({
    props: {
      decorations({ doc }: EditorState) {
        if (known?.doc !== doc) known = { doc, set: otherStarts(doc) };
        return known.set;
      },
    },
  });
}
