/** The judges and third-party samples that lie beside the checkout, for those who have them. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const shared = process.env['GALLEY_SHARED'] ?? join(root, '../shared');

/** The folder of the samples, or null. */
export const samples = existsSync(join(shared, 'samples/docx'))
  ? join(shared, 'samples/docx')
  : null;

const judge = join(shared, 'judges/docx-schema.mjs');

/** The judge of schemas, or null; it needs xmllint. */
export async function schemaJudge(): Promise<((file: string) => string[]) | null> {
  if (!existsSync(judge) || spawnSync('xmllint', ['--version']).error) return null;
  const loaded = (await import(judge)) as { schemaErrors: (file: string) => string[] };
  return loaded.schemaErrors;
}
