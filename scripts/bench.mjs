// npm run bench: runs the files of bench/ one after another and prints what they measured as a
// table. `npm run bench -- NAME` runs those whose name holds NAME; `npm run bench -- plots` draws what was kept. Figures are aims,
// never pass marks.
import { checkNode, node, program } from './house.mjs';
import { generateIfStale } from './generate.mjs';

checkNode();
await generateIfStale();
const tsx = program('tsx', 'dist/cli.mjs');
const { code } = await node([tsx, 'scripts/bench.ts', ...process.argv.slice(2)]);
process.exitCode = code;
