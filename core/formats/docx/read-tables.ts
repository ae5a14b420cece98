/** Tables: every cell is a block, whose paragraphs are its lines. Suggested rows and cells are told, since the form of a
 *  table is not suggested about; their words are. */
import { maxColumns, type CellShape } from '#core/article/schema.ts';
import { alternativeOf } from '#core/formats/docx/alternative.ts';
import { changeOf } from '#core/formats/docx/read-changes.ts';
import { child, switchOf, valueOf, type XmlElement } from '#core/formats/docx/read-xml.ts';
import type { Reading } from '#core/formats/docx/reading.ts';
import type { DraftBlock } from '#core/formats/import/draft.ts';

const wrappers = new Set([
  'w:sdt',
  'w:sdtContent',
  'w:customXml',
  'w:smartTag',
  'w:ins',
  'w:del',
  'w:moveFrom',
  'w:moveTo',
]);

/** The rows of a table, or the cells of a row, through whatever wraps them, with what stands between them: the places of
 *  comments and moves. */
function within(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((one) => {
    if (one.name === name || /^w:(?:comment|move)(?:From|To)?Range/.test(one.name)) return [one];
    if (one.name === 'mc:AlternateContent') {
      const chosen = alternativeOf(one);
      return chosen ? within(chosen, name) : [];
    }
    return wrappers.has(one.name) ? within(one, name) : [];
  });
}

/** Reads a table. `lines` reads the content of a cell into its block. */
export function readTable(
  reading: Reading,
  table: XmlElement,
  lines: (cell: DraftBlock, content: readonly XmlElement[]) => void,
): void {
  if (
    child(child(table, 'w:tblPr'), 'w:tblPrChange') ||
    child(child(table, 'w:tblGrid'), 'w:tblGridChange')
  )
    reading.lost('a suggested change of the form of a table');
  let starts: CellShape['starts'] = 'table';
  for (const row of within(table, 'w:tr')) {
    if (row.name !== 'w:tr') {
      reading.marker(row, null);
      continue;
    }
    const trPr = child(row, 'w:trPr');
    const outer = reading.fallback;
    reading.fallback = rowChange(reading, trPr) ?? outer;
    const header = switchOf(trPr, 'w:tblHeader') === true;
    let columns = 0;
    for (const cell of within(row, 'w:tc')) {
      if (cell.name !== 'w:tc') {
        reading.marker(cell, null);
        continue;
      }
      const tcPr = child(cell, 'w:tcPr');
      const before = reading.fallback;
      reading.fallback = cellChange(reading, tcPr) ?? before;
      const wide = Number(valueOf(tcPr, 'w:gridSpan') ?? '1');
      const span = Number.isInteger(wide) ? Math.min(maxColumns, Math.max(1, wide)) : 1;
      const merge = child(tcPr, 'w:vMerge');
      const joinsAbove = merge !== undefined && merge.attrs['w:val'] !== 'restart';
      columns += span;
      const block = reading.draft.cell({ starts, header, span, joinsAbove });
      lines(block, cell.children);
      starts = null;
      reading.fallback = before;
    }
    if (columns > maxColumns) reading.lost('the columns of a table beyond the 63rd', 'changed');
    reading.fallback = outer;
    starts = starts === 'table' ? 'table' : 'row';
  }
}

function rowChange(reading: Reading, trPr: XmlElement | undefined) {
  const inserted = child(trPr, 'w:ins');
  const deleted = child(trPr, 'w:del');
  if (child(trPr, 'w:trPrChange')) reading.lost('a suggested change of the form of a table');
  if (inserted)
    reading.lost('that a table row was put in; its words are suggested, the row stays', 'changed');
  if (deleted) reading.lost('that a table row was struck; its words are, the row stays', 'changed');
  if (deleted) return changeOf(deleted, 'del');
  return inserted ? changeOf(inserted, 'ins') : null;
}

function cellChange(reading: Reading, tcPr: XmlElement | undefined) {
  const inserted = child(tcPr, 'w:cellIns');
  const deleted = child(tcPr, 'w:cellDel');
  if (inserted ?? deleted ?? child(tcPr, 'w:cellMerge'))
    reading.lost(
      'that a table cell was put in, struck or joined; its words are suggested, the cell stays',
      'changed',
    );
  if (child(tcPr, 'w:tcPrChange')) reading.lost('a suggested change of the form of a table');
  if (deleted) return changeOf(deleted, 'del');
  return inserted ? changeOf(inserted, 'ins') : null;
}
