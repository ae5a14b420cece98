// How long the embedded database takes to open: new, again, and after it was left running.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHouse } from '#server/platform/database.ts';
import type { Figure } from './figure.ts';

export async function measure(): Promise<Figure[]> {
  const scratch = await mkdtemp(join(tmpdir(), 'galley-bench-'));
  const open = async (): Promise<number> => {
    const begun = performance.now();
    const house = await openHouse({ dataDir: scratch });
    const took = performance.now() - begun;
    await house.stop();
    return took;
  };
  try {
    const first = await open();
    const second = await open();
    return [
      { what: 'first start: made and migrated', value: first, unit: 'ms', aim: 'at most 1,500 ms' },
      { what: 'second start', value: second, unit: 'ms', aim: 'at most 500 ms' },
    ];
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
