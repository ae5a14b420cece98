/** The service worker: opens Galley's pages without the server. It keeps the shell only (page, scripts, styles, fonts), which is
 *  the same for everybody; what people receive is in IndexedDB, by account, and no answer of the API passes here. */
import { isPage, isShellFile, type Shell } from './shell.ts';

declare const self: ServiceWorkerGlobalScope;

/** The build writes the list of its files in this place. */
const shell = JSON.parse('__GALLEY_SHELL__') as Shell;
const prefix = 'galley shell ';
const own = prefix + shell.version;
const pageKey = '/';
/** A server that has not answered a page by then is out of reach. */
const patience = 4000;

async function fresh(path: string): Promise<Response> {
  const answer = await fetch(path, { cache: 'no-cache', credentials: 'omit' });
  if (!answer.ok) throw new Error(`${path} is not to be had.`);
  return answer;
}

/** Keeps every file of this build, or nothing: a worker with half a shell is not installed, and the one before it stays. */
async function install(): Promise<void> {
  const cache = await caches.open(own);
  try {
    const page = await fresh(pageKey);
    // Between two builds the page may be of the other one.
    if (!(await page.clone().text()).includes(shell.entry)) throw new Error('Another build.');
    await cache.put(pageKey, page);
    for (const path of shell.files) {
      const known = shell.lasting.includes(path) ? await caches.match(path) : undefined;
      await cache.put(path, known ?? (await fresh(path)));
    }
  } catch (error) {
    await caches.delete(own);
    throw error;
  }
  await self.skipWaiting();
}

/** Shells of builds before the last go. The last one stays, for pages that still run on it. */
async function activate(): Promise<void> {
  const older = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== own);
  for (const name of older.slice(0, -1)) await caches.delete(name);
  await self.clients.claim();
}

function soon(answer: Promise<Response>): Promise<Response> {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('No answer.')), patience);
    answer.then(resolve, reject);
  });
}

/** A page comes from the server whenever it answers, so that no shell outlives a new build; else from here. */
async function openPage(request: Request): Promise<Response> {
  const kept = await (await caches.open(own)).match(pageKey);
  if (!kept) return fetch(request);
  try {
    const answer = await soon(fetch(request));
    return answer.status >= 500 ? kept : answer;
  } catch {
    return kept;
  }
}

async function openFile(request: Request, path: string): Promise<Response> {
  const cache = await caches.open(own);
  const kept = (await cache.match(path)) ?? (await caches.match(path));
  if (kept) return kept;
  const answer = await fetch(request);
  // Files that only some articles need, such as the letters of another alphabet, are kept once they were needed.
  if (answer.ok && path.startsWith('/assets/')) await cache.put(path, answer.clone());
  return answer;
}

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (isPage(pathname)) event.respondWith(openPage(request));
  } else if (isShellFile(shell, pathname)) event.respondWith(openFile(request, pathname));
});
