// node scripts/review-schema.mjs: writes the JSON Schema of the lossless file anew (scripts/review-schema.ts). For development.
import { checkNode, node, program } from './house.mjs';

checkNode();
const { code } = await node([program('tsx', 'dist/cli.mjs'), 'scripts/review-schema.ts']);
const formatted = await node([
  program('oxfmt', 'bin/oxfmt'),
  'docs/formats/galley-review.schema.json',
]);
process.exitCode = code || formatted.code;
