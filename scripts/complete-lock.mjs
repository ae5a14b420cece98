// Adds to package-lock.json the platform packages that npm left out: when a registry mirror lacks the
// builds for other systems, `npm install` writes a lock file that `npm ci` then refuses. Run it after
// `npm install`. The entries name version and platform, so npm skips or fetches them as it should.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMain, root } from './house.mjs';

const systems = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const processors = [
  'arm64',
  'arm',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
];

/** Which machines a package is for, read from a name such as `@oxfmt/binding-linux-x64-musl`. */
export function platformOf(name) {
  const words = name.replace(/^@[^/]+\//, '').split(/[-.]/);
  const os = systems.find((system) => words.includes(system));
  const cpu = processors.find((processor) => words.includes(processor));
  if (os === undefined || cpu === undefined) return undefined;
  const libc = words.includes('musl') ? 'musl' : words.includes('gnu') ? 'glibc' : undefined;
  return { cpu: [cpu], ...(libc === undefined ? {} : { libc: [libc] }), os: [os] };
}

/** The optional packages that locked packages name and the lock file lacks, as [name, version, dev]. */
export function missingFrom(lock) {
  const missing = new Map();
  for (const [path, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      // npm looks beside the package first, then in each folder above it.
      const places = [];
      for (let at = path; at !== ''; at = at.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
        places.push(`${at}/node_modules/${name}`);
      }
      places.push(`node_modules/${name}`);
      if (places.some((place) => lock.packages[place] !== undefined)) continue;
      if (/^\d/.test(version)) missing.set(name, { version, dev: dev === true });
    }
  }
  return [...missing].map(([name, { version, dev }]) => ({ name, version, dev }));
}

if (isMain(import.meta.url)) {
  const file = join(root, 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const added = missingFrom(lock).filter(({ name }) => platformOf(name) !== undefined);
  for (const { name, version, dev } of added) {
    lock.packages[`node_modules/${name}`] = {
      version,
      ...platformOf(name),
      ...(dev ? { dev: true } : {}),
      optional: true,
    };
  }
  const sorted = Object.entries(lock.packages).toSorted(([a], [b]) => a.localeCompare(b, 'en'));
  lock.packages = Object.fromEntries(sorted);
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${added.length} platform packages were added to package-lock.json.`);
}
