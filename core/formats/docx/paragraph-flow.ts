/** Puts suggested splits and joins where the document has them. In Word a paragraph's own mark is put in or struck; in
 *  the document it is the boundary before the next block. A paragraph that is put in or struck as a whole takes the
 *  boundary before it, where that is free: then the paragraph after it is left as it is. */
import { isDeletion, isInsertion } from '#core/suggest/entries.ts';
import type { DraftBlock } from '#core/formats/import/draft.ts';

/** A block in its order. `mark` has the keys of the changes of its paragraph mark; a barrier joins with nothing. */
export interface FlowItem {
  block: DraftBlock;
  barrier: boolean;
  mark: { ins: string | null; del: string | null };
}

function isWhole({ block }: FlowItem, kind: 'ins' | 'del'): boolean {
  const is = kind === 'ins' ? isInsertion : isDeletion;
  return block.line.nodes.every((node) => node.marks.some(is));
}

/** Gives the blocks their entries. `lost` hears of a mark that no boundary follows. */
export function placeMarks(flow: readonly FlowItem[], lost: (item: FlowItem) => void): void {
  const text = (i: number): FlowItem | null => {
    const item = flow[i];
    return item && !item.barrier ? item : null;
  };
  const put = (i: number, kind: 'ins' | 'del', from: FlowItem): void => {
    const key = from.mark[kind];
    const item = text(i);
    if (key === null) return;
    if (item) item.block.entries.push({ k: kind, key });
    else lost(from);
  };
  for (const kind of ['ins', 'del'] as const) {
    for (let i = 0; i < flow.length; i += 1) {
      const item = text(i);
      if (!item || item.mark[kind] === null) continue;
      let end = i;
      for (let next = text(end); next && next.mark[kind] !== null && isWhole(next, kind);) {
        end += 1;
        next = text(end);
      }
      const before = text(i - 1);
      const shifts = end > i && before !== null && before.mark[kind] === null;
      const last = Math.max(end, i + 1);
      for (let at = i; at < last; at += 1) {
        const one = text(at);
        if (one) put(shifts ? at : at + 1, kind, one);
      }
      i = last - 1;
    }
  }
}
