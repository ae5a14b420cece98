/** Builds a server by a function: nothing global, so two fit in one process. Side effects at start and stop only. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createServer, type RequestListener, type Server as HttpServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { refusal } from '#core/sync/error.ts';
import { Auth } from '#server/auth/auth.ts';
import { Standings } from '#server/auth/standing.ts';
import { originsOf, type Config } from '#server/config.ts';
import type { Context } from '#server/context.ts';
import { Converter } from '#server/convert/converter.ts';
import { makeHttp } from '#server/http/http.ts';
import { gatherWords } from '#server/library/gather-words.ts';
import { makeHealth } from '#server/health.ts';
import type { Logger } from '#server/log.ts';
import { makeMeter } from '#server/metrics.ts';
import { Refusal } from '#server/platform/refusal.ts';
import { Gateway } from '#server/realtime/gateway.ts';
import { Rooms } from '#server/review/rooms.ts';
import { Watch } from '#server/review/watch.ts';
import { Accounts } from '#server/store/accounts.ts';
import { Assets } from '#server/store/assets.ts';
import { Claims } from '#server/store/claims.ts';
import { Desk } from '#server/store/desk.ts';
import { openDatabase } from '#server/store/client.ts';
import { LastSeen } from '#server/people/last-seen.ts';
import { Links } from '#server/store/links.ts';
import { Notices } from '#server/store/notices.ts';
import { Parcels } from '#server/store/parcels.ts';
import { People } from '#server/store/people.ts';
import { PrismaStore } from '#server/store/prisma.ts';
import { Sendings } from '#server/store/sendings.ts';
import { inTurn } from '#server/store/turns.ts';
import { Versions } from '#server/store/versions.ts';
import { Watching } from '#server/store/watching.ts';

export interface ServerParts {
  config: Config;
  databaseUrl: string;
  /** The folder of the built screens. */
  pages: string;
  log: Logger;
  /** The built program that converts; the one beside the server unless told. */
  convertProgram?: string | undefined;
}

export interface GalleyServer {
  context: Context;
  /** The address people are told. */
  address: string;
  port: number;
  /** Answers what is on its way, keeps what is known, and closes everything it opened. */
  close(): Promise<void>;
}

/** Longest wait for open requests at the end. */
const lastWordsMs = 1500;

/** Until everything is built, whoever asks is told to come again. */
const notYet: RequestListener = (_req, res) => {
  res.writeHead(503, { 'Content-Type': 'application/json', 'Retry-After': '1' });
  res.end(JSON.stringify(refusal('UNAVAILABLE')));
};

function listen(http: HttpServer, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => reject(whyNot(error, port, host)));
    http.listen(port, host, () => resolve((http.address() as AddressInfo).port));
  });
}

function whyNot(error: NodeJS.ErrnoException, port: number, host: string): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new Refusal(
        `Port ${port} is in use. Stop what uses it, or choose another one: PORT=${port + 1} npm start`,
      );
    case 'EACCES':
      return new Refusal(`Port ${port} may not be used by this account. Choose one above 1023.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new Refusal(`HOST is "${host}", which is no address of this machine.`);
    default:
      return error;
  }
}

/** Starts a server on a migrated database. Throws a `Refusal` for what a person can put right. */
export async function startServer({
  config,
  databaseUrl,
  pages,
  log,
  convertProgram,
}: ServerParts): Promise<GalleyServer> {
  let handler = notYet;
  const http = createServer((req, res) => handler(req, res));
  const connections = new Set<Socket>();
  http.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  const port = await listen(http, config.port, config.host);
  const origins = originsOf(config, port);
  const database = openDatabase(databaseUrl, {
    onError: (error) => log.warn({ err: error }, 'a database connection was lost'),
  });
  const notices = new Notices({
    url: databaseUrl,
    onError: (error) => log.warn({ err: error }, 'the line to other nodes was lost'),
  });
  let stopping = false;
  try {
    const store = new PrismaStore(database);
    const accounts = new Accounts(database);
    const people = new People(database);
    const makeSecret = (): string => randomBytes(32).toString('base64url');
    const secret = config.authSecret ?? (await accounts.settingOnce('auth-secret', makeSecret));
    const now = (): string => new Date().toISOString();
    const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
    const onSignIn = (userId: string): Promise<void> =>
      store.audit({ at: now(), userId, action: 'account.sign-in', detail: {} });
    const watching = new Watching(notices);
    const migrations = await watching.migrations();
    const lastSeen = new LastSeen({ people, now, log });
    const meter = makeMeter(
      () => ({
        ...gateway.counts,
        rooms: rooms.count,
        queued: rooms.queued,
        databaseAnswers: watch.databaseAnswers,
        nodesHeard: gateway.hearsNodes,
        converting: converter.running,
        waitingToConvert: converter.waiting,
      }),
      { process: config.metricsToken !== undefined },
    );
    const converter = new Converter({ log, onEnd: meter.converted, program: convertProgram });
    const onStored = (articleId: string, rev: number): void => gateway.stored(articleId, rev);
    const rooms = new Rooms({ store, now, hash, log, meter, onStored });
    const context: Context = {
      config,
      origins,
      log,
      store,
      assets: new Assets(database),
      claims: new Claims(database),
      desk: new Desk(database),
      sendings: new Sendings(database),
      parcels: new Parcels(database),
      versions: new Versions(database),
      accounts,
      people,
      links: new Links(database),
      auth: new Auth({
        config,
        database,
        secret,
        origins,
        log,
        onSignIn,
        isBanned: (userId) => people.isBanned(userId),
        onSeen: (userId) => lastSeen.saw(userId),
      }),
      rooms,
      converter,
      notices,
      meter,
      health: makeHealth({
        stopping: () => stopping,
        watch: () => watch,
        ping: () => store.ping(),
        hearsNodes: () => gateway.hearsNodes,
        missingMigrations: async () => {
          const there = await watching.migrations();
          return [...migrations].filter((name) => !there.has(name));
        },
      }),
      standings: new Standings(store, now),
      activeIn: (articleId) => gateway.activeIn(articleId),
      inTurn: (act) => inTurn(database, act),
      nodes: () => gateway.counts.nodes,
      recheckSessions: () => gateway.recheck(),
      stopping: () => stopping,
      now,
      newId: () => randomUUID(),
    };
    const gateway = new Gateway(context, http);
    handler = makeHttp(context, pages);
    const watch = new Watch({
      watching,
      rooms,
      now,
      log,
      onEnding: () => gateway.recheck(),
    });
    const stopGathering = gatherWords({ store, log, time: Date.now });
    const close = async (): Promise<void> => {
      stopping = true;
      log.info({ ...gateway.counts, queued: rooms.queued }, 'stopping');
      // First everything that waits is stored and answered; then people go, to another node or until this one is back.
      await Promise.all([rooms.settle(), watch.close(), stopGathering(), converter.close()]);
      http.closeIdleConnections();
      // A client that answers nothing must not hold up the stop, and neither must one that only listens.
      const timer = setTimeout(() => connections.forEach((one) => one.destroy()), lastWordsMs);
      await gateway.close();
      clearTimeout(timer);
      // Snapshots and the texts of the search come last: without them nothing is lost but time.
      const texts = store.keepTexts().catch((error: unknown) => {
        log.debug({ err: error }, 'texts for the search were not written');
      });
      await Promise.all([rooms.close(), texts]);
      await notices.close();
      await store.close();
      log.info({}, 'stopped');
    };
    let closed: Promise<void> | undefined;
    return {
      context,
      address: origins[0] ?? '',
      port,
      close: () => (closed ??= close()),
    };
  } catch (error) {
    http.close();
    await notices.close();
    await database.close();
    throw error;
  }
}
