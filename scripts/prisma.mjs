// Prisma's own command line without its native engine: `node scripts/prisma.mjs generate`.
// The command looks for the engine before it does anything and would download it; generate,
// validate and format never run it, so any existing file will do.
import { readdirSync } from 'node:fs';
import { isMain, node, program, refuse, root } from './house.mjs';
import { join } from 'node:path';

function hasEngine() {
  const names = readdirSync(join(root, 'node_modules', '@prisma', 'engines'));
  return names.some((name) => name.startsWith('schema-engine-'));
}

/** Runs the Prisma command line. */
export function prisma(args, options = {}) {
  const env = {
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
    ...(hasEngine() ? {} : { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath }),
  };
  return node([program('prisma', 'build/index.js'), ...args], { ...options, env });
}

if (isMain(import.meta.url)) {
  const [command = '', ...rest] = process.argv.slice(2);
  if (!['generate', 'validate', 'format', 'version'].includes(command)) {
    refuse(
      'Usage: node scripts/prisma.mjs generate | validate | format. Migrations: npm run migrate, npm run migrate:new NAME.',
    );
  }
  process.exitCode = (await prisma([command, ...rest])).code;
}
