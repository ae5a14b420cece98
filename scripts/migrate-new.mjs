// npm run migrate:new NAME: writes the migration that leads from prisma/migrations to the schema.
import { checkNode, node, program, refuse } from './house.mjs';
import { generateIfStale } from './generate.mjs';

checkNode();
const name = process.argv[2] ?? '';
if (!/^[a-z][a-z0-9_]{2,60}$/.test(name)) {
  refuse(
    'Usage: npm run migrate:new NAME, where NAME is in lower case with underscores, such as add_stages.',
  );
}
await generateIfStale();
const { code } = await node([program('tsx', 'dist/cli.mjs'), 'scripts/migrate-new.ts', name]);
process.exitCode = code;
