/** Puts suggested splits and joins where the document has them. In Word a paragraph's own mark is put in or struck; in
 *  the document it is the boundary before the next block. A paragraph that is put in or struck as a whole takes the
 *  boundary before it, where that is free: then the paragraph after it is left as it is. Figures and tables that come or go
 *  whole are passed over: the text before them joins the text behind. */
import { isDeletion, isInsertion } from '#core/suggest/entries.ts';
import type { DraftBlock } from '#core/formats/import/draft.ts';

/** A block in its order. `mark` has the keys of the changes of its paragraph mark; a barrier joins with nothing. */
export interface FlowItem {
  block: DraftBlock;
  barrier: boolean;
  mark: { ins: string | null; del: string | null };
}

type Kind = 'ins' | 'del';

/** True if all words of the block are of one kind of suggestion. */
function wordsGo({ block }: FlowItem, kind: Kind): boolean {
  const is = kind === 'ins' ? isInsertion : isDeletion;
  return block.line.nodes.every((node) => node.marks.some(is));
}

/** The keys of the changes by which a figure or a cell comes or goes. */
const wholeKeys = ({ block }: FlowItem, kind: Kind): string[] =>
  block.role === 'figure' || block.role === 'cell'
    ? block.entries.flatMap((entry) => (entry.k === kind ? [entry.key] : []))
    : [];

/** A picture comes or goes with one mark: its paragraph's own, else the one before it, as when a paragraph is opened for it
 *  at the end of another. That one then says nothing about the text. */
function takeMarks(flow: readonly FlowItem[], kind: Kind): void {
  flow.forEach((item, i) => {
    if (item.block.role !== 'figure' || item.mark[kind] !== null) return;
    if (wholeKeys(item, kind).length === 0) return;
    let at = i - 1;
    while (flow[at]?.block.role === 'figure' && flow[at]?.mark[kind] !== null) at -= 1;
    const before = flow[at];
    if (before && !before.barrier) before.mark[kind] = null;
  });
}

/** A paragraph that is put in behind a figure or a table comes by itself: it joins nothing. */
const isBehindWhole = (before: FlowItem | undefined): boolean =>
  before?.block.role === 'figure' || before?.block.role === 'cell';

/** Gives the blocks their entries. `lost` hears of a mark that no boundary follows. */
export function placeMarks(flow: readonly FlowItem[], lost: (item: FlowItem) => void): void {
  for (const kind of ['ins', 'del'] as const) {
    takeMarks(flow, kind);
    placeKind(flow, kind, lost);
  }
}

function placeKind(flow: readonly FlowItem[], kind: Kind, lost: (item: FlowItem) => void): void {
  const items = flow.filter((item) => wholeKeys(item, kind).length === 0);
  const text = (i: number): FlowItem | null => {
    const item = items[i];
    return item && !item.barrier ? item : null;
  };
  const put = (i: number, from: FlowItem): void => {
    const key = from.mark[kind];
    const item = text(i);
    if (key === null) return;
    if (item) item.block.entries.push({ k: kind, key });
    else lost(from);
  };
  for (let i = 0; i < items.length; i += 1) {
    const item = text(i);
    if (!item || item.mark[kind] === null) continue;
    let end = i;
    for (let next = text(end); next && next.mark[kind] !== null && wordsGo(next, kind);) {
      end += 1;
      next = text(end);
    }
    const before = text(i - 1);
    const goesAlone =
      before === null ? kind === 'ins' && isBehindWhole(items[i - 1]) : before.mark[kind] === null;
    const shifts = end > i && goesAlone;
    const last = Math.max(end, i + 1);
    for (let at = i; at < last; at += 1) {
      const one = text(at);
      if (one) put(shifts ? at : at + 1, one);
    }
    i = last - 1;
  }
}
