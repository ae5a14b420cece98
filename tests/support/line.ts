// A line to the database that can be cut, or stand still.
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A line to the database that can be cut, as when PostgreSQL is stopped and started again. */
export class Line {
  private readonly ends = new Set<Socket>();
  private readonly to: { path: string } | { host: string; port: number };
  private readonly url: URL;
  private server = this.listener();
  private port = 0;
  private isStalled = false;

  constructor(databaseUrl: string) {
    const url = new URL(databaseUrl);
    this.url = url;
    const host = url.searchParams.get('host') ?? url.hostname;
    const port = Number(url.port || 5432);
    this.to = host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port };
  }

  private listener(): Server {
    return createServer((near) => {
      const far = connect(this.to);
      for (const socket of [near, far]) {
        this.ends.add(socket);
        socket.on('close', () => this.ends.delete(socket));
        socket.on('error', () => undefined);
      }
      // By hand, not with pipe(): that would go on reading what is to stand still.
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        from.on('data', (chunk) => to.write(chunk));
        from.on('close', () => to.destroy());
      }
      if (this.isStalled) for (const socket of [near, far]) socket.pause();
    });
  }

  /** Opens the line; gives the address of the database at its end. */
  async open(): Promise<string> {
    await this.restore();
    const url = new URL(this.url);
    url.searchParams.delete('host');
    url.hostname = '127.0.0.1';
    url.port = String(this.port);
    return url.href;
  }

  /** Nothing passes any more and nobody is told, as when a cable is pulled. */
  stall(): void {
    this.isStalled = true;
    for (const socket of this.ends) socket.pause();
  }

  async restore(): Promise<void> {
    if (this.isStalled) {
      this.isStalled = false;
      for (const socket of this.ends) socket.resume();
      return;
    }
    this.server = this.listener();
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  cut(): void {
    this.server.close();
    for (const socket of this.ends) socket.destroy();
  }
}
