// The files of a deployment, read as Docker would read them; there is no Docker where tests run.
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '#server/config.ts';
import { projectRoot } from '#server/platform/migrate.ts';

interface Service {
  image?: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }> | string[];
  ports?: string[];
  volumes?: string[];
  healthcheck?: object;
  restart?: string;
  profiles?: string[];
  read_only?: boolean;
  cap_drop?: string[];
  networks?: string[] | Record<string, { ipv4_address: string }>;
}

interface Compose {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
  networks: { house: { ipam: { config: { subnet: string; ip_range: string }[] } } };
}

const text = (path: string): Promise<string> => readFile(join(projectRoot(), path), 'utf8');

async function compose(): Promise<Compose> {
  return parse(await text('docker-compose.yml'), { merge: true }) as Compose;
}

/** Stages of a Dockerfile: where each comes from and its instructions. */
async function stages(): Promise<{ from: string; name: string; lines: string[] }[]> {
  const whole = (await text('Dockerfile')).replaceAll(/\\\n/g, ' ');
  const lines = whole.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const found: { from: string; name: string; lines: string[] }[] = [];
  for (const line of lines) {
    const [, from, name = ''] = /^FROM (\S+)(?: AS (\S+))?$/.exec(line) ?? [];
    if (from === undefined) found.at(-1)?.lines.push(line);
    else found.push({ from, name, lines: [] });
  }
  return found;
}

describe('docker-compose.yml', () => {
  it('[OS27] has a database with a volume and a health check, a migration before the app, and a proxy', async () => {
    const { services, volumes } = await compose();
    expect(Object.keys(services).toSorted()).toEqual([
      'app',
      'migrate',
      'postgres',
      'proxy',
      'tools',
    ]);
    const { app, migrate, postgres, proxy, tools } = services;
    expect(postgres?.healthcheck).toMatchObject({
      test: ['CMD-SHELL', expect.stringContaining('pg_isready')],
    });
    expect(postgres?.volumes).toEqual(['postgres:/var/lib/postgresql']);
    expect(migrate).toMatchObject({
      command: ['node', 'dist/server/migrate.js'],
      restart: 'no',
      depends_on: { postgres: { condition: 'service_healthy' } },
    });
    expect(app?.depends_on).toEqual({
      postgres: { condition: 'service_healthy' },
      migrate: { condition: 'service_completed_successfully' },
    });
    expect(proxy?.depends_on).toEqual(['app']);
    // The same image for all three; the tools are started by hand only.
    const images = [app, migrate, tools].map((service) => [service?.image, service?.build]);
    expect(new Set(images.map(String)).size).toBe(1);
    expect(tools?.profiles).toEqual(['tools']);
    const named = Object.values(services)
      .flatMap((service) => service.volumes ?? [])
      .map((volume) => volume.split(':')[0] ?? '')
      .filter((name) => !name.startsWith('.'));
    expect(named.toSorted()).toEqual(Object.keys(volumes).toSorted());
  });

  it('[OS27] opens the proxy alone, and the app believes it alone', async () => {
    const { services, networks } = await compose();
    const open = Object.entries(services).filter(([, { ports }]) => ports !== undefined);
    expect(open.map(([name]) => name)).toEqual(['proxy']);
    const trusted = services['app']?.environment?.['TRUSTED_PROXIES'] ?? '';
    expect(services['proxy']?.networks).toEqual({ house: { ipv4_address: trusted } });
    // The range that is given out begins beyond it.
    const [range] = networks.house.ipam.config;
    expect(range).toEqual({ subnet: '172.30.57.0/24', ip_range: '172.30.57.128/25' });
    expect(Number(trusted.split('.')[3])).toBeLessThan(128);
    expect(services['app']).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
    const caddy = await text('deploy/Caddyfile');
    expect(caddy).toMatch(/^\{\$PUBLIC_URL\} \{$/m);
    expect(caddy).toContain('reverse_proxy app:3000');
    expect(existsSync(join(projectRoot(), 'deploy', 'Caddyfile'))).toBe(true);
  });

  it('[OS27] asks for nothing that .env.example does not name, and gives the app settings it takes', async () => {
    const whole = await text('docker-compose.yml');
    const asked = [...whole.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name ?? '');
    const example = await text('.env.example');
    const offered = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name ?? '');
    expect([...new Set(asked)].toSorted()).toEqual(offered.toSorted());

    const values: Record<string, string> = {
      ...Object.fromEntries([...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, k, v]) => [k, v])),
      POSTGRES_PASSWORD: 'secret',
    };
    const { services } = await compose();
    const filled = Object.entries(services['app']?.environment ?? {}).map(([name, value]) => [
      name,
      value.replaceAll(/\$\{([A-Z_]+)[^}]*\}/g, (_all, key: string) => values[key] ?? ''),
    ]);
    expect(readConfig({ NODE_ENV: 'production', ...Object.fromEntries(filled) })).toMatchObject({
      databaseUrl: 'postgresql://galley:secret@postgres:5432/galley',
      publicUrl: 'https://galley.example.org',
      trustedProxies: ['172.30.57.2'],
      authSecret: undefined,
    });
    const ignored = `${await text('.gitignore')}\n${await text('.dockerignore')}`.split('\n');
    expect(ignored.filter((line) => line === '.env')).toHaveLength(2);
  });
});

describe('the Dockerfile', () => {
  it('[OS28] ends in a stage of production packages, an ordinary user and Node itself', async () => {
    const all = await stages();
    expect(all.map(({ name }) => name)).toEqual(['build', 'packages', '']);
    const [, packages, last] = all;
    expect(packages?.lines.join('\n')).toMatch(/npm ci --omit=dev --omit=optional/);
    const lines = last?.lines ?? [];
    expect(lines.filter((line) => line.startsWith('COPY --from=build'))).toEqual([
      'COPY --from=build /app/dist ./dist',
    ]);
    expect(lines.filter((line) => line.startsWith('RUN'))).toEqual([]);
    const user = lines.indexOf('USER node');
    expect(user).toBeGreaterThan(0);
    expect(lines.at(-1)).toBe('CMD ["node", "dist/server/main.js"]');
    expect(lines.join('\n')).toMatch(/HEALTHCHECK .*\/healthz/);
    expect(lines.join('\n')).toMatch(/NODE_ENV=production HOST=0\.0\.0\.0/);
  });

  it('[OS28] copies files that are there, and that .dockerignore lets through', async () => {
    const ignored = (await text('.dockerignore')).split('\n').map((line) => line.trim());
    const copied = (await stages())
      .flatMap(({ lines }) => lines)
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from'))
      .flatMap((line) => line.split(/\s+/).slice(1, -1));
    expect(copied).toEqual(expect.arrayContaining(['package.json', 'prisma', 'content']));
    for (const path of copied) {
      expect(existsSync(join(projectRoot(), path)), path).toBe(true);
      expect(ignored, path).not.toContain(path);
    }
    // The commands of the image, as the build makes them.
    const build = await text('scripts/build.mjs');
    for (const name of ['main', 'migrate', 'backup', 'restore']) {
      expect(build).toMatch(new RegExp(`^ +${name}: 'server/`, 'm'));
    }
  });

  it('[OS29] has every package the built server imports', async () => {
    const manifest = JSON.parse(await text('package.json')) as {
      dependencies: Record<string, string>;
    };
    const folder = join(projectRoot(), 'dist', 'server');
    const names = new Set<string>();
    for (const file of await readdir(folder)) {
      if (!file.endsWith('.js')) continue;
      const code = await readFile(join(folder, file), 'utf8');
      const found = code.matchAll(/^(?:import|export)[^'"]*?(?:from )?["']([^'"]+)["'];$/gm);
      for (const [, path = ''] of found) if (!path.startsWith('.')) names.add(path);
      for (const [, path = ''] of code.matchAll(/\bimport\(["']([^'"]+)["']\)/g)) {
        if (!path.startsWith('.')) names.add(path);
      }
    }
    const packages = [...names]
      .filter((path) => !path.startsWith('node:') && !builtinModules.includes(path))
      .map((path) => /^(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path);
    expect(packages).toEqual(expect.arrayContaining(['express', 'pg', 'socket.io', 'better-auth']));
    const missing = packages.filter((name) => !(name in manifest.dependencies));
    expect(missing).toEqual([]);
  });
});

describe('docs/OPERATIONS.md', () => {
  it('[OS30] explains the settings, all of them and no others', async () => {
    const code = await text('server/config.ts');
    const names = code.matchAll(/(?:\(env, |env\[|readPort\(env\) )'([A-Z_]+)'/g);
    const read = [...names].map(([, name]) => name ?? '');
    expect(read.length).toBeGreaterThan(8);
    const page = await text('docs/OPERATIONS.md');
    const rows = [...page.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name ?? '');
    // TMPDIR is read by Node for us.
    expect(rows.filter((name) => name !== 'TMPDIR').toSorted()).toEqual(
      [...new Set(read)].toSorted(),
    );
  });
});
