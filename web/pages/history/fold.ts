/** The lines of a comparison with long unchanged stretches folded away, and the changes numbered. */
import type { ComparedBlock } from '#core/sync/compare.ts';

export type Line =
  | { kind: 'block'; key: number; block: ComparedBlock; change: number | null }
  | { kind: 'fold'; key: number; blocks: ComparedBlock[] };

/** Unchanged paragraphs, and rows of tables, left in sight before and after a change. */
const around = 1;

/** Where each block begins that stands for itself: a row of a table is one, so that no row is cut. */
function unitsOf(blocks: readonly ComparedBlock[]): ComparedBlock[][] {
  const units: ComparedBlock[][] = [];
  for (const [i, block] of blocks.entries()) {
    const goesOn = block.look.cell?.starts === null && blocks[i - 1]?.look.cell !== undefined;
    if (goesOn) units.at(-1)?.push(block);
    else units.push([block]);
  }
  return units;
}

/** `change` counts the changed blocks from 0. A fold of one line would save nothing and is not made. */
export function folded(blocks: readonly ComparedBlock[]): Line[] {
  const units = unitsOf(blocks);
  const differs = units.map((unit) => unit.some(({ change }) => change !== 'kept'));
  const lines: Line[] = [];
  let changes = 0;
  let at = 0;
  let far: ComparedBlock[] = [];
  const close = (): void => {
    const start = at - far.length;
    if (far.length > 1) lines.push({ kind: 'fold', key: start, blocks: far });
    else for (const block of far) lines.push({ kind: 'block', key: start, block, change: null });
    far = [];
  };
  units.forEach((unit, u) => {
    if (!differs.slice(Math.max(0, u - around), u + around + 1).includes(true)) {
      far.push(...unit);
      at += unit.length;
      return;
    }
    close();
    for (const block of unit) {
      const change = block.change === 'kept' ? null : changes++;
      lines.push({ kind: 'block', key: at, block, change });
      at += 1;
    }
  });
  close();
  return lines;
}

/** Lines one after another, those of one row of a table together. */
export function rowsOf(lines: readonly Line[]): Line[][] {
  const rows: Line[][] = [];
  for (const line of lines) {
    const last = rows.at(-1)?.at(-1);
    const goesOn =
      line.kind === 'block' &&
      line.block.look.cell?.starts === null &&
      last?.kind === 'block' &&
      last.block.look.cell !== undefined;
    if (goesOn) rows.at(-1)?.push(line);
    else rows.push([line]);
  }
  return rows;
}
