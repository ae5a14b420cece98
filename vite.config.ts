// The web build: root web/, output dist/web. In development the API and the socket go to the server on PORT.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Preloads the two upright faces every page shows, whose names carry a hash. */
function preloadFonts(): Plugin {
  const upright = /(inter-latin-wght-normal|source-serif-4-latin-opsz-normal)-[\w-]+\.woff2$/;
  return {
    name: 'preload-fonts',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) =>
        Object.keys(bundle ?? {})
          .filter((name) => upright.test(name))
          .map((name) => ({
            tag: 'link',
            attrs: {
              rel: 'preload',
              as: 'font',
              type: 'font/woff2',
              crossorigin: true,
              href: `/${name}`,
            },
            injectTo: 'head' as const,
          })),
    },
  };
}

/** Writes the list of the build's files into the service worker, with a version that changes when any of them does. */
function listShell(): Plugin {
  const publicDir = join(import.meta.dirname, 'web/public');
  // Alphabets that few articles need are kept when they are first needed.
  const seldom = /-(cyrillic|greek|vietnamese)[\w-]*\.woff2$/;
  return {
    name: 'list-shell',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const worker = bundle['sw.js'];
      const page = bundle['index.html'];
      if (worker?.type !== 'chunk' || page?.type !== 'asset')
        this.error('The build has no service worker, or no page.');
      const lasting = Object.keys(bundle)
        .filter((name) => name.startsWith('assets/') && !seldom.test(name))
        .map((name) => `/${name}`)
        .toSorted();
      const html = String(page.source);
      const entry = /<script type="module"[^>]* src="([^"]+)"/.exec(html)?.[1];
      if (entry === undefined) this.error('The page names no script.');
      const others = readdirSync(publicDir).toSorted();
      const hash = createHash('sha256').update(html).update(worker.code).update(lasting.join());
      for (const name of others) hash.update(readFileSync(join(publicDir, name)));
      const version = hash.digest('hex').slice(0, 16);
      const files = [...lasting, ...others.map((name) => `/${name}`)];
      const list = JSON.stringify(JSON.stringify({ version, entry, files, lasting }));
      const code = worker.code.replace(/(["'`])__GALLEY_SHELL__\1/, () => list);
      if (code === worker.code) this.error('The service worker has no place for its files.');
      worker.code = code;
    },
  };
}

/** The line to the server is a WebSocket and nothing else (web/session/connection.ts): the other ways stay out of the build. */
function onlyWebSocket(): Plugin {
  const list = "import { WS } from './websocket.js';\nexport const transports = { websocket: WS };";
  return {
    name: 'only-websocket',
    apply: 'build',
    transform: {
      filter: { id: /engine\.io-client\/build\/esm\/transports\/(index|polling-xhr)\.js$/ },
      handler: (code, id) =>
        id.endsWith('index.js') ? list : { code, map: null, moduleSideEffects: false },
    },
  };
}

const server = `http://localhost:${process.env['PORT'] ?? '3000'}`;
export default defineConfig({
  root: 'web',
  publicDir: 'public',
  plugins: [react(), onlyWebSocket(), preloadFonts(), listShell()],
  // The server puts a fresh value in this place each time it serves the page.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // The oldest browsers that know :has, which the sheets need anyway; for older ones :dir would become a list of languages.
    cssTarget: ['chrome120', 'edge120', 'firefox121', 'safari17'],
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { index: 'web/index.html', sw: 'web/sw/worker.ts' },
      output: {
        // The address of the worker is for ever; its content says which build it is of.
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: {
    port: 5173,
    proxy: { '/api': server, '/socket.io': { target: server, ws: true } },
  },
});
