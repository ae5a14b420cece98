// npm test: everything that must hold. check, unit tests (with contract tests and the short fuzz),
// browser tests; the last line is the sum, and the exit code says whether it is clean.
// Parts: `npm run check`, `npm run test:unit`, `npm run e2e`; what follows `--` goes to Vitest or
// Playwright, as in `npm run test:unit -- tests/platform`.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from './check.mjs';
import { checkNode, filesBelow, node, program, refuse } from './house.mjs';
import { generateIfStale } from './generate.mjs';
import { buildIfStale } from './build.mjs';
import { getBrowser } from './browser.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'galley-report-'));

/** A report a test runner should have written; undefined when it ended before it could. */
function report(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

async function unit(args) {
  await generateIfStale();
  // Some platform tests start the built server.
  await buildIfStale();
  const file = join(scratch, 'unit.json');
  const vitest = [program('vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json'];
  const { code } = await node([...vitest, `--outputFile.json=${file}`, ...args]);
  const seen = report(file);
  const passed = seen?.numPassedTests ?? 0;
  const failed = seen?.numFailedTests ?? 0;
  const skipped = seen?.numPendingTests ?? 0;
  if (skipped > 0)
    console.log(
      `${skipped} unit tests were skipped. Those of Word files need xmllint and the judges and samples in ../shared or $GALLEY_SHARED.`,
    );
  // A file that cannot be loaded or an error outside of tests fails no test, but fails the run.
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

async function browser(args) {
  if (filesBelow(['tests/e2e']).every((path) => !path.endsWith('.spec.ts'))) {
    console.log('There are no browser tests.');
    return { passed: 0, failed: 1 };
  }
  await buildIfStale();
  const playwright = [program('@playwright/test', 'cli.js'), 'test'];
  const file = join(scratch, 'browser.json');
  const { path, reason } = await getBrowser();
  if (path === undefined) {
    const list = await node([...playwright, '--list', '--reporter=json', ...args], {
      capture: true,
      env: { PLAYWRIGHT_JSON_OUTPUT_NAME: file },
    });
    const seen = report(file);
    const count = seen === undefined ? 1 : Math.max(1, countSpecs(seen.suites));
    console.log(`${reason} All ${count} browser tests count as failed.`);
    if (seen === undefined) console.log(list.output);
    return { passed: 0, failed: count };
  }
  const { code } = await node([...playwright, '--reporter=list,json', ...args], {
    env: { CHROMIUM_PATH: path, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
  });
  const stats = report(file)?.stats ?? { expected: 0, unexpected: 0, flaky: 0 };
  const failed = stats.unexpected + stats.flaky;
  return { passed: stats.expected, failed: code !== 0 && failed === 0 ? 1 : failed };
}

function countSpecs(suites) {
  return suites.reduce(
    (sum, suite) => sum + suite.specs.length + countSpecs(suite.suites ?? []),
    0,
  );
}

checkNode();
const parts = { check, unit, e2e: browser };
const [named, ...rest] = process.argv.slice(2);
if (named !== undefined && !(named in parts)) {
  refuse('Usage: npm test, npm run check, npm run test:unit [-- FILES], npm run e2e [-- FILES]');
}
const sum = { passed: 0, failed: 0 };
for (const name of named === undefined ? Object.keys(parts) : [named]) {
  const begun = Date.now();
  console.log(`\n== ${name}`);
  const { passed, failed } = await parts[name](rest);
  sum.passed += passed;
  sum.failed += failed;
  const seconds = Math.round((Date.now() - begun) / 1000);
  console.log(`== ${name}: ${passed} passed, ${failed} failed, ${seconds} s`);
}
rmSync(scratch, { recursive: true, force: true });
console.log('');
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed === 0 && sum.passed > 0 ? 0 : 1;
