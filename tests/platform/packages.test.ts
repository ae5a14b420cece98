// What the packages say about the machines they run on.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '#server/platform/migrate.ts';

interface Manifest {
  engines?: { node?: string };
  license?: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const oldest = [20, 19, 0] as const;

/** Whether a version range (as npm writes them in `engines`) takes Node 20.19.0. */
function takesOldest(range: string): boolean {
  return range.split('||').some((part) =>
    part
      .trim()
      .replaceAll(/(>=|<=|>|<|\^|~|=)\s+/g, '$1')
      .split(/\s+/)
      .every((comparator) => takes(comparator)),
  );
}

function takes(comparator: string): boolean {
  const [, sign = '', text = ''] = /^(>=|<=|>|<|\^|~|=)?v?(.*)$/.exec(comparator) ?? [];
  if (text === '' || text === '*' || text === 'x') return true;
  const parts = text.split('.').map(Number);
  const [major = 0, minor = 0, patch = 0] = parts.map((part) => (Number.isNaN(part) ? 0 : part));
  const order = oldest[0] - major || oldest[1] - minor || oldest[2] - patch;
  if (sign === '>=') return order >= 0;
  if (sign === '>') return order > 0;
  if (sign === '<=') return order <= 0 || (parts.length === 1 && oldest[0] === major);
  if (sign === '<') return order < 0;
  if (sign === '^') return oldest[0] === major && order >= 0;
  if (sign === '~')
    return oldest[0] === major && (parts.length === 1 || oldest[1] === minor) && order >= 0;
  return (
    oldest[0] === major &&
    (parts.length < 2 || oldest[1] === minor) &&
    (parts.length < 3 || order === 0)
  );
}

async function manifests(): Promise<{ root: Manifest; locked: Record<string, Manifest> }> {
  const lock = JSON.parse(await readFile(join(projectRoot(), 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Manifest>;
  };
  return { root: lock.packages[''] ?? {}, locked: lock.packages };
}

describe('the packages', () => {
  it('[OS19] reads ranges of Node versions as npm does', () => {
    const taken = [
      '>=18',
      '^20.19.0 || >=22.12.0',
      '>= 14.0.0',
      '*',
      '20 || 22',
      '>=20 <23',
      '^18.17.0 || >=20.5.0',
    ];
    const refused = ['>=22', '^22.12.0', '>=20.20', '^18.0.0 || >=22', '>=24.0.0', '<20', '~20.18'];
    expect(taken.filter((range) => !takesOldest(range))).toEqual([]);
    expect(refused.filter((range) => takesOldest(range))).toEqual([]);
  });

  it('[OS19] that we name ourselves all run on Node 20.19', async () => {
    const { root, locked } = await manifests();
    const names = Object.keys({ ...root.dependencies, ...root.devDependencies });
    expect(names.length).toBeGreaterThan(40);
    const tooNew = names.filter(
      (name) => !takesOldest(locked[`node_modules/${name}`]?.engines?.node ?? '*'),
    );
    expect(tooNew).toEqual([]);
  });

  it('[OS24] are locked for every system, also where this registry lacks their builds', async () => {
    const script = pathToFileURL(join(projectRoot(), 'scripts', 'complete-lock.mjs')).href;
    const { missingFrom } = (await import(script)) as {
      missingFrom(lock: { packages: Record<string, Manifest> }): { name: string }[];
    };
    const { locked } = await manifests();
    expect(missingFrom({ packages: locked })).toEqual([]);
    // Planted: the same lock file without one of them.
    const { 'node_modules/@esbuild/win32-x64': left, ...rest } = locked;
    expect(left).toBeDefined();
    expect(missingFrom({ packages: rest }).map(({ name }) => name)).toEqual(['@esbuild/win32-x64']);
  });

  it('[OS19] that we name ourselves are pinned to one version', async () => {
    const { root } = await manifests();
    const all = { ...root.dependencies, ...root.devDependencies, ...root.optionalDependencies };
    const loose = Object.entries(all).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-.+)?$/.test(version),
    );
    expect(loose).toEqual([]);
  });
});
