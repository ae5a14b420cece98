// The program that converts, built from the sources as they are.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '#server/platform/migrate.ts';

/** Builds it as the build for people does. */
export async function buildConverter(outfile: string): Promise<void> {
  const script = pathToFileURL(join(projectRoot(), 'scripts', 'build.mjs')).href;
  const built = (await import(script)) as { buildConverter(outfile: string): Promise<void> };
  await built.buildConverter(outfile);
}
