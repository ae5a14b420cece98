// npm run migrate: brings the database (DATABASE_URL, or the embedded one) up to date and leaves.
import { checkNode, node, program } from './house.mjs';
import { generateIfStale } from './generate.mjs';

checkNode();
await generateIfStale();
const { code } = await node([program('tsx', 'dist/cli.mjs'), 'scripts/migrate.ts']);
process.exitCode = code;
