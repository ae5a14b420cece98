// Pictures in a backup: as many bytes as they have, in a portion each, and the same again in another house.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeBackup } from '#server/backup/backup.ts';
import { inspectBackup } from '#server/backup/inspect.ts';
import { inPortions } from '#server/backup/portions.ts';
import { restoreBackup } from '#server/backup/restore.ts';
import { Assets } from '#server/store/assets.ts';
import { openDatabase, type Database } from '#server/store/client.ts';
import { hashBytes, jpeg, png } from '#tests/formats/assets/pictures.ts';
import { writeArticle } from '#tests/platform/library.ts';
import { freshDatabase, type FreshDatabase } from '#tests/support/database.ts';

const at = '2026-02-03T04:05:06.789Z';
const large = Buffer.concat([png(7, 7), Buffer.alloc(3 * 1024 * 1024, 0xa7)]);
const small = jpeg(64, 48);
const pictures = new Map([
  [hashBytes(large), { type: 'image/png', bytes: large, width: 7, height: 7 } as const],
  [hashBytes(small), { type: 'image/jpeg', bytes: small, width: 64, height: 48 } as const],
]);

let folder: string;
const made: FreshDatabase[] = [];
const opened: Database[] = [];

async function house(): Promise<{ url: string; database: Database }> {
  const fresh = await freshDatabase();
  const database = openDatabase(fresh.url);
  made.push(fresh);
  opened.push(database);
  return { url: fresh.url, database };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'galley-pictures-'));
});
afterAll(async () => {
  for (const database of opened) await database.close();
  for (const { drop } of made) await drop();
  await rm(folder, { recursive: true, force: true });
});

it('[AS14] a backup holds the pictures and who has them, and a restored house has the same', async () => {
  const from = await house();
  await writeArticle(from.database, 'first', 3);
  const assets = new Assets(from.database);
  await assets.put(pictures, at);
  for (const hash of pictures.keys()) await assets.use('first', hash, 'ines', at);
  const file = join(folder, 'house.galley');
  await makeBackup(from.url, file, new Date(at));
  const to = await house();
  await to.database.close();
  opened.pop();
  const nothing = (): Promise<void> => Promise.resolve();
  const access = { url: to.url, where: 'a test', letGo: nothing, stop: nothing };
  await restoreBackup(access, await inspectBackup(file));
  const again = openDatabase(to.url);
  opened.push(again);
  const restored = await new Assets(again).of('first', [...pictures.keys()]);
  expect(restored.size).toBe(2);
  for (const [hash, asset] of restored) {
    expect(hashBytes(asset.bytes)).toBe(hash);
    expect({ ...asset, bytes: Buffer.from(asset.bytes) }).toEqual(pictures.get(hash));
  }
});

it('[AS14] large rows are fetched one at a time, however small those before them are', async () => {
  const { database } = await house();
  const client = await database.pool.connect();
  try {
    await client.query('BEGIN');
    const sizes: number[] = [];
    const sql = "SELECT repeat('x', n)::text FROM generate_series(1, 40) AS n";
    for await (const portion of inPortions(client, { sql, most: 1 })) sizes.push(portion.length);
    expect(sizes).toEqual(Array.from({ length: 40 }, () => 1));
    await client.query('COMMIT');
  } finally {
    client.release();
  }
});
