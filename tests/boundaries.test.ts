// The directions between rooms and the bans of .oxlintrc.json, each proved by breaking it: planted
// files in a copy of the layout must be refused with the sentence that says what to do instead.
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '#server/platform/migrate.ts';

interface Finding {
  filename: string;
  code: string;
  help?: string;
  message: string;
}

/** What is planted: path, an import or a statement, the rule that refuses it, and its words. */
const forbidden: [path: string, code: string, rule: string, words: RegExp][] = [
  ['core/article/a1.ts', `import '#core/suggest/x.ts';`, 'no-restricted-imports', /ground floor/],
  ['core/article/a2.ts', `import 'node:fs';`, 'no-restricted-imports', /Of packages core/],
  ['core/article/a3.ts', `import 'prosemirror-view';`, 'no-restricted-imports', /Of packages core/],
  [
    'core/suggest/a1.ts',
    `import '#core/sync/x.ts';`,
    'no-restricted-imports',
    /core\/article only/,
  ],
  ['core/suggest/a2.ts', `import '#core/annotate/x.ts';`, 'no-restricted-imports', /core\/article/],
  ['core/annotate/a1.ts', `import '#core/suggest/x.ts';`, 'no-restricted-imports', /core\/article/],
  ['core/sync/a1.ts', `import '#core/formats/x.ts';`, 'no-restricted-imports', /core\/sync stands/],
  ['core/sync/a2.ts', `import '#server/store/x.ts';`, 'no-restricted-imports', /core\/sync stands/],
  ['core/formats/a1.ts', `import '#web/ui/x.ts';`, 'no-restricted-imports', /other rooms of core/],
  ['core/newroom/a1.ts', `import '#core/article/x.ts';`, 'no-restricted-imports', /Give this room/],
  ['core/article/a4.ts', `import '../suggest/x.ts';`, 'no-restricted-imports', /ground floor/],
  ['web/ui/a2.tsx', `import '../panels/x.ts';`, 'no-restricted-imports', /Import through/],
  ['core/article/a5.ts', `export const t = Date.now();`, 'no-restricted-properties', /no clock/],
  [
    'core/article/a6.ts',
    `export const r = Math.random();`,
    'no-restricted-properties',
    /randomness/,
  ],
  [
    'server/http/a1.ts',
    `import '#server/store/x.ts';`,
    'no-restricted-imports',
    /verb of server\/review/,
  ],
  ['server/http/a2.ts', `import 'socket.io';`, 'no-restricted-imports', /server\/realtime only/],
  ['server/http/a3.ts', `import '@prisma/client';`, 'no-restricted-imports', /server\/store only/],
  ['server/http/a4.ts', `import '#web/ui/x.ts';`, 'no-restricted-imports', /protocol\.ts/],
  [
    'server/realtime/a1.ts',
    `import '#server/store/x.ts';`,
    'no-restricted-imports',
    /server\/review/,
  ],
  ['server/review/a1.ts', `import '#server/realtime/x.ts';`, 'no-restricted-imports', /the wire/],
  ['server/review/a9.ts', `import '#server/history/x.ts';`, 'no-restricted-imports', /stand on/],
  ['server/review/a2.ts', `import 'pg';`, 'no-restricted-imports', /server\/store only/],
  [
    'server/store/a1.ts',
    `import '#server/review/x.ts';`,
    'no-restricted-imports',
    /those who use it/,
  ],
  ['server/platform/a1.ts', `import '#server/review/x.ts';`, 'no-restricted-imports', /platform/],
  ['server/convert/a1.ts', `import '#server/store/x.ts';`, 'no-restricted-imports', /converting/],
  [
    'server/backup/a1.ts',
    `import '#server/store/x.ts';`,
    'no-restricted-imports',
    /tables themselves/,
  ],
  ['server/auth/a1.ts', `import '#server/http/x.ts';`, 'no-restricted-imports', /Accounts/],
  ['web/ui/a1.tsx', `import '#core/article/x.ts';`, 'no-restricted-imports', /as props/],
  ['web/session/a1.ts', `import '#web/editor/x.ts';`, 'no-restricted-imports', /one door/],
  ['web/session/a2.ts', `import 'socket.io-client';`, 'no-restricted-imports', /connection\.ts/],
  ['web/editor/a1.ts', `import '#web/panels/x.ts';`, 'no-restricted-imports', /web\/editor stands/],
  ['web/panels/a1.tsx', `import 'prosemirror-view';`, 'no-restricted-imports', /web\/editor/],
  ['web/panels/a2.tsx', `import '#web/pages/x.ts';`, 'no-restricted-imports', /pages use panels/],
  ['web/pages/a1.tsx', `import '#server/app.ts';`, 'no-restricted-imports', /protocol\.ts/],
  [
    'web/editor/a2.ts',
    `export const f = (tr: { setNodeMarkup(n: number): void }) => tr.setNodeMarkup(1);`,
    'no-restricted-properties',
    /BlockStep/,
  ],
  [
    'web/editor/a3.ts',
    `export const f = (tr: { setBlockType(n: number): void }) => tr.setBlockType(1);`,
    'no-restricted-properties',
    /BlockStep/,
  ],
  ['server/review/a3.ts', `export const f = (x: any) => x;`, 'no-explicit-any', /any/],
  ['server/review/a4.ts', `export const f = () => { console.log('x'); };`, 'no-console', /console/],
  [
    'server/review/a5.ts',
    `const g = async () => 1;\nexport const f = () => { g(); };`,
    'no-floating-promises',
    /[Pp]romise/,
  ],
  [
    'core/article/cycle1.ts',
    `import { b } from '#core/article/cycle2.ts';\nexport const a = () => b;`,
    'no-cycle',
    /cycle/i,
  ],
  ['core/article/long.ts', `${'export {};\n'.repeat(451)}`, 'max-lines', /450/],
];

const allowed: [path: string, code: string][] = [
  ['core/article/cycle2.ts', `export const b = 1;`],
  ['core/sync/b1.ts', `import '#core/suggest/x.ts';\nimport 'prosemirror-transform';`],
  ['server/store/b1.ts', `import 'pg';\nimport '#core/sync/x.ts';`],
  [
    'server/backup/b1.ts',
    `import 'pg';\nimport '#server/platform/x.ts';\nimport '#core/sync/x.ts';`,
  ],
  ['server/realtime/b1.ts', `import 'socket.io';\nimport '#server/review/x.ts';`],
  ['server/auth/b1.ts', `import 'better-auth/adapters/prisma';\nimport '#server/store/x.ts';`],
  ['server/http/b1.ts', `import 'express';\nimport '#server/review/x.ts';`],
  ['web/session/connection.ts', `import 'socket.io-client';\nimport '#core/sync/x.ts';`],
  ['web/editor/b1.ts', `import 'prosemirror-view';\nimport '#web/session/x.ts';`],
  ['web/panels/b1.tsx', `import '#web/session/x.ts';\nimport '#web/ui/x.ts';\nimport './b1.css';`],
  ['tests/b1.ts', `console.log('x');\nexport {};`],
];

describe('the directions between rooms', () => {
  let copy: string;
  let findings: Finding[];

  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), 'galley-boundaries-'));
    const root = projectRoot();
    for (const name of ['.oxlintrc.json', 'package.json', 'tsconfig.base.json']) {
      await cp(join(root, name), join(copy, name));
    }
    const config = join(copy, '.oxlintrc.json');
    await writeFile(config, (await readFile(config, 'utf8')).replace(/^ {2}"\$schema".*\n/m, ''));
    await writeFile(join(copy, 'tsconfig.json'), '{ "extends": "./tsconfig.base.json" }');
    for (const [path, code] of [...forbidden, ...allowed]) await plant(path, code);
    // The other half of the cycle.
    await plant(
      'core/article/cycle2.ts',
      `import { a } from '#core/article/cycle1.ts';\nexport const b = () => a;`,
    );
    findings = await lint(copy);
  });
  afterAll(() => rm(copy, { recursive: true, force: true }));

  async function plant(path: string, code: string): Promise<void> {
    await mkdir(dirname(join(copy, path)), { recursive: true });
    await writeFile(join(copy, path), `${code}\n`);
  }

  it.each(forbidden)('[OS20] refuses in %s: %s', (path, _code, rule, words) => {
    const found = findings.filter(
      (finding) => finding.filename === path && finding.code.includes(`(${rule})`),
    );
    expect(found.map(({ message, help }) => `${message} ${help ?? ''}`).join('\n')).toMatch(words);
  });

  it.each(allowed.filter(([path]) => !path.includes('cycle')))(
    '[OS20] allows in %s: %s',
    (path) => {
      expect(findings.filter(({ filename }) => filename === path)).toEqual([]);
    },
  );
});

describe('the files of the house', () => {
  it('[OS21] are none longer than 450 lines, style sheets and scripts included', async () => {
    const tooLong: string[] = [];
    for (const room of ['core', 'server', 'web', 'tests', 'scripts', 'bench', 'prisma']) {
      const names = await readdir(join(projectRoot(), room), { recursive: true });
      for (const name of names) {
        const isWritten =
          /\.(ts|tsx|mjs|css|html|prisma)$/.test(name) && !/generated|node_modules/.test(name);
        if (!isWritten) continue;
        const text = await readFile(join(projectRoot(), room, name), 'utf8');
        const lines = text.split('\n').length - 1;
        if (lines > 450) tooLong.push(`${room}/${name}: ${lines}`);
      }
    }
    expect(tooLong).toEqual([]);
  });
});

function lint(folder: string): Promise<Finding[]> {
  const oxlint = join(projectRoot(), 'node_modules', 'oxlint', 'bin', 'oxlint');
  const args = [oxlint, '--type-aware', '--format=json', '.'];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 1e8 }, (_failed, stdout) => {
      try {
        resolve((JSON.parse(stdout) as { diagnostics: Finding[] }).diagnostics);
      } catch {
        reject(new Error(`oxlint said: ${stdout}`));
      }
    });
  });
}
