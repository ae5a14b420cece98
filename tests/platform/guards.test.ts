// The guards of the test suite itself, each with a planted failure.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '#server/platform/migrate.ts';

interface Sources {
  specs: [path: string, text: string][];
  tests: [path: string, text: string][];
  index: string;
}

async function crossCheck(sources: Sources): Promise<string[]> {
  const script = pathToFileURL(join(projectRoot(), 'scripts', 'spec.mjs')).href;
  const spec = (await import(script)) as {
    crossCheck(sources: Sources): { problems: string[] };
  };
  return spec.crossCheck(sources).problems;
}

// Assembled here, so that the real cross-check does not take them for citations of this file.
const cite = (rule: string): string => `[${rule}]`;
const IT = 'it';
const written = (name: string): string => `${IT}('${name}', () => {});`;

describe('the cross-check of rules and tests', () => {
  const good: Sources = {
    specs: [['docs/spec/zz.md', '- **ZZ1** A sentence that can be tested.\n']],
    tests: [['tests/a.test.ts', written(`${cite('ZZ1')} holds`)]],
    index: 'zz.md',
  };

  it('[OS22] is silent when they agree', async () => {
    expect(await crossCheck(good)).toEqual([]);
    const both = [['tests/a.test.ts', written(`${cite('ZZ1')}${cite('ZZ1')} holds`)]];
    expect(await crossCheck({ ...good, tests: both as Sources['tests'] })).toEqual([]);
  });

  const planted: [string, Partial<Sources>, RegExp][] = [
    ['a rule without a test', { tests: [] }, /ZZ1 of docs\/spec\/zz\.md is proved by no test/],
    [
      'a citation of no rule',
      { tests: [['tests/a.test.ts', written(`${cite('ZZ1')}${cite('ZZ9')} x`)]] },
      /tests\/a\.test\.ts cites ZZ9/,
    ],
    [
      'a test that names no rule',
      { tests: [['tests/a.test.ts', written(`${cite('ZZ1')} x`) + written('works')]] },
      /the test "works" names no rule/,
    ],
    [
      'a rule defined twice',
      {
        specs: [['docs/spec/zz.md', '- **ZZ1** One sentence here.\n- **ZZ1** Another one here.\n']],
      },
      /ZZ1 is defined twice/,
    ],
    [
      'a rule in the file of another area',
      { specs: [['docs/spec/yy.md', '- **ZZ1** A sentence that can be tested.\n']] },
      /which is for YY/,
    ],
    ['a file the index does not link', { index: '' }, /does not link docs\/spec\/zz\.md/],
    [
      'a link to no file',
      { index: 'zz.md [yy](spec/yy.md)' },
      /links yy\.md, which does not exist/,
    ],
  ];

  it.each(planted)('[OS22] reports %s', async (_what, change, words) => {
    expect((await crossCheck({ ...good, ...change })).join('\n')).toMatch(words);
  });
});

describe('the silent console', () => {
  it('[OS23] fails a unit test that complains, and only that one', async () => {
    const root = projectRoot();
    const folder = await mkdtemp(join(root, 'tests', 'platform', 'planted-'));
    try {
      const file = join(folder, 'planted.test.ts');
      await writeFile(
        file,
        `import { expect, ${IT}, vi } from 'vitest';
         ${IT}('errs', () => { console.error('planted complaint'); });
         ${IT}('warns', () => { console.warn('planted warning'); });
         ${IT}('is quiet', () => { expect(1).toBe(1); });
         ${IT}('expects it', () => {
           const heard = vi.spyOn(console, 'error').mockImplementation(() => undefined);
           console.error('expected');
           expect(heard).toHaveBeenCalledOnce();
           heard.mockRestore();
         });`,
      );
      const setup = join(root, 'tests', 'support', 'silent-console.ts');
      const config = join(folder, 'vitest.config.mjs');
      await writeFile(
        config,
        `export default { test: { include: ['**/planted.test.ts'], setupFiles: [${JSON.stringify(setup)}] } };`,
      );
      const results = await runVitest(folder, config);
      expect(results).toEqual({
        errs: 'failed',
        warns: 'failed',
        'is quiet': 'passed',
        'expects it': 'passed',
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

function runVitest(folder: string, config: string): Promise<Record<string, string>> {
  const vitest = join(projectRoot(), 'node_modules', 'vitest', 'vitest.mjs');
  const args = [vitest, 'run', '--root', folder, '--config', config, '--reporter=json'];
  const env = { PATH: process.env['PATH'] };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { env, cwd: folder }, (_failed, stdout, stderr) => {
      try {
        const report = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
          testResults: { assertionResults: { title: string; status: string }[] }[];
        };
        const all = report.testResults.flatMap((file) => file.assertionResults);
        resolve(Object.fromEntries(all.map(({ title, status }) => [title, status])));
      } catch {
        reject(new Error(`vitest said: ${stdout}${stderr}`));
      }
    });
  });
}
