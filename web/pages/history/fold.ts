/** The lines of a comparison with long unchanged stretches folded away, and the changes numbered. */
import type { ComparedBlock } from '#core/sync/compare.ts';

export type Line =
  | { kind: 'block'; key: number; block: ComparedBlock; change: number | null }
  | { kind: 'fold'; key: number; blocks: ComparedBlock[] };

/** Unchanged paragraphs left in sight before and after a change. */
const around = 1;

/** `change` counts the changed blocks from 0. A fold of one line would save nothing and is not made. */
export function folded(blocks: readonly ComparedBlock[]): Line[] {
  const isNear = (at: number): boolean => {
    for (let i = at - around; i <= at + around; i++) {
      const block = blocks[i];
      if (block && block.change !== 'kept') return true;
    }
    return false;
  };
  const lines: Line[] = [];
  let changes = 0;
  let far: ComparedBlock[] = [];
  const close = (end: number): void => {
    const start = end - far.length;
    if (far.length > 1) lines.push({ kind: 'fold', key: start, blocks: far });
    else for (const block of far) lines.push({ kind: 'block', key: start, block, change: null });
    far = [];
  };
  blocks.forEach((block, i) => {
    if (!isNear(i)) {
      far.push(block);
      return;
    }
    close(i);
    const change = block.change === 'kept' ? null : changes++;
    lines.push({ kind: 'block', key: i, block, change });
  });
  close(blocks.length);
  return lines;
}
