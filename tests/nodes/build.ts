// The server as a bundle of its own, so that a node starts in half a second and never from an old build. A build can have faults
// planted in it: what a check says of such a server shows that the check can fail.
import { readFile } from 'node:fs/promises';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll } from 'vitest';
import { projectRoot } from '#server/platform/migrate.ts';

/** Words of one source file and what stands in their place. */
export interface Fault {
  file: string;
  from: string;
  to: string;
}

/** A server that answers before the database has taken what it answers for. */
export const answersEarly: Fault = {
  file: 'server/review/room.ts',
  from: 'const stored = await this.deps.store.append(',
  to: `for (const { waiting, answer } of answers) waiting.answer(answer);
        await new Promise((resolve) => setTimeout(resolve, 200));
        const stored = await this.deps.store.append(`,
};

const folder = join(projectRoot(), `dist.nodes-${process.pid}`);
const made = new Map<string, Promise<string>>();
// Registered for the test file that imports this.
afterAll(() => {
  made.clear();
  rmSync(folder, { recursive: true, force: true });
});

async function bundle(name: string, faults: readonly Fault[]): Promise<string> {
  const root = projectRoot();
  const outfile = join(folder, name, 'main.js');
  mkdirSync(join(folder, name), { recursive: true });
  let planted = 0;
  await build({
    absWorkingDir: root,
    entryPoints: ['server/main.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    logLevel: 'warning',
    plugins: [
      {
        name: 'own-rooms-and-faults',
        setup(builder) {
          builder.onResolve({ filter: /^#(core|server)\// }, ({ path }) => ({
            path: join(root, path.slice(1)),
          }));
          builder.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
            const found = faults.filter(({ file }) => path === join(root, file));
            let contents = await readFile(path, 'utf8');
            for (const { from, to } of found) {
              if (contents.includes(from)) planted++;
              contents = contents.replace(from, to);
            }
            return { contents, loader: 'ts' };
          });
        },
      },
    ],
  });
  if (planted !== faults.length) throw new Error('A fault found no place in the sources.');
  return outfile;
}

/** The entry file of a server with these faults, or with none. */
export function builtServer(faults: readonly Fault[] = []): Promise<string> {
  const name = faults.length === 0 ? 'sound' : `faults-${made.size}`;
  const key = JSON.stringify(faults);
  const known = made.get(key) ?? bundle(name, faults);
  made.set(key, known);
  return known;
}
