// npm run sure: what a stranger would do. Clones the last commit to a temporary folder, runs
// `npm ci`, `npm test` and `npm start`, and asks the server whether it is ready.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { checkNode, refuse, root, run } from './house.mjs';

const START_WITHIN_MS = 90_000;

checkNode();
const scratch = mkdtempSync(join(tmpdir(), 'galley-sure-'));
chmodSync(scratch, 0o711);
const clone = join(scratch, 'galley');

async function must(what, command, args) {
  console.log(`\n== ${what}`);
  const { code } = await run(command, args, { cwd: command === 'git' ? root : clone });
  if (code !== 0) {
    rmSync(scratch, { recursive: true, force: true });
    refuse(`\nNot sure: "${what}" ended with exit code ${code}.`);
  }
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function answers() {
  console.log('\n== npm start');
  const port = await freePort();
  const env = { ...process.env, PORT: String(port) };
  delete env.DATABASE_URL;
  delete env.DATA_DIR;
  const server = spawn('npm', ['start'], {
    cwd: clone,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const gone = new Promise((resolve) => server.once('exit', (code) => resolve(code ?? 1)));
  try {
    for (const end = Date.now() + START_WITHIN_MS; Date.now() < end; await wait(200)) {
      if (server.exitCode !== null) return `npm start ended with exit code ${server.exitCode}`;
      const response = await fetch(`http://localhost:${port}/readyz`).catch(() => undefined);
      if (response?.ok) return undefined;
    }
    return `/readyz did not answer within ${START_WITHIN_MS / 1000} s`;
  } finally {
    server.kill('SIGTERM');
    await Promise.race([gone, wait(15_000)]);
  }
}

await must('git clone', 'git', ['clone', '--quiet', '--no-hardlinks', root, clone]);
await must('npm ci', 'npm', ['ci', '--no-audit', '--no-fund']);
await must('npm test', 'npm', ['test']);
const problem = await answers();
rmSync(scratch, { recursive: true, force: true });
if (problem !== undefined) refuse(`\nNot sure: ${problem}.`);
console.log('\nSure: a fresh clone installs, passes its tests and starts.');
