// What every script starts from: the checkout, its files' fingerprint, and running a program.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Ends with a sentence and exit code 1. */
export function refuse(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** Refuses a Node that is known not to work: 20.19 or a later 20, or 22.12 and later. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const isEnough = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  if (!isEnough) {
    refuse(
      `Galley needs Node 20.19 or a later 20, or Node 22.12 and later; this is ${process.version}.`,
    );
  }
}

/** Whether the packages for building are here (they are not after `npm ci --omit=dev`). */
export function hasPackage(name) {
  return existsSync(join(root, 'node_modules', name, 'package.json'));
}

/** The entry file of an installed program, to run with `node` and without a shell. */
export function program(name, file) {
  return join(root, 'node_modules', name, file);
}

/** All files below some paths of the checkout, sorted; folders named in `skip` are left out. */
export function filesBelow(paths, skip = ['generated', 'node_modules']) {
  const found = [];
  const walk = (path) => {
    const full = join(root, path);
    if (!existsSync(full)) return;
    if (!statSync(full).isDirectory()) return void found.push(path);
    for (const name of readdirSync(full)) if (!skip.includes(name)) walk(join(path, name));
  };
  paths.forEach(walk);
  return found.toSorted();
}

/** One hash over the names and contents of files. */
export function fingerprint(paths) {
  const hash = createHash('sha256');
  for (const path of filesBelow(paths)) {
    hash.update(`${relative(root, join(root, path))}\0`);
    hash.update(readFileSync(join(root, path)));
    hash.update('\0');
  }
  return hash.digest('hex');
}

/** The content of a small file, or an empty string. */
export function readIfThere(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/**
 * Runs a program to its end. Resolves to its exit code (130 and so on for a signal) and, with
 * `capture`, what it said. Nothing ever waits for keys.
 */
export function run(
  command,
  args,
  { capture = false, env = {}, cwd = root, input = 'ignore' } = {},
) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: capture ? [input, 'pipe', 'pipe'] : [input, 'inherit', 'inherit'],
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.once('error', (error) => resolve({ code: 127, output: output + error.message }));
    child.once('close', (code, signal) => resolve({ code: code ?? (signal ? 130 : 1), output }));
  });
}

/** Runs a JavaScript program with this Node. */
export function node(args, options) {
  return run(process.execPath, args, options);
}

/** True when this file is what `node` was asked to run. */
export function isMain(url) {
  return process.argv[1] !== undefined && fileURLToPath(url) === process.argv[1];
}
