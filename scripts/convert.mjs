// npm run -s convert -- INPUT OUTPUT [--view original|accepted|marked] [--warnings FILE]
// Converts between article formats without a server or a database (scripts/convert.ts).
import { checkNode, program, root } from './house.mjs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';

checkNode();
const tsx = program('tsx', 'dist/cli.mjs');
const args = [tsx, join(root, 'scripts', 'convert.ts'), ...process.argv.slice(2)];
// Names of files are meant from where the person stands; npm moves to the checkout.
const cwd = process.env.INIT_CWD ?? process.cwd();
const child = spawn(process.execPath, args, { cwd, stdio: 'inherit' });
child.once('exit', (code) => (process.exitCode = code ?? 1));
