// npm run soak: two nodes on one database under people who type for half an hour; prints memory, CPU and disk each minute, keeps
// them in bench/results/soak.json, and fails when memory grows. SOAK_MINUTES sets another time.
import { checkNode, node, program } from './house.mjs';
import { generateIfStale } from './generate.mjs';

checkNode();
await generateIfStale();
const minutes = process.env.SOAK_MINUTES ?? '30';
console.log(`Two nodes, ${minutes} minutes.`);
const { code } = await node([program('vitest', 'vitest.mjs'), 'run', 'tests/nodes/soak.test.ts'], {
  env: { SOAK_MINUTES: minutes },
});
process.exitCode = code;
