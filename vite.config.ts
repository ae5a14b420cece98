// The web build: root web/, output dist/web. In development the API and the socket go to the server on PORT.
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

const server = `http://localhost:${process.env['PORT'] ?? '3000'}`;
export default defineConfig({
  root: 'web',
  publicDir: 'public',
  plugins: [react(), preloadFonts()],
  // The server puts a fresh value in this place each time it serves the page.
  html: { cspNonce: '__CSP_NONCE__' },
  build: { outDir: '../dist/web', emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0 },
  server: {
    port: 5173,
    proxy: { '/api': server, '/socket.io': { target: server, ws: true } },
  },
});
