// What was measured beside the peers, as tables in Markdown.
import type { Row } from './writers/rows.ts';

type System = Row['system'];
const systems: readonly System[] = ['galley', 'hocuspocus', 'collab'];

const said = (value: number | undefined): string =>
  value === undefined || !Number.isFinite(value)
    ? '–'
    : value.toLocaleString('en', { maximumSignificantDigits: 3 });

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((line) => `| ${line.join(' | ')} |`).join('\n');

function byScenario(rows: readonly Row[]): Map<string, Map<System, Row>> {
  const found = new Map<string, Map<System, Row>>();
  for (const row of rows) {
    const known = found.get(row.scenario) ?? new Map<System, Row>();
    known.set(row.system, row);
    found.set(row.scenario, known);
  }
  return found;
}

/** The short table of the README: the 95th percentile, and the ramp and the kill in the figure they are about. */
export function shortTable(rows: readonly Row[]): string {
  const lines: string[][] = [];
  for (const [name, here] of byScenario(rows)) {
    const what = here.values().next().value?.what ?? name;
    const cell = (system: System): string => {
      const row = here.get(system);
      if (!row || row.failed !== undefined) return '–';
      if (name === 'ramp') return `${said(row.within100?.median)} keys/s`;
      if (name === 'kill') return `${said(row.lost)} of ${said(row.typed)} keys lost`;
      return `${said(row.p95?.median)} ms`;
    };
    const unit = name === 'ramp' ? ', up to p95 100 ms' : '';
    lines.push([what + unit, ...systems.map(cell)]);
  }
  const cpu = (system: System): string => {
    const row = byScenario(rows).get('writers-200')?.get(system);
    const database = Number.isFinite(row?.databaseCpu?.median)
      ? ` + ${said(row?.databaseCpu?.median)} ms database`
      : '';
    return row?.serverCpu ? `${said(row.serverCpu.median)} ms${database}` : '–';
  };
  lines.push(['server CPU for a key, 200 writers', ...systems.map(cpu)]);
  const head = ['', 'Galley', 'Hocuspocus 3.4.4', 'prosemirror-collab 1.3.1'];
  return table(head, lines);
}

const found: Record<keyof Row['aims'], { what: string; unit: string; of(row: Row): number }> = {
  p95: { what: 'p95 at most', unit: 'ms', of: (row) => row.p95?.median ?? Number.NaN },
  cpu: {
    what: 'server CPU for a key at most',
    unit: 'ms',
    of: (row) => row.serverCpu?.median ?? Number.NaN,
  },
  memory: {
    what: 'memory for a client at most',
    unit: 'MB',
    of: (row) => row.memoryEach?.median ?? Number.NaN,
  },
  lost: { what: 'lost at most', unit: 'keys', of: (row) => row.lost ?? Number.NaN },
  reached: {
    what: 'within 100 ms at least',
    unit: 'keys/s',
    of: (row) => row.within100?.median ?? Number.NaN,
  },
};

/** Each aim beside what was measured. */
export function aimTable(rows: readonly Row[]): string {
  const lines: string[][] = [];
  for (const row of rows) {
    if (row.system !== 'galley' || row.failed !== undefined) continue;
    for (const [key, aim] of Object.entries(row.aims)) {
      const { what, unit, of } = found[key as keyof Row['aims']];
      const value = of(row);
      const holds = key === 'reached' ? value >= aim : value <= aim;
      const words = `${what} ${said(aim)} ${unit}`;
      lines.push([row.what, words, `${said(value)} ${unit}`, holds ? 'holds' : 'missed']);
    }
  }
  return table(['what', 'aim', 'measured', ''], lines);
}

/** Whether everything arrived once, for all rows. */
export function rightTable(rows: readonly Row[]): string {
  return table(
    ['what', 'system', 'keys', 'sent back', 'lost', 'twice', 'faults', 'generator CPU', 'load'],
    rows.map((row) => [
      row.what,
      row.system,
      said(row.typed),
      said(row.refused),
      said(row.lost),
      said(row.twice),
      row.failed ?? (row.faults?.join(' ') || 'none'),
      `${Math.round((row.generatorCpu?.median ?? 0) * 100)} %`,
      String(row.how.load),
    ]),
  );
}

/** The figures of the ramp, step by step, of the middle run. */
export function rampTable(rows: readonly Row[]): string {
  const lines = rows
    .filter(({ scenario }) => scenario === 'ramp')
    .flatMap((row) => {
      const run = row.runs?.[Math.floor((row.runs.length - 1) / 2)];
      return (run?.stages ?? []).map((stage, i) => [
        row.system,
        said(stage.perSecond),
        said(stage.p50),
        said(stage.p95),
        `${Math.round((run?.use[i]?.serverShare ?? 0) * 100)} %`,
        said(run?.use[i]?.serverCpu),
        said(stage.lagP95),
      ]);
    });
  const head = ['system', 'keys/s', 'p50 ms', 'p95 ms', 'server', 'server CPU ms/key', 'lag ms'];
  return table(head, lines);
}
