// What the benches that are kept as plain figures aimed at, as tables in Markdown: how many aims hold, and each that is missed.
import type { Figure } from './figure.ts';

export interface KeptFigures {
  command: string;
  at: string;
  commit: string;
  figures: Figure[];
}

/** Whether a figure is what it should be; null where nothing is said that can be compared. */
function holds({ value, aim = '' }: Figure): boolean | null {
  const [, word, limit = ''] = /^(at most|below|at least) ([\d,.]+)/.exec(aim) ?? [];
  const number = Number(limit.replaceAll(',', ''));
  if (word === undefined || Number.isNaN(number)) return null;
  if (word === 'at least') return value >= number;
  return word === 'at most' ? value <= number : value < number;
}

const said = ({ value, unit }: Figure): string =>
  `${value.toLocaleString('en', { maximumSignificantDigits: 3 })} ${unit}`.trim();

const table = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `| ${row.join(' | ')} |`).join('\n');

/** A line for each bench, and the aims that are missed. */
export function keptAims(kept: readonly KeptFigures[]): string {
  const judged = kept.map((one) => ({
    ...one,
    missed: one.figures.filter((figure) => holds(figure) === false),
    held: one.figures.filter((figure) => holds(figure) === true).length,
  }));
  const heads = table([
    ['bench', 'measured', 'aims that hold'],
    ['---', '---', '---'],
    ...judged.map(({ command, at, commit, held, missed }) => [
      `\`${command}\``,
      `${at.slice(0, 10)}, commit ${commit}`,
      held + missed.length === 0 ? 'none are set' : `${held} of ${held + missed.length}`,
    ]),
  ]);
  const misses = judged.flatMap(({ missed }) =>
    missed.map((figure) => [figure.what, figure.aim ?? '', said(figure)]),
  );
  if (misses.length === 0) return heads;
  return `${heads}\n\n${table([['missed', 'aim', 'measured'], ['---', '---', '---'], ...misses])}`;
}
