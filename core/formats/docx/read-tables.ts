/** Tables: every cell is a block, whose paragraphs are its lines. Rows that are put in or struck are suggestions with all
 *  their cells; single cells are told, their words are suggested. */
import { maxColumns, type CellShape } from '#core/article/schema.ts';
import { alternativeOf } from '#core/formats/docx/alternative.ts';
import { changeOf, type Around } from '#core/formats/docx/read-changes.ts';
import { child, switchOf, valueOf, type XmlElement } from '#core/formats/docx/read-xml.ts';
import type { Reading } from '#core/formats/docx/reading.ts';
import type { DraftBlock } from '#core/formats/import/draft.ts';
import {
  changesForm,
  emptyAbove,
  suggestRows,
  type DraftRow,
} from '#core/formats/import/draft-rows.ts';
import { inQuotes } from '#core/formats/warning.ts';

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
  for (const name of ['w:tblCaption', 'w:tblDescription']) {
    const words = valueOf(child(table, 'w:tblPr'), name) ?? '';
    if (words !== '')
      reading.draft.warn('left-out', `Left out: ${inQuotes(words)}, which describes a table.`);
  }
  if (
    child(child(table, 'w:tblPr'), 'w:tblPrChange') ||
    child(child(table, 'w:tblGrid'), 'w:tblGridChange')
  )
    reading.lost('a suggested change of the form of a table');
  let starts: CellShape['starts'] = 'table';
  const rows: DraftRow[] = [];
  for (const row of within(table, 'w:tr')) {
    if (row.name !== 'w:tr') {
      reading.marker(row, null);
      continue;
    }
    const trPr = child(row, 'w:trPr');
    const changes = rowChanges(reading, trPr);
    const cells: DraftBlock[] = [];
    const header = switchOf(trPr, 'w:tblHeader') === true;
    let columns = 0;
    for (const cell of within(row, 'w:tc')) {
      if (cell.name !== 'w:tc') {
        reading.marker(cell, null);
        continue;
      }
      const tcPr = child(cell, 'w:tcPr');
      reading.around = [...changes, ...cellChanges(reading, tcPr)];
      const wide = Number(valueOf(tcPr, 'w:gridSpan') ?? '1');
      const span = Number.isInteger(wide) ? Math.min(maxColumns, Math.max(1, wide)) : 1;
      const merge = child(tcPr, 'w:vMerge');
      const joinsAbove = merge !== undefined && merge.attrs['w:val'] !== 'restart';
      columns += span;
      const block = reading.draft.cell({ starts, header, span, joinsAbove });
      lines(block, cell.children);
      cells.push(block);
      starts = null;
      reading.around = [];
    }
    if (columns > maxColumns) reading.lost('the columns of a table beyond the 63rd', 'changed');
    const entries = changes.flatMap(({ change: { kind }, key }) =>
      key === null ? [] : [{ k: kind, key }],
    );
    if (cells.length > 0) rows.push({ cells, entries });
    starts = starts === 'table' ? 'table' : 'row';
  }
  if (!suggestRows(rows)) reading.draft.warn('changed', `A table ${emptyAbove}`);
  if (changesForm(rows))
    reading.lost(
      'that a row of another form was put in above the first one; if it is rejected, the first cell keeps that form',
      'changed',
    );
}

/** What is suggested about a row; it counts like a character before its words. */
function rowChanges(reading: Reading, trPr: XmlElement | undefined): Around[] {
  if (child(trPr, 'w:trPrChange')) reading.lost('a suggested change of the form of a table');
  const { keys } = reading;
  const found: Around[] = [];
  for (const kind of ['ins', 'del'] as const) {
    const element = child(trPr, `w:${kind}`);
    if (!element) continue;
    const change = changeOf(element, kind);
    found.push({ change, key: keys.keyOf(change, 1), nested: '', adds: true });
  }
  if (found.length > 0) keys.advance(1);
  return found;
}

function cellChanges(reading: Reading, tcPr: XmlElement | undefined): Around[] {
  const inserted = child(tcPr, 'w:cellIns');
  const deleted = child(tcPr, 'w:cellDel');
  if (inserted ?? deleted ?? child(tcPr, 'w:cellMerge'))
    reading.lost(
      'that a table cell was put in, struck or joined; its words are suggested, the cell stays',
      'changed',
    );
  if (child(tcPr, 'w:tcPrChange')) reading.lost('a suggested change of the form of a table');
  const change = deleted ? changeOf(deleted, 'del') : inserted ? changeOf(inserted, 'ins') : null;
  return change ? [{ change, key: null, nested: '', adds: true }] : [];
}
