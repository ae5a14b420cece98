/** The settings of one server, read once from the environment. Bad values are refused in a sentence before anything starts. */
import { isIP } from 'node:net';
import { Refusal } from '#server/platform/refusal.ts';

export interface Config {
  port: number;
  /** The address to listen on; loopback unless told. */
  host: string;
  dataDir: string | undefined;
  databaseUrl: string | undefined;
  /** Where people reach the house, without a slash at the end; undefined means this machine only. */
  publicUrl: string | undefined;
  /** Signs session cookies; made once and kept in the database when unset. */
  authSecret: string | undefined;
  production: boolean;
  /** Anybody may sign in as one of the demo's people. */
  demo: boolean;
  /** Demo only: begin again with empty data. */
  fresh: boolean;
  /** Demo only: a new library gets a day of review to look at. */
  demoContent: boolean;
  /** Addresses or ranges of proxies whose X-Forwarded-For is believed. */
  trustedProxies: string[];
  /** Who brings it may read /metrics; without one there is no such address. */
  metricsToken: string | undefined;
  logLevel: LogLevel;
}

const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

type Environment = Record<string, string | undefined>;

const text = (env: Environment, name: string): string | undefined => {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
};

function readPort(env: Environment): number {
  const value = text(env, 'PORT') ?? '3000';
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65_535)
    throw new Refusal(`PORT must be a number from 0 to 65535; it is "${value}".`);
  return port;
}

function readUrl(env: Environment, name: string, protocols: readonly string[]): string | undefined {
  const value = text(env, name);
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : null;
  const example = `${protocols[0]}//…`;
  // The value may hold a password, so it is not repeated.
  if (!url || !protocols.includes(url.protocol))
    throw new Refusal(`${name} must be an address that begins with ${example}`);
  return value;
}

function readPublicUrl(env: Environment): string | undefined {
  const value = readUrl(env, 'PUBLIC_URL', ['https:', 'http:']);
  if (value === undefined) return undefined;
  const url = new URL(value);
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '')
    throw new Refusal('PUBLIC_URL must be the bare address of the house, without a path.');
  return url.origin;
}

function readFlag(env: Environment, name: string, otherwise: '0' | '1' = '0'): boolean {
  const value = text(env, name) ?? otherwise;
  if (value !== '0' && value !== '1') throw new Refusal(`${name} must be 1 or 0.`);
  return value === '1';
}

function readProxies(env: Environment): string[] {
  const list = (text(env, 'TRUSTED_PROXIES') ?? '').split(',').map((entry) => entry.trim());
  const proxies = list.filter((entry) => entry !== '');
  for (const proxy of proxies) {
    const [address = '', bits, more] = proxy.split('/');
    const version = isIP(address);
    const good =
      bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
    if (version === 0 || !good || more !== undefined)
      throw new Refusal(
        `TRUSTED_PROXIES must list addresses or ranges such as 10.0.0.0/24; "${proxy}" is none.`,
      );
  }
  return proxies;
}

/** Reads the settings; throws a `Refusal` with the sentence to print. */
export function readConfig(env: Environment): Config {
  const production = env['NODE_ENV'] === 'production';
  const demo = readFlag(env, 'GALLEY_DEMO');
  if (demo && production)
    throw new Refusal(
      'The demo lets anybody sign in, so it does not run with NODE_ENV=production.',
    );
  const authSecret = text(env, 'BETTER_AUTH_SECRET');
  if (authSecret !== undefined && authSecret.length < 32)
    throw new Refusal('BETTER_AUTH_SECRET must have at least 32 characters.');
  const metricsToken = text(env, 'METRICS_TOKEN');
  if (metricsToken !== undefined && metricsToken.length < 16)
    throw new Refusal('METRICS_TOKEN must have at least 16 characters.');
  const level = text(env, 'LOG_LEVEL') ?? 'info';
  const logLevel = logLevels.find((known) => known === level);
  if (!logLevel) throw new Refusal(`LOG_LEVEL must be one of ${logLevels.join(', ')}.`);
  return {
    port: readPort(env),
    host: text(env, 'HOST') ?? '127.0.0.1',
    dataDir: text(env, 'DATA_DIR'),
    databaseUrl: readUrl(env, 'DATABASE_URL', ['postgresql:', 'postgres:']),
    publicUrl: readPublicUrl(env),
    authSecret,
    production,
    demo,
    fresh: demo && readFlag(env, 'GALLEY_FRESH'),
    demoContent: demo && readFlag(env, 'GALLEY_DEMO_CONTENT', '1'),
    trustedProxies: readProxies(env),
    metricsToken,
    logLevel,
  };
}

/** The origins a browser may come from: PUBLIC_URL, else both names of this machine. */
export function originsOf(config: Config, port: number): string[] {
  if (config.publicUrl !== undefined) return [config.publicUrl];
  const names = new Set(['localhost', '127.0.0.1']);
  if (isIP(config.host) === 4 && config.host !== '0.0.0.0') names.add(config.host);
  // Port 80 has no place in an origin.
  return [...names].map((name) => new URL(`http://${name}:${port}`).origin);
}
