// Where the programs and the data are when the usual place will not do.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { chmod, cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findBinaries, packagedRoot, usablePackage } from '#server/platform/binaries.ts';
import { prepareDataDirectory } from '#server/platform/data-directory.ts';
import { asUser, databaseIdentity } from '#server/platform/identity.ts';

const isRoot = process.getuid?.() === 0;
const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function scratch(mode: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'galley-places-'));
  await chmod(folder, mode);
  folders.push(folder);
  return folder;
}

const installed = packagedRoot();

describe.runIf(installed !== undefined && process.platform === 'linux')('the programs', () => {
  const native = installed ?? '';

  it('[OS17] are used where they are when that works', async () => {
    const cache = await scratch(0o755);
    const identity = databaseIdentity(cache);
    const { initdb, postgres, major } = await findBinaries(cache, identity);
    expect(major).toBe(18);
    expect([dirname(initdb), dirname(postgres)]).toEqual(Array(2).fill(join(native, 'bin')));
  });

  it('[OS17] are copied and linked when the install script did not run', async () => {
    const checkout = await scratch(0o755);
    await cp(dirname(native), join(checkout, 'pg'), { recursive: true, verbatimSymlinks: true });
    const list = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as {
      target: string;
    }[];
    for (const { target } of list) await rm(join(checkout, 'pg', target));
    const broken = join(checkout, 'pg', 'native');
    expect(spawnSync(join(broken, 'bin', 'postgres'), ['--version']).status).not.toBe(0);

    const cache = await scratch(0o755);
    const identity = databaseIdentity(cache);
    const usable = await usablePackage(broken, cache, identity);
    expect(usable.startsWith(cache)).toBe(true);
    const run = spawnSync(join(usable, 'bin', 'postgres'), ['--version'], {
      cwd: '/',
      encoding: 'utf8',
      ...asUser(identity),
    });
    expect(run.stdout).toMatch(/18/);
    // The second start uses the same copy.
    const made = statSync(usable).mtimeMs;
    expect(await usablePackage(broken, cache, identity)).toBe(usable);
    expect(statSync(usable).mtimeMs).toBe(made);
  });

  it.runIf(isRoot)('[OS17] are copied when the checkout is in a private home', async () => {
    const home = await scratch(0o700);
    await cp(dirname(native), join(home, 'pg'), { recursive: true, verbatimSymlinks: true });
    const cache = await scratch(0o711);
    const identity = databaseIdentity(cache);
    const usable = await usablePackage(join(home, 'pg', 'native'), cache, identity);
    const run = spawnSync(join(usable, 'bin', 'postgres'), ['--version'], {
      cwd: '/',
      ...asUser(identity),
    });
    expect(run.status).toBe(0);
  });
});

describe('the data directory', () => {
  it('[OS18] is .galley in the checkout', async () => {
    const checkout = await scratch(0o755);
    const { path, notice } = prepareDataDirectory(undefined, checkout);
    expect(path).toBe(join(checkout, '.galley'));
    expect(notice).toBeUndefined();
    expect(existsSync(path)).toBe(true);
  });

  it.runIf(isRoot)(
    '[OS18] is under /var/lib, and said so, when the checkout is private',
    async () => {
      const checkout = await scratch(0o700);
      const { path, notice } = prepareDataDirectory(undefined, checkout);
      folders.push(path);
      expect(path).toMatch(/^\/var\/lib\/galley\/[0-9a-f]{12}$/);
      expect(notice).toContain(`so the data is kept in ${path}`);
      // The same place the next time, another one for another checkout and for the demo.
      expect(prepareDataDirectory(undefined, checkout).path).toBe(path);
      const demo = prepareDataDirectory(undefined, checkout, true).path;
      folders.push(demo);
      expect(demo).toBe(`${path}-demo`);
    },
  );
});
