// One node as a process of its own, as `npm start` runs it, on a port that stays the same over restarts.
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { projectRoot } from '#server/platform/migrate.ts';
import { builtServer, type Planted } from '#tests/nodes/build.ts';

/** The address all nodes are known under, as behind a proxy. */
export const publicUrl = 'http://galley.test';
export const metricsToken = 'a-token-for-the-tests';

export interface NodeOptions {
  databaseUrl: string;
  /** Faults this server has. */
  planted?: readonly Planted[];
  env?: Record<string, string>;
  /** Milliseconds by which the clock of this process is wrong. */
  skewMs?: number;
}

export interface Ended {
  code: number | null;
  ms: number;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** A module that is loaded first and moves the clock. */
const skewed = (ms: number): string =>
  `data:text/javascript,const R=Date;globalThis.Date=class extends R{constructor(...a){if(a.length)super(...a);else super(R.now()+${ms})}static now(){return R.now()+${ms}}};`;

export class NodeProcess {
  readonly port: number;
  readonly url: string;
  out = '';
  private readonly options: NodeOptions;
  private child: ChildProcess | null = null;
  private gone: Promise<number | null> = Promise.resolve(null);

  private constructor(options: NodeOptions, port: number) {
    this.options = options;
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** Starts a node and waits until it is ready. */
  static async start(options: NodeOptions): Promise<NodeProcess> {
    const node = new NodeProcess(options, await freePort());
    await node.start();
    return node;
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  /** Starts it anew on its port; gives the milliseconds until it was ready. */
  async start(): Promise<number> {
    const { databaseUrl, planted = [], env = {}, skewMs } = this.options;
    const begun = performance.now();
    const main = await builtServer(planted.length === 0);
    const first = skewMs === undefined ? [] : ['--import', skewed(skewMs)];
    const child = spawn(process.execPath, [...first, main], {
      cwd: projectRoot(),
      env: {
        PATH: process.env['PATH'],
        NODE_ENV: 'production',
        DATABASE_URL: databaseUrl,
        PORT: String(this.port),
        PUBLIC_URL: publicUrl,
        METRICS_TOKEN: metricsToken,
        LOG_LEVEL: 'debug',
        GALLEY_PLANTED: planted.join(' '),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    child.stdout.on('data', (chunk) => (this.out += String(chunk)));
    child.stderr.on('data', (chunk) => (this.out += String(chunk)));
    this.gone = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
    for (;;) {
      if (child.exitCode !== null) throw new Error(`It did not start: ${this.out.slice(-2000)}`);
      const ready = await this.ready().catch(() => null);
      if (ready?.status === 200) return performance.now() - begun;
      if (performance.now() - begun > 120_000)
        throw new Error(`Not ready: ${this.out.slice(-2000)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  ready(): Promise<Response> {
    return fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(20_000) });
  }

  /** The value of a line of /metrics, summed over its labels that hold `part`. */
  async metric(name: string, part = ''): Promise<number> {
    const headers = { authorization: `Bearer ${metricsToken}` };
    const text = await (await fetch(`${this.url}/metrics`, { headers })).text();
    return text
      .split('\n')
      .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
      .filter((line) => line.includes(part))
      .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  }

  signal(signal: NodeJS.Signals): void {
    this.child?.kill(signal);
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> {
    const begun = performance.now();
    this.child?.kill(signal);
    return { code: await this.gone, ms: performance.now() - begun };
  }
}
