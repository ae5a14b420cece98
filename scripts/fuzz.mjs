// npm run fuzz: the long form of every seeded test and of the kills, the files of tests that read FUZZ_RUNS or FUZZ_KILLS.
// FUZZ_RUNS sets how many histories of each kind (10,000), FUZZ_SEED where to begin, FUZZ_KILLS how often a server is killed (200);
// `npm run fuzz -- tests/sync` runs some of the files.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkNode, filesBelow, node, program, refuse, root } from './house.mjs';
import { generateIfStale } from './generate.mjs';

checkNode();
const wanted = process.argv.slice(2);
const files = filesBelow(['tests']).filter(
  (path) =>
    /\.test\.tsx?$/.test(path) &&
    /FUZZ_(RUNS|KILLS)/.test(readFileSync(join(root, path), 'utf8')) &&
    (wanted.length === 0 || wanted.some((part) => path.includes(part))),
);
if (files.length === 0) refuse('No seeded tests were found with that name.');
await generateIfStale();
const runs = process.env.FUZZ_RUNS ?? '10000';
const kills = process.env.FUZZ_KILLS ?? '200';
const begun = Date.now();
console.log(`${runs} runs of each kind and ${kills} kills in ${files.join(', ')}`);
const { code } = await node(
  [program('vitest', 'vitest.mjs'), 'run', '--testTimeout=14400000', ...files],
  { env: { FUZZ_RUNS: runs, FUZZ_KILLS: kills } },
);
const minutes = Math.round((Date.now() - begun) / 60_000);
const over = `${files.length} files, ${runs} runs of each kind (fewer where a file says so), ${kills} kills, ${minutes} min`;
console.log(code === 0 ? `0 failures: ${over}.` : `The fuzz failed, see above: ${over}.`);
process.exitCode = code;
