// Runs each bench file in this process and writes one Markdown table.
import { readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Figure } from '../bench/figure.ts';

const folder = join(import.meta.dirname, '..', 'bench');
const wanted = process.argv[2] ?? '';
if (wanted === 'plots') {
  const { draw } = await import('../bench/plots.ts');
  draw();
  process.exit(0);
}
const names = readdirSync(folder).filter(
  (name) => name.endsWith('.bench.ts') && name.includes(wanted),
);
if (names.length === 0) throw new Error(`No file of bench/ has a name with "${wanted}".`);

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}\n`);
const heading = '| bench | what | value | aim |\n|---|---|---|---|';
let headed = false;
for (const name of names.toSorted()) {
  const bench = (await import(pathToFileURL(join(folder, name)).href)) as {
    measure(args?: readonly string[]): Promise<Figure[]>;
  };
  for (const { what, value, unit, aim = '' } of await bench.measure(process.argv.slice(3))) {
    // A bench that prints a table of its own gives no figures.
    if (!headed) console.log(heading);
    headed = true;
    const rounded = value.toLocaleString('en', { maximumSignificantDigits: 3 });
    console.log(`| ${name.replace('.bench.ts', '')} | ${what} | ${rounded} ${unit} | ${aim} |`);
  }
}
