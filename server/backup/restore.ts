/** Brings back what a backup holds. Everything is made and checked in a database beside the present one; only then the two change
 *  places, in one step. Whatever fails before leaves the present data as they are. */
import pg from 'pg';
import { articleHeads } from '#server/backup/articles.ts';
import { appliedMigrations } from '#server/backup/backup.ts';
import { beginMoment, sumsOf } from '#server/backup/export.ts';
import type { Inspected } from '#server/backup/inspect.ts';
import { loadRows } from '#server/backup/load.ts';
import {
  makeBeside,
  placeOf,
  removeBeside,
  switchBack,
  switchTo,
  withClient,
  type Place,
} from '#server/backup/swap.ts';
import { migrate, migrationsFolder } from '#server/platform/migrate.ts';
import type { DataAccess } from '#server/platform/data-access.ts';
import { Refusal } from '#server/platform/refusal.ts';

const unlike = (what: string): Refusal =>
  new Refusal(`What was restored is not what the backup says (${what}). Nothing was changed.`);

/** Restores an inspected backup into the data that `access` holds alone. */
export async function restoreBackup(access: DataAccess, backup: Inspected): Promise<void> {
  const place = placeOf(access.url);
  const name = await makeBeside(place);
  let old: string;
  try {
    await fill(place.url(name), backup);
    await access.letGo();
    old = await switchTo(place, name);
  } catch (error) {
    await removeBeside(place, name).catch(() => undefined);
    throw error instanceof pg.DatabaseError ? inWords(error) : error;
  }
  try {
    await checkInPlace(place, backup);
  } catch (error) {
    await switchBack(place, old);
    await removeBeside(place, name).catch(() => undefined);
    throw error;
  }
  await removeBeside(place, old);
}

/** The words of the database, without the values it quotes in its details. */
const inWords = (error: pg.DatabaseError): Refusal =>
  new Refusal(`The backup could not be restored: ${error.message}. Nothing was changed.`);

async function fill(url: string, { file, header, manifest }: Inspected): Promise<void> {
  await migrate(url, migrationsFolder(), header.migrations.length);
  await withClient(url, async (client) => {
    const applied = await appliedMigrations(client);
    if (JSON.stringify(applied) !== JSON.stringify(header.migrations)) throw unlike('migrations');
    await loadRows(client, file);
    // Compared before newer migrations, which may change rows.
    const sums = await sumsOf(client, await beginMoment(client));
    await client.query('COMMIT');
    for (const sum of manifest.tables) {
      const found = sums.find(({ name }) => name === sum.name);
      if (JSON.stringify(found) !== JSON.stringify(sum)) throw unlike(`table ${sum.name}`);
    }
    if (sums.length !== manifest.tables.length) throw unlike('tables');
  });
  await migrate(url);
  await withClient(url, async (client) => {
    await client.query('ANALYZE');
    await checkArticles(client, manifest.articles);
  });
}

/** Every article opens, at the revision and with the text it had. */
async function checkArticles(
  client: pg.Client,
  articles: Inspected['manifest']['articles'],
): Promise<void> {
  await beginMoment(client);
  const waiting = new Map(articles.map((article) => [article.id, article]));
  for await (const { id, rev, docHash, problem } of articleHeads(client)) {
    const said = waiting.get(id);
    waiting.delete(id);
    if (said?.rev === rev && said.docHash === docHash) continue;
    throw unlike(`article ${id}${problem === undefined ? '' : `: ${problem}`}`);
  }
  if (waiting.size > 0) throw unlike('articles');
  await client.query('COMMIT');
}

/** The database answers under its own name and holds the articles. */
async function checkInPlace(place: Place, { manifest }: Inspected): Promise<void> {
  const count = await withClient(place.url(place.name), async (client) => {
    const { rows } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM "Article"');
    return rows[0]?.n;
  });
  if (count !== manifest.articles.length) throw unlike('articles');
}
