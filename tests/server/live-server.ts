// A whole server on a database of its own, with people signed in to it over HTTP and sockets.
import { Writable } from 'node:stream';
import { io, type Socket } from 'socket.io-client';
import { inject } from 'vitest';
import type { Role } from '#core/annotate/audience.ts';
import type { Commit } from '#core/sync/commit.ts';
import type { Refusal } from '#core/sync/error.ts';
import type { Joined, Peer } from '#core/sync/protocol.ts';
import { startServer, type GalleyServer } from '#server/app.ts';
import { readConfig } from '#server/config.ts';
import type { Context } from '#server/context.ts';
import { importText } from '#server/library/import.ts';
import { makeLog } from '#server/log.ts';
import { openDatabase } from '#server/store/client.ts';
import { freshDatabase, type FreshDatabase } from '#tests/support/database.ts';

export const text = [
  'A headline of its own',
  '',
  'It is a safe heaven for all who come, and it was one for a long time before that.',
  '',
  'A second paragraph says that they already received $550 million from the fund last year.',
  '',
].join('\n');

export interface LiveServer {
  server: GalleyServer;
  context: Context;
  address: string;
  /** Everything it logged so far. */
  logged(): string;
  /** Adds a person with a role in the house; gives their id. */
  person(name: string, role: Role): Promise<string>;
  member(articleId: string, userId: string, role: Role): Promise<void>;
  article(words?: string): Promise<string>;
  /** The audit's entries of an action, oldest first. */
  audits(action: string): Promise<{ articleId: string | null; detail: unknown }[]>;
  /** The cookie header of somebody who is signed in. */
  cookie(userId: string): Promise<string>;
  /** A request as a browser page of ours would send it; with `json` it is a POST, unless it is told otherwise. */
  ask(path: string, init?: RequestInit & { cookie?: string; json?: unknown }): Promise<Response>;
  tab(userId: string, options?: TabOptions): Promise<Tab>;
  end(): Promise<void>;
}

export interface TabOptions {
  clientId?: string;
  origin?: string | null;
  cookie?: string;
}

let counter = 0;

/** Where a set-cookie list becomes the header a browser would send. */
export const cookieHeader = (cookies: readonly string[]): string =>
  cookies.map((cookie) => cookie.split(';')[0]).join('; ');

/** `demo` is on unless told otherwise: people are then signed in without a password. */
export async function liveServer(
  env: Record<string, string> = {},
  database?: FreshDatabase,
): Promise<LiveServer> {
  const fresh = database ?? (await freshDatabase());
  const config = readConfig({ PORT: '0', GALLEY_DEMO: '1', LOG_LEVEL: 'debug', ...env });
  let logs = '';
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logs += String(chunk);
      done();
    },
  });
  const log = makeLog(config.logLevel, sink);
  const pages = new URL('pages', import.meta.url).pathname;
  const server = await startServer({
    config,
    databaseUrl: fresh.url,
    pages,
    log,
    convertProgram: inject('convertProgram'),
  });
  const { context, address } = server;
  const tabs: Tab[] = [];
  const live: LiveServer = {
    server,
    context,
    address,
    logged: () => logs,
    async person(name, role) {
      const id = `${name.toLowerCase()}-${++counter}`;
      await context.accounts.seed([{ id, name, role, color: 0, email: `${id}@galley.test` }]);
      return id;
    },
    async member(articleId, userId, role) {
      await context.store.putMembership({ articleId, userId, role, endsAt: null });
      // As every verb does that changes what somebody is.
      context.standings.forget();
    },
    article: (words = text) => importText(context, null, { bytes: Buffer.from(words) }),
    async audits(action) {
      const database = openDatabase(fresh.url);
      const found = await database.prisma.auditEntry.findMany({
        where: { action },
        orderBy: { at: 'asc' },
      });
      await database.close();
      return found;
    },
    cookie: async (userId) => cookieHeader(await context.auth.signInAs(userId, new Headers())),
    ask(path, { cookie, json, ...init } = {}) {
      const headers = new Headers(init.headers);
      if (json !== undefined) headers.set('content-type', 'application/json');
      if (cookie !== undefined) headers.set('cookie', cookie);
      if (!headers.has('origin')) headers.set('origin', address);
      if (headers.get('origin') === '') headers.delete('origin');
      const sent = json === undefined ? {} : { method: 'POST', body: JSON.stringify(json) };
      return fetch(`http://127.0.0.1:${server.port}${path}`, { ...sent, ...init, headers });
    },
    async tab(userId, options = {}) {
      const cookie = options.cookie ?? (await live.cookie(userId));
      const tab = new Tab(live, userId, { ...options, cookie });
      tabs.push(tab);
      return tab;
    },
    async end() {
      for (const tab of tabs) tab.close();
      await server.close();
      if (!database) await fresh.drop();
    },
  };
  return live;
}

/** Any answer: a refusal, a receipt, or what a join gives. */
export type Answer = Partial<Omit<Joined, 'ok'>> &
  Partial<Omit<Refusal, 'ok'>> & { ok: boolean; seq?: number; dropped?: unknown[] };

/** One browser tab, at the level of messages. */
export class Tab {
  readonly socket: Socket;
  readonly userId: string;
  readonly clientId: string;
  /** Frames as they came. */
  readonly frames: Commit[][] = [];
  /** Everything that came, as text. */
  received = '';
  peers: Peer[] = [];
  ended = '';
  private seq = 0;

  constructor(live: LiveServer, userId: string, options: TabOptions) {
    this.userId = userId;
    this.clientId = options.clientId ?? `client-${++counter}-${userId}`;
    const { origin = live.address, cookie = '' } = options;
    this.socket = io(`http://127.0.0.1:${live.server.port}`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      autoConnect: false,
      extraHeaders: { cookie, ...(origin === null ? {} : { origin }) },
    });
    this.socket.onAny((...words: unknown[]) => (this.received += JSON.stringify(words)));
    this.socket.on('article:commits', (frame: { commits: Commit[] }) =>
      this.frames.push(frame.commits),
    );
    this.socket.on('article:presence', (frame: { peers: Peer[] }) => (this.peers = frame.peers));
    this.socket.on('session:ended', ({ why }: { why: string }) => (this.ended = why));
  }

  /** Connects; gives the refusal's code when the server will not have it. */
  connect(): Promise<string | null> {
    return new Promise((resolve) => {
      this.socket.once('connect', () => resolve(null));
      this.socket.once('connect_error', (error: Error & { data?: Refusal }) =>
        resolve(error.data?.code ?? error.message),
      );
      this.socket.connect();
    });
  }

  async say(event: string, ...asked: unknown[]): Promise<Answer> {
    const answer = (await this.socket.timeout(20_000).emitWithAck(event, ...asked)) as Answer;
    this.received += JSON.stringify(answer);
    return answer;
  }

  async join(articleId: string, have?: { rev: number }): Promise<Answer> {
    if (!this.socket.connected) await this.connect();
    return this.say('article:join', { articleId, clientId: this.clientId, ...(have && { have }) });
  }

  /** A commit of this tab, with the next number. */
  made(over: object): { clientId: string; seq: number } & Record<string, unknown> {
    const whole = { base: 0, intent: 'annotate', steps: [], ops: [], ...over };
    return { clientId: this.clientId, seq: ++this.seq, ...whole };
  }

  commit(articleId: string, over: object): Promise<Answer> {
    return this.say('article:commit', { articleId, commit: this.made(over) });
  }

  /** All commits that came in frames. */
  get commits(): Commit[] {
    return this.frames.flat();
  }

  close(): void {
    this.socket.disconnect();
  }
}

/** Waits until `look` gives something that is not false, null or undefined. The time is for a machine with other work to do. */
export async function until<T>(look: () => T, ms = 20_000): Promise<NonNullable<T>> {
  const end = Date.now() + ms;
  for (;;) {
    const found = look();
    if (found !== false && found !== null && found !== undefined) return found;
    if (Date.now() > end) throw new Error(`Nothing within ${ms} ms: ${String(look)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Time for what is told at once, within a second or two where nothing else runs: well before the look at everybody's session each
 *  half minute, which would hide that nothing was told. */
export const soonMs = 12_000;

/** A plain insertion at `pos`. */
export const insertion = (pos: number, words: string, marks?: object[]): object => ({
  stepType: 'replace',
  from: pos,
  to: pos,
  slice: { content: [{ type: 'text', text: words, ...(marks && { marks }) }] },
});

/** An operation that opens a comment on a few characters of the first paragraph. */
export const comment = (id: string, words: string, audience: unknown = 'all'): object => ({
  op: 'comment.open',
  id,
  from: 26,
  to: 30,
  quote: { exact: 'x', prefix: '', suffix: '' },
  text: words,
  audience,
});
