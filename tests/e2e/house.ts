/** A real Galley for browser tests: the built server as a process of its own, with its own data, that can be killed and started again. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('../..', import.meta.url).pathname;

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

interface HouseOptions {
  /** Where the built server stands; the checkout, unless a test has a build of its own. */
  home?: string;
  demo: boolean;
  content?: boolean;
}

export class House {
  readonly url: string;
  private readonly home: string;
  private readonly dataDir: string;
  private readonly env: Record<string, string>;
  private child: ChildProcess | null = null;
  /** Everything the server printed, for messages of failed tests. */
  printed = '';

  private constructor(
    port: number,
    dataDir: string,
    { demo, content = false, home = root }: HouseOptions,
  ) {
    this.home = home;
    this.url = `http://localhost:${port}`;
    this.dataDir = dataDir;
    this.env = { PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'warn' };
    if (demo) this.env['GALLEY_DEMO'] = '1';
    if (demo) this.env['GALLEY_DEMO_CONTENT'] = content ? '1' : '0';
  }

  /** Starts a server on a free port with empty data; with `demo` it has the four people, with `content` their day of work too. */
  static async open(options: HouseOptions): Promise<House> {
    const dataDir = await mkdtemp(join(tmpdir(), 'galley-e2e-'));
    const house = new House(await freePort(), dataDir, options);
    await house.start();
    return house;
  }

  async start(): Promise<void> {
    const { DATABASE_URL: _none, NODE_ENV: _production, ...env } = process.env;
    this.printed = '';
    const child = spawn(process.execPath, ['dist/server/main.js'], {
      cwd: this.home,
      env: { ...env, ...this.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    await new Promise<void>((resolve, reject) => {
      const hear = (chunk: Buffer): void => {
        this.printed += chunk.toString();
        if (this.printed.includes(`Galley is at ${this.url}`)) resolve();
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('exit', (code) =>
        reject(new Error(`The server ended (${code}): ${this.printed}`)),
      );
    });
  }

  /** SIGKILL: no farewell, nothing flushed. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null) return;
    await new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.kill(signal);
    });
    this.child = null;
  }

  async close(): Promise<void> {
    await this.end('SIGTERM');
    await rm(this.dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
  }
}
