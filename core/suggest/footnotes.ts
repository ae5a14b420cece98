/** A struck footnote reference takes its footnote with it: both are struck under one id, and decided as one. */
import type { Node } from 'prosemirror-model';
import { authored, entriesOf, isDeletion } from '#core/suggest/entries.ts';
import type { MarkRun } from '#core/suggest/mark-step.ts';

/** The strikes on the footnotes whose references `runs` strike. Ids are filled in by the caller. */
export function footnoteStrikes(
  doc: Node,
  runs: readonly MarkRun[],
  author: string,
): { marks: MarkRun[]; blocks: { pos: number; op: 'strike'; shape?: never }[] } {
  const marks: MarkRun[] = [];
  const blocks: { pos: number; op: 'strike' }[] = [];
  if (doc.lastChild?.type.name !== 'footnote') return { marks, blocks };
  const struck = new Set<unknown>();
  for (const run of runs)
    if (run.what.t === 'strike')
      doc.nodesBetween(run.from, run.to, (node) => {
        if (node.type.name === 'footnoteRef') struck.add(node.attrs['id']);
      });
  if (struck.size === 0) return { marks, blocks };
  doc.forEach((block, offset) => {
    if (block.type.name !== 'footnote' || !struck.has(block.attrs['id'])) return;
    if (entriesOf(block).every((entry) => entry.k !== 'del' || entry.by !== author))
      blocks.push({ pos: offset, op: 'strike' });
    block.forEach((node, at) => {
      if (node.marks.some((mark) => isDeletion(mark) && authored(mark).by === author)) return;
      const end = offset + 1 + at + node.nodeSize;
      for (let from = offset + 1 + at; from < end; from++)
        if (!runs.some((run) => run.from <= from && run.to > from))
          marks.push({ from, to: from + 1, what: { t: 'strike', id: '' } });
    });
  });
  return { marks, blocks };
}
