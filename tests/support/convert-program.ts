// Vitest's global setup: the program that converts is built once for a run. Servers of tests start it at their first
// conversion; run from the sources it would take a second each time.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildConverter } from '#tests/support/build-converter.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The built program. */
    convertProgram: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'galley-convert-'));
  const program = join(folder, 'convert.mjs');
  await buildConverter(program);
  project.provide('convertProgram', program);
  return () => rm(folder, { recursive: true, force: true });
}
