// npm run bench -- plots: draws docs/plots from what is kept in bench/results, and writes the tables of README.md and
// docs/BENCH.md between their marks. No figure there is written by hand.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aimTable, rampTable, rightTable, shortTable } from './beside.ts';
import { svgOf, type Chart } from './chart.ts';
import { keptAims, type KeptFigures } from './kept-aims.ts';
import type { Results, Row } from './writers/rows.ts';
import { tableOf } from './writers/table.ts';

const root = join(import.meta.dirname, '..');
const plots = join(root, 'docs', 'plots');

function read<T>(name: string): T | null {
  const path = join(root, 'bench', 'results', `${name}.json`);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : null;
}

function latency({ rows }: Results): Chart {
  const names = ['writers-10', 'writers-50', 'writers-200'];
  const of = (system: Row['system']): (number | null)[] =>
    names.map((name) => {
      const row = rows.find((one) => one.scenario === name && one.system === system);
      return row?.p95?.median ?? null;
    });
  return {
    title: 'Until the last other person sees a keystroke, 95th percentile',
    unit: 'ms',
    places: ['10', '50', '200'],
    placesOf: 'people who write in one article, three keystrokes a second each',
    byTens: true,
    lines: [
      { name: 'Galley', values: of('galley') },
      { name: 'Hocuspocus', values: of('hocuspocus') },
      { name: 'prosemirror-collab', values: of('collab') },
    ].filter(({ values }) => values.some((value) => value !== null)),
    aims: [{ name: 'aim for 200 writers: 60 ms', value: 60 }],
  };
}

const numberIn = (words: string): number => Number(words.replaceAll(',', ''));

function opening({ figures }: KeptFigures): Chart {
  const of = (start: string): { place: string; value: number }[] =>
    figures.flatMap(({ what, value }) => {
      const [, beginning = '', commits = ''] = /^(.*), after ([\d,]+) commits$/.exec(what) ?? [];
      return beginning.startsWith(start) ? [{ place: commits, value }] : [];
    });
  const open = of('open an article');
  return {
    title: 'Opening an article with a long past',
    unit: 'ms',
    places: open.map(({ place }) => place),
    placesOf: 'commits in its log (2,000 words)',
    byTens: false,
    lines: [
      { name: 'the article', values: open.map(({ value }) => value) },
      { name: 'at some revision', values: of('the review at').map(({ value }) => value) },
      { name: 'its history', values: of('the first page').map(({ value }) => value) },
    ].filter(({ values }) => values.length === open.length),
  };
}

function keys({ figures }: KeptFigures): Chart {
  const of = (share: string): { words: string; notes: string; value: number; aim: number }[] =>
    figures.flatMap(({ what, value, aim = '' }) => {
      const found = /^key to paint, (p\d+) \(([\d,]+) words, ([\d,]+) comments\)$/.exec(what);
      const [, kind, words = '', notes = ''] = found ?? [];
      const most = numberIn(/([\d,]+) ms/.exec(aim)?.[1] ?? 'NaN');
      return kind === share ? [{ words, notes, value, aim: most }] : [];
    });
  const p95 = of('p95');
  const aims = p95.flatMap(({ aim }, i) =>
    Number.isFinite(aim) ? [{ name: `aim: ${aim} ms`, value: aim, from: i, to: i }] : [],
  );
  return {
    title: 'From a key to what is seen, in Chromium',
    unit: 'ms',
    places: p95.map(({ words, notes }) => `${words} + ${notes}`),
    placesOf: 'words + comments in the article',
    byTens: false,
    lines: [
      { name: '95th percentile', values: p95.map(({ value }) => value) },
      { name: 'half of all keys', values: of('p50').map(({ value }) => value) },
    ],
    aims,
  };
}

/** Puts words between the marks `<!-- NAME -->` and `<!-- /NAME -->` of a file. */
function fill(file: string, name: string, words: string): void {
  const path = join(root, file);
  const text = readFileSync(path, 'utf8');
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(open), text.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`${file} lacks the marks ${open} and ${close}.`);
  const now = `${text.slice(0, from + open.length)}\n${words}\n${text.slice(to)}`;
  if (now !== text) writeFileSync(path, now);
  console.log(`${file}: ${name}`);
}

function machineOf({ machine, node, rows }: Results): string {
  const days = [...new Set(rows.map(({ at }) => at.slice(0, 10)))].toSorted();
  const commits = [...new Set(rows.map(({ commit }) => commit))];
  const [first] = rows;
  const pinned = machine.pinned ? 'the server on one core, who types on the other' : 'not pinned';
  return `Measured ${days.join(', ')} on ${machine.cpus}, ${machine.memory}, Node ${node} (${pinned}), commit ${commits.join(', ')}; the median of ${first?.how.runs} runs of ${first?.how.seconds} s.`;
}

export function draw(): void {
  mkdirSync(plots, { recursive: true });
  const put = (name: string, chart: Chart): void => {
    writeFileSync(join(plots, `${name}.svg`), svgOf(chart));
    console.log(`docs/plots/${name}.svg`);
  };
  const growth = read<KeptFigures>('growth');
  if (growth) put('opening', opening(growth));
  const page = read<KeptFigures>('page');
  if (page) put('key-to-paint', keys(page));
  const kept = ['page', 'annotations', 'annotated', 'growth', 'library'];
  fill('docs/BENCH.md', 'others', keptAims(kept.flatMap((name) => read<KeptFigures>(name) ?? [])));
  const writers = read<Results>('writers');
  if (!writers) {
    console.log('Nothing is kept of `npm run bench -- writers` yet.');
    return;
  }
  put('latency', latency(writers));
  const { rows } = writers;
  const picture =
    '![Latency by the number of writers, for the three systems](docs/plots/latency.svg)';
  const peers = `${shortTable(rows)}\n\n${picture}\n\n${machineOf(writers)}`;
  fill('README.md', 'beside the peers', peers);
  const versions = Object.entries(writers.versions).map(([name, version]) => `${name} ${version}`);
  const about = `${machineOf(writers)} ${versions.join(', ')}.`;
  fill('docs/BENCH.md', 'about', about);
  fill('docs/BENCH.md', 'aims', aimTable(rows));
  fill('docs/BENCH.md', 'all', tableOf(rows));
  fill('docs/BENCH.md', 'ramp', rampTable(rows));
  fill('docs/BENCH.md', 'right', rightTable(rows));
}
