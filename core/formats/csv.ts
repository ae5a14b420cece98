/** Writes tables as CSV after RFC 4180, safe to open in a spreadsheet. */
import { cleanLines } from '#core/formats/clean-text.ts';

/** What a spreadsheet would take for the beginning of a formula, behind any white space; the wide forms of East Asia too. */
const formula = /^\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u;

/** A cell's text made harmless: a leading apostrophe keeps a formula text. */
function guarded(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

/** One cell. Every cell is in quotes, so that no list separator of any country ends it early. */
function cell(text: string): string {
  // The text is looked at before it is cleaned as well: a line end that became another one must not open a formula.
  const clean = cleanLines(text).join('\n');
  const safe = guarded(text) === text ? guarded(clean) : `'${clean}`;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** The table, its first row the names of the columns. `bom` marks the text as UTF-8 for programs that guess otherwise. */
export function writeCsv(rows: readonly (readonly string[])[], { bom }: { bom: boolean }): string {
  const lines = rows.map((row) => `${row.map(cell).join(',')}\r\n`);
  return (bom ? '\ufeff' : '') + lines.join('');
}
