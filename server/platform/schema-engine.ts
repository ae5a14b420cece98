// Prisma's schema engine as WebAssembly, instantiated by hand: the package expects a bundler that
// can import .wasm files, and the native engine would have to be downloaded at install time.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';

// The part of the WebAssembly interface used here; the server's types do not include the DOM's.
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, object>,
  ): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
};

type Bindings = typeof import('@prisma/schema-engine-wasm/schema_engine_bg') & {
  __wbg_set_wasm(exports: object): void;
};

let lastPanic = '';
let loading: Promise<Bindings> | undefined;

async function load(): Promise<Bindings> {
  const require = createRequire(import.meta.url);
  const script = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bindings = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as Bindings;
  const wasm = await readFile(join(dirname(script), 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(wasm, {
    './schema_engine_bg.js': { ...bindings, ...unheldTimers(bindings) },
  });
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message: (message: string) => {
        lastPanic = message;
      },
    },
  });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return bindings;
}

/**
 * The engine waits at most 10 s for its lock and never takes that timer back, which would keep a
 * process that only migrates alive for as long.
 */
function unheldTimers(bindings: object): Record<string, unknown> {
  const names = Object.keys(bindings).filter((name) => name.startsWith('__wbg_setTimeout_'));
  const timer = (done: () => void, ms: number): NodeJS.Timeout =>
    setTimeout(done, ms >>> 0).unref();
  return Object.fromEntries(names.map((name) => [name, timer]));
}

/**
 * Runs `work` with an engine on the given adapter and frees it. What the engine or the database
 * complains about is thrown as an Error with the engine's own words.
 */
export async function withSchemaEngine<T>(
  factory: SqlMigrationAwareDriverAdapterFactory,
  datamodels: [path: string, content: string][] | undefined,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  loading ??= load();
  const bindings = await loading;
  const bound = bindMigrationAwareSqlAdapterFactory(factory);
  lastPanic = '';
  let engine: SchemaEngine | undefined;
  try {
    engine = await bindings.SchemaEngine.new({ datamodels }, () => undefined, bound);
    return await work(engine);
  } catch (error) {
    if (lastPanic !== '') throw new Error(lastPanic, { cause: error });
    throw readable(error);
  } finally {
    engine?.free();
  }
}

/** The engine throws JSON (`{ is_panic, message, error_code }`) wrapped in an Error's message. */
function readable(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  try {
    const body: unknown = JSON.parse(error.message);
    if (typeof body === 'object' && body !== null && 'message' in body) {
      return new Error(String(body.message), { cause: error });
    }
  } catch {
    // Not JSON: the message is already words.
  }
  return error;
}
