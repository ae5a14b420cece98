// The server that benches measure: in this process, on a free port, silent, with a database of its own.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { startServer, type GalleyServer } from '#server/app.ts';
import { readConfig } from '#server/config.ts';
import { makeLog } from '#server/log.ts';
import { openHouse } from '#server/platform/database.ts';
import { projectRoot } from '#server/platform/migrate.ts';

const noPages = join(projectRoot(), 'tests', 'server', 'pages');

/** Starts one whose database is in a new folder, or in `kept`, which stays when all is closed. `pages` are the screens, for those
 *  who look at them. */
export async function openServer({
  pages = noPages,
  kept,
}: { pages?: string; kept?: string | undefined } = {}): Promise<{
  server: GalleyServer;
  databaseUrl: string;
  close: () => Promise<void>;
}> {
  const dataDir = kept ?? (await mkdtemp(join(tmpdir(), 'galley-bench-')));
  const { databaseUrl, stop } = await openHouse({ dataDir });
  const server = await startServer({
    config: readConfig({ PORT: '0', GALLEY_DEMO: '1' }),
    databaseUrl,
    pages,
    log: makeLog('error', new Writable({ write: (_chunk, _encoding, done) => done() })),
  });
  return {
    server,
    databaseUrl,
    async close() {
      await server.close();
      await stop();
      if (kept === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}
