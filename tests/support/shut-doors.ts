// Records every file, name, connection and program that is asked for while something runs, and refuses it.
import { createRequire, syncBuiltinESMExports } from 'node:module';

const require = createRequire(import.meta.url);

/** The doors of a process: the modules of Node that lead out of it, with the functions that do. */
const doors: Record<string, RegExp> = {
  fs: /^(?:open|read|write|append|copy|cp|create|stat|lstat|access|exists|mkdir|rm|unlink|rename|link|symlink|watch|opendir|realpath|truncate|chmod|chown|utimes)/,
  'fs/promises':
    /^(?:open|read|write|append|copy|cp|stat|lstat|access|mkdir|rm|unlink|rename|link|symlink|watch|opendir|realpath|truncate|chmod|chown|utimes)/,
  dns: /^(?:lookup|resolve|reverse)/,
  'dns/promises': /^(?:lookup|resolve|reverse)/,
  net: /^(?:connect|createConnection)$/,
  tls: /^connect$/,
  http: /^(?:request|get)$/,
  https: /^(?:request|get)$/,
  http2: /^connect$/,
  dgram: /^createSocket$/,
  child_process: /^(?:exec|execFile|fork|spawn|execSync|execFileSync|spawnSync)$/,
};

/** Runs something, all in one go, and gives what it gave and every door it tried. */
export function withDoorsShut<T>(work: () => T): { result: T; tried: string[] } {
  const tried: string[] = [];
  const undo: (() => void)[] = [];
  const shut = (owner: Record<string, unknown>, name: string, called: string): void => {
    const own = owner[name];
    const put = (value: unknown): void => {
      Object.defineProperty(owner, name, { value, configurable: true, writable: true });
    };
    put(() => {
      tried.push(called);
      throw new Error(`${called} is shut`);
    });
    undo.push(() => put(own));
  };
  for (const [module, names] of Object.entries(doors)) {
    const exported = require(`node:${module}`) as Record<string, unknown>;
    for (const name of Object.keys(exported))
      if (names.test(name) && typeof exported[name] === 'function')
        shut(exported, name, `${module}.${name}`);
  }
  const net = require('node:net') as { Socket: { prototype: Record<string, unknown> } };
  shut(net.Socket.prototype, 'connect', 'net.Socket.connect');
  for (const name of ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'])
    if (name in globalThis) shut(globalThis as unknown as Record<string, unknown>, name, name);
  syncBuiltinESMExports();
  try {
    return { result: work(), tried };
  } finally {
    for (const back of undo) back();
    syncBuiltinESMExports();
  }
}
