// npm run dev: the server under tsx (restarted on changes) and Vite in front of it on port 5173.
import { spawn } from 'node:child_process';
import { checkNode, program, root } from './house.mjs';
import { generateIfStale } from './generate.mjs';

checkNode();
await generateIfStale();
// Pages come from Vite, so that is where the server must take changes from.
const env = { PUBLIC_URL: 'http://localhost:5173', ...process.env, NODE_ENV: 'development' };
const start = (args) => spawn(process.execPath, args, { cwd: root, env, stdio: 'inherit' });
const children = [
  start([program('tsx', 'dist/cli.mjs'), 'watch', '--clear-screen=false', 'server/main.ts']),
  start([program('vite', 'bin/vite.js'), '--config', 'vite.config.ts']),
];

let ending = false;
function end(signal) {
  ending = true;
  for (const child of children) child.kill(signal);
}
process.on('SIGINT', () => end('SIGTERM'));
process.on('SIGTERM', () => end('SIGTERM'));
for (const child of children) {
  child.once('exit', (code) => {
    if (!ending) end('SIGTERM');
    process.exitCode ||= code ?? 0;
  });
}
