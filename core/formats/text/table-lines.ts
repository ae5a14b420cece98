/** Lays a table out in lines of plain text: columns parted by bars, and a rule under the heads. */
import type { Table } from '#core/article/table.ts';

/** Lines longer than this are not aligned: they would be broken by most readers anyway. */
const longest = 100;
const between = ' | ';

const lengthOf = (text: string): number => Array.from(text).length;

/** How wide each column is; nothing when the lines would be too long. */
function widthsOf({ rows, columns }: Table, words: readonly string[]): number[] {
  const widths = Array.from({ length: columns }, () => 0);
  const all = rows.flat().toSorted((a, b) => a.span - b.span);
  for (const { at, column, span } of all) {
    const inner = widths.slice(column, column + span).reduce((sum, width) => sum + width, 0);
    const missing = lengthOf(words[at] ?? '') - inner - between.length * (span - 1);
    const last = column + span - 1;
    if (missing > 0) widths[last] = (widths[last] ?? 0) + missing;
  }
  const total = widths.reduce((sum, width) => sum + width + between.length, 0);
  return total > longest ? widths.map(() => 0) : widths;
}

/** The lines of a table; `words` has the line of each of its cells, `said` what stands behind each row, if anything. */
export function tableLines(
  table: Table,
  words: readonly string[],
  said: readonly string[] = [],
): string[] {
  const widths = widthsOf(table, words);
  const lines = table.rows.map((row, r) => {
    const line = row
      .map(({ at, column, span }) => {
        const text = words[at] ?? '';
        const inner = widths.slice(column, column + span).reduce((sum, width) => sum + width, 0);
        const width = inner + between.length * (span - 1);
        return text + ' '.repeat(Math.max(0, width - lengthOf(text)));
      })
      .join(between);
    const more = said[r] ?? '';
    return more === '' ? line.trimEnd() : `${line}  ${more}`;
  });
  const rule = widths.map((width) => '-'.repeat(Math.max(3, width))).join('-+-');
  const hasHeads = table.rows[0]?.some(({ header }) => header) === true;
  return hasHeads ? [...lines.slice(0, 1), rule, ...lines.slice(1)] : lines;
}
