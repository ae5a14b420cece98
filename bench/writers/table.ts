// The rows as a table, for the terminal and for the README.
import type { Middle, Row } from './rows.ts';
import { systemNames } from './systems.ts';

const number = (value: number): string =>
  Number.isFinite(value) ? value.toLocaleString('en', { maximumSignificantDigits: 3 }) : '–';

const alone = (middle: Middle | undefined): string => (middle ? number(middle.median) : '–');

/** The median, and how far the runs lay apart where they did. */
const spread = (middle: Middle | undefined): string => {
  if (!middle) return '–';
  const [least, most] = [number(middle.least), number(middle.most)];
  return least === most ? number(middle.median) : `${number(middle.median)} (${least}–${most})`;
};

const head = [
  'what',
  'system',
  'p50 ms',
  'p95 ms',
  'p99 ms',
  'server CPU ms/key',
  'database CPU ms/key',
  'MB/client',
  'sent back',
  'lost',
  'twice',
  'generator lag p95 ms',
  'generator CPU',
];

/** With so few clients the memory of the server itself is all that is seen. */
const fewClients = new Set(['writers-10', 'kill']);

function cells(row: Row): string[] {
  const name = systemNames[row.system];
  if (row.failed !== undefined) return [row.what, name, row.failed];
  const { typed = 0, refused = 0 } = row;
  const share =
    typed > 0 && refused > 0 ? ` (${number((100 * refused) / typed)} per 100 keys)` : '';
  const ramp = row.within100
    ? `; ${number(row.within100.median)}/s within 100 ms, ${alone(row.within250)}/s within 250 ms`
    : '';
  const { generatorCpu } = row;
  return [
    row.what + ramp,
    name,
    alone(row.p50),
    spread(row.p95),
    spread(row.p99),
    spread(row.serverCpu),
    alone(row.databaseCpu),
    fewClients.has(row.scenario) ? '–' : alone(row.memoryEach),
    `${number(refused)}${share}`,
    number(row.lost ?? 0),
    number(row.twice ?? 0),
    alone(row.lagP95),
    generatorCpu ? `${Math.round(generatorCpu.median * 100)} %` : '–',
  ];
}

export function tableOf(rows: readonly Row[]): string {
  const lines = [head, head.map(() => '---'), ...rows.map(cells)];
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

/** One row as it comes, in a line. */
export const lineOf = (row: Row): string => {
  const wrong = row.faults && row.faults.length > 0 ? ` WRONG: ${row.faults.join(' ')}` : '';
  return `| ${cells(row).join(' | ')} |${wrong}`;
};
export const headOf = (): string => tableOf([]);
