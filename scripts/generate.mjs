// Writes the Prisma client to server/store/generated when the schema or Prisma itself changed.
// Called by each script that needs it: npm's own pre-scripts are skipped under --ignore-scripts.
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint, hasPackage, isMain, readIfThere, refuse, root } from './house.mjs';
import { prisma } from './prisma.mjs';

const target = join(root, 'server', 'store', 'generated');
const stamp = join(target, 'stamp');

export async function generateIfStale() {
  const version = readIfThere(join(root, 'node_modules', 'prisma', 'package.json'));
  const now = fingerprint(['prisma/schema']) + /"version": "(.+)"/.exec(version)?.[1];
  if (readIfThere(stamp) === now && existsSync(join(target, 'client.ts'))) return;
  if (!hasPackage('prisma')) {
    refuse('The database client is not generated and Prisma is not installed. Run: npm ci');
  }
  rmSync(stamp, { force: true });
  const { code, output } = await prisma(['generate', '--no-hints'], { capture: true });
  if (code !== 0) refuse(`The database client could not be generated.\n${output}`);
  writeFileSync(stamp, now);
}

if (isMain(import.meta.url)) await generateIfStale();
