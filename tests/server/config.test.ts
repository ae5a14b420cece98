// Settings: what is read, and the sentences for what makes no sense.
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startServer } from '#server/app.ts';
import { originsOf, readConfig } from '#server/config.ts';
import { makeLog } from '#server/log.ts';

describe('settings', () => {
  it('[ER5] an empty environment gives a house on this machine only', () => {
    const config = readConfig({});
    expect(config).toMatchObject({ port: 3000, host: '127.0.0.1', demo: false, production: false });
    expect(originsOf(config, 3000)).toEqual(['http://localhost:3000', 'http://127.0.0.1:3000']);
    expect(originsOf(config, 80)).toEqual(['http://localhost', 'http://127.0.0.1']);
    const away = readConfig({ PUBLIC_URL: 'https://galley.example/', HOST: '0.0.0.0' });
    expect(originsOf(away, 3000)).toEqual(['https://galley.example']);
  });

  it('[ER5] a value that makes no sense is refused by name, without repeating a secret', () => {
    const cases: [string, string][] = [
      ['PORT', 'many'],
      ['PORT', '70000'],
      ['PORT', '-1'],
      ['PUBLIC_URL', 'galley.example'],
      ['PUBLIC_URL', 'https://galley.example/path'],
      ['DATABASE_URL', 'mysql://user:hunter2@host/db'],
      ['DATABASE_URL', 'hunter2'],
      ['BETTER_AUTH_SECRET', 'hunter2'],
      ['GALLEY_DEMO', 'yes'],
      ['TRUSTED_PROXIES', '10.0.0.0/33'],
      ['TRUSTED_PROXIES', 'proxy.local'],
      ['LOG_LEVEL', 'loud'],
    ];
    for (const [name, value] of cases) {
      const read = (): unknown => readConfig({ [name]: value });
      expect(read, `${name}=${value}`).toThrow(new RegExp(`^${name} must .*`));
      expect(read).not.toThrow(/hunter2/);
    }
    expect(readConfig({ TRUSTED_PROXIES: '10.0.0.0/24, ::1' }).trustedProxies).toHaveLength(2);
  });

  it('[ER6] a port in use and a foreign address are refused before anything is opened', async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const { port } = blocker.address() as AddressInfo;
    const log = makeLog('silent');
    const start = (env: Record<string, string>) =>
      startServer({ config: readConfig(env), databaseUrl: 'postgresql://nowhere', pages: '', log });
    await expect(start({ PORT: String(port) })).rejects.toThrow(`Port ${port} is in use.`);
    await expect(start({ PORT: '0', HOST: '192.0.2.1' })).rejects.toThrow(/no address of this/);
    await new Promise((resolve) => blocker.close(resolve));
  });
});
