// npm run -s convert -- INPUT OUTPUT [--view original|accepted|marked] [--warnings FILE]
// Converts between article formats without a server or a database (scripts/convert.ts), within the time and the memory
// that a conversion has on the server.
import { checkNode, program, root } from './house.mjs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** As in server/convert/limits.ts. */
const heapMegabytes = 320;

checkNode();
const loader = pathToFileURL(program('tsx', 'dist/loader.mjs')).href;
const wanted = process.argv.slice(2);
const args = [join(root, 'scripts', 'convert.ts'), ...wanted];
// Names of files are meant from where the person stands; npm moves to the checkout.
const cwd = process.env.INIT_CWD ?? process.cwd();
const child = spawn(
  process.execPath,
  [`--max-old-space-size=${heapMegabytes}`, '--no-warnings', '--import', loader, ...args],
  { cwd, stdio: ['inherit', 'inherit', 'pipe'] },
);
let said = '';
child.stderr.setEncoding('utf8').on('data', (chunk) => (said += chunk));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.once('close', (code, signal) => {
  // Ended by its watchdog, or by V8 whose heap is full: a table of addresses tells nobody anything.
  const isTooMuch = signal === 'SIGKILL' || signal === 'SIGABRT' || code === 134;
  process.stderr.write(
    isTooMuch
      ? `${wanted[0]}: The file takes more time or memory to read than an article needs, and was not opened. (FILE_TOO_HEAVY)\n`
      : said,
  );
  process.exitCode = code ?? 1;
});
