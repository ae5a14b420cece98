// npm run check: format, lint, types, rules against tests, dead code. Writes nothing but the
// generated database client, without which there are no types.
import { checkNode, isMain, node, program } from './house.mjs';
import { generateIfStale } from './generate.mjs';

const tsc = (room) => [program('typescript', 'bin/tsc'), '-p', room];

/** What is checked, each by one program that says what is wrong. */
const steps = [
  ['format', [program('oxfmt', 'bin/oxfmt'), '--check', '.']],
  ['lint', [program('oxlint', 'bin/oxlint'), '--type-aware', '--deny-warnings', '.']],
  ['types of core', tsc('core')],
  ['types of server', tsc('server')],
  ['types of web', tsc('web')],
  ['types of the service worker', tsc('web/sw')],
  ['types of tests', tsc('tests')],
  ['types of scripts', tsc('scripts')],
  ['rules and tests', ['scripts/spec.mjs']],
  ['dead code', [program('knip', 'bin/knip.js'), '--no-progress']],
];

/** Runs all, two at a time, and prints what failed. Resolves to the numbers. */
export async function check() {
  await generateIfStale();
  const waiting = [...steps];
  const counts = { passed: 0, failed: 0 };
  const worker = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const [name, args] = step;
      const { code, output } = await node(args, { capture: true });
      if (code === 0) counts.passed += 1;
      else counts.failed += 1;
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${name}`);
      if (code !== 0) console.log(output.trimEnd());
    }
  };
  await Promise.all([worker(), worker()]);
  return counts;
}

if (isMain(import.meta.url)) {
  checkNode();
  const { passed, failed } = await check();
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
