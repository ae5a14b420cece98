/** The connection on which the nodes of a house hear of each other: PostgreSQL's LISTEN, kept alive. It goes past any other pool,
 *  so that a flood of queries cannot hold up what nodes say. What travels is short: ids and revisions, never text. */
import pg from 'pg';

export interface NoticesOptions {
  url: string;
  /** Hears of lost connections; a new one is made by itself. */
  onError(error: Error): void;
}

/** One connection listens, the others speak. */
const connections = 4;

export class Notices {
  /** When anything was heard last, our own voice included: performance.now(). */
  heardAt = performance.now();
  /** How many connections have been listened on so far: when it grows, something may have been missed in between. */
  lines = 0;
  private readonly pool: pg.Pool;
  private readonly under: Set<Promise<unknown>> = new Set();
  private readonly lent = new Set<pg.PoolClient>();
  private listener: pg.PoolClient | null = null;
  private closed = false;

  constructor({ url, onError }: NoticesOptions) {
    this.pool = new pg.Pool({
      connectionString: url,
      max: connections,
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
      keepAlive: true,
      application_name: 'galley nodes',
    });
    this.pool.on('error', onError);
    this.pool.on('connect', (client) => void client.on('error', onError));
  }

  /** As much of a pool as socket.io's adapter uses: `connect` for the connection that listens, `query` to speak. The adapter
   *  forgets to give a lost connection back, after a few losses its pool would be empty; here that is done for it. */
  get line(): Pick<pg.Pool, 'query'> & { connect(): Promise<pg.PoolClient> } {
    return {
      connect: async () => {
        // The adapter tries on after it was closed; nobody waits for that any more.
        if (this.closed) return new Promise(() => undefined);
        const client = await this.pool.connect();
        this.remember(client);
        if (this.listener) this.drop(this.listener);
        this.listener = client;
        if (this.closed) this.drop(client);
        client.once('notification', () => this.lines++);
        client.on('notification', () => {
          this.heardAt = performance.now();
        });
        client.once('end', () => {
          if (this.listener === client) this.listener = null;
          this.giveBack(client);
        });
        return client;
      },
      query: ((...asked: Parameters<pg.Pool['query']>) => {
        const answer = this.pool.query(...asked) as unknown as Promise<unknown>;
        this.under.add(answer);
        const done = (): unknown => this.under.delete(answer);
        answer.then(done, done);
        return answer;
      }) as unknown as pg.Pool['query'],
    };
  }

  /** Hangs up where nothing has been heard for too long, although we spoke; a new connection follows. */
  renew(): void {
    const { connection } = (this.listener ?? {}) as {
      connection?: { stream?: { destroy(): void } };
    };
    connection?.stream?.destroy();
  }

  /** Waits for what was said last, then hangs up. The adapter must be closed before. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.allSettled(this.under);
    if (this.listener) this.drop(this.listener);
    await this.pool.end();
  }

  /** Takes a listening connection away from whoever waits for its end. */
  private drop(client: pg.PoolClient): void {
    client.removeAllListeners('end');
    client.removeAllListeners('notification');
    this.giveBack(client);
  }

  /** Notes when somebody else gives the connection back: twice is an error for the pool. */
  private remember(client: pg.PoolClient): void {
    this.lent.add(client);
    const release = client.release.bind(client);
    client.release = (error) => {
      this.lent.delete(client);
      release(error);
    };
  }

  private giveBack(client: pg.PoolClient): void {
    if (this.lent.has(client)) client.release(true);
  }
}
