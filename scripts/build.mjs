// Builds the web client to dist/web and the server to dist/server when the sources changed.
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkNode, fingerprint, hasPackage, isMain, readIfThere, refuse, root } from './house.mjs';
import { generateIfStale } from './generate.mjs';

const dist = join(root, 'dist');
const stamp = join(dist, 'stamp');
const sources = [
  'core',
  'server',
  'web',
  'prisma/schema',
  'package.json',
  'package-lock.json',
  'vite.config.ts',
  'tsconfig.base.json',
  'scripts/build.mjs',
];

/** Builds unless the last build was of these very sources; says so first, since it takes a while. */
export async function buildIfStale({ force = false } = {}) {
  const now = fingerprint(sources);
  const isBuilt = existsSync(join(dist, 'server', 'main.js'));
  if (isBuilt && !force && readIfThere(stamp) === now) return;
  if (!hasPackage('vite') || !hasPackage('esbuild')) {
    refuse(
      isBuilt
        ? 'The build in dist is not of these sources, and the packages for building are not installed. Run: npm ci && npm run build'
        : 'Galley is not built, and the packages for building are not installed. Run: npm ci && npm run build',
    );
  }
  await generateIfStale();
  console.log('Building, about 10 s.');
  // Built aside and then put in place, so that a server that runs keeps its files until the last.
  const part = join(root, `dist.${process.pid}`);
  rmSync(part, { recursive: true, force: true });
  try {
    await Promise.all([
      buildServer(join(part, 'server')),
      buildConverter(join(part, 'server', 'convert.mjs')),
      buildWeb(join(part, 'web')),
    ]);
    writeFileSync(join(part, 'stamp'), now);
    rmSync(dist, { recursive: true, force: true });
    renameSync(part, dist);
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    if (readIfThere(stamp) !== now) throw error; // Else another start built the same meanwhile.
  }
}

async function buildServer(outdir) {
  const esbuild = await import('esbuild');
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: {
      main: 'server/main.ts',
      migrate: 'server/platform/migrate-main.ts',
      backup: 'server/backup/backup-main.ts',
      restore: 'server/backup/restore-main.ts',
    },
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    // Our own rooms are "imports" of package.json, which esbuild would leave out with the packages.
    plugins: [ownRooms()],
    sourcemap: 'linked',
    logLevel: 'warning',
  });
}

/** The program that converts files: one file with its packages, so that it starts fast and needs to read no other. */
export async function buildConverter(outfile) {
  const esbuild = await import('esbuild');
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['server/convert/convert-main.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    plugins: [ownRooms()],
    logLevel: 'warning',
  });
}

function ownRooms() {
  return {
    name: 'own-rooms',
    setup(build) {
      build.onResolve({ filter: /^#(core|server)\// }, ({ path }) => ({
        path: join(root, path.slice(1)),
      }));
    },
  };
}

async function buildWeb(outDir) {
  const vite = await import('vite');
  // Vite sets NODE_ENV for the whole process, in which the server may run afterwards.
  const { NODE_ENV } = process.env;
  await vite.build({
    root: join(root, 'web'),
    configFile: join(root, 'vite.config.ts'),
    mode: 'production',
    // Scripts whose functions keep their names, for a profile.
    build: { outDir, emptyOutDir: true, ...(process.env.GALLEY_READABLE ? { minify: false } : {}) },
    logLevel: 'warn',
  });
  if (NODE_ENV === undefined) delete process.env.NODE_ENV;
  else process.env.NODE_ENV = NODE_ENV;
}

if (isMain(import.meta.url)) {
  checkNode();
  await buildIfStale({ force: true });
}
