// The library over HTTP: lists, files in, copies out, and what is refused.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorCodes, refusal, statusOf, type Refusal } from '#core/sync/error.ts';
import type { ArticleAnswer, Library, Me } from '#core/sync/answers.ts';
import { comment, insertion, liveServer, type LiveServer } from '#tests/server/live-server.ts';

let live: LiveServer;
let editor: string;
let writer: string;
let viewer: string;

beforeAll(async () => {
  live = await liveServer();
  editor = await live.cookie(await live.person('Tom', 'editor'));
  writer = await live.cookie(await live.person('Maria', 'writer'));
  viewer = await live.cookie(await live.person('Vera', 'viewer'));
});
afterAll(() => live.end());

const json = async <T>(answer: Response | Promise<Response>): Promise<T> =>
  (await (await answer).json()) as T;
const upload = (body: BodyInit, cookie: string, query = ''): Promise<Response> =>
  live.ask(`/api/articles${query}`, {
    method: 'POST',
    body,
    cookie,
    headers: { 'content-type': 'text/plain' },
  });

describe('files in', () => {
  it('[LI1] a text becomes an article of the library, with its file’s name', async () => {
    const answer = await upload(
      'A tale\n\nOnce upon a time there was a safe heaven.\n',
      editor,
      '?name=..%2Fdir%2Ftale.txt',
    );
    expect(answer.status).toBe(201);
    const { id } = await json<{ id: string }>(answer);
    const { article, standing } = await json<ArticleAnswer>(
      live.ask(`/api/articles/${id}`, { cookie: editor }),
    );
    expect(article).toMatchObject({
      id,
      headline: 'A tale',
      source: 'tale.txt',
      stage: 'desk',
      rev: 0,
    });
    expect(article.counts.words).toBeGreaterThan(5);
    expect(standing).toMatchObject({ role: 'editor', member: false });
    const { articles } = await json<Library>(live.ask('/api/articles', { cookie: editor }));
    expect(articles.map((one) => one.id)).toContain(id);
    const theirs = await json<Library>(live.ask('/api/articles', { cookie: writer }));
    expect(theirs.articles).toEqual([]);
  });

  it('[LI1] a writer’s own text is a draft that they and the desk can read', async () => {
    const { id } = await json<{ id: string }>(
      upload('Mine\n\nA text of my own, for now.\n', writer),
    );
    for (const cookie of [writer, editor]) {
      const { article } = await json<ArticleAnswer>(live.ask(`/api/articles/${id}`, { cookie }));
      expect(article.stage).toBe('draft');
    }
  });

  it('[LI2] a file that is empty, binary, not UTF-8 or too large is refused in a sentence, and nothing is made', async () => {
    const before = (await live.context.store.listArticles()).length;
    const cases: [BodyInit, string][] = [
      ['', 'FILE_EMPTY'],
      [' \n\t\n', 'FILE_EMPTY'],
      [new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]), 'FILE_BINARY'],
      [new Uint8Array([0x63, 0x61, 0x66, 0xe9, 0x20, 0x61, 0x75]), 'FILE_NOT_UTF8'],
      [new Uint8Array(21 * 1024 * 1024).fill(0x61), 'FILE_TOO_LARGE'],
      ['word '.repeat(500_000), 'DOCUMENT_TOO_LARGE'],
    ];
    for (const [body, code] of cases) {
      const answer = await upload(body, editor);
      const told = await json<Refusal>(answer);
      expect(told.code).toBe(code);
      expect(told.message).toMatch(/^[A-Z].*\.$/);
      expect(answer.status).toBe(statusOf(told.code));
    }
    expect((await live.context.store.listArticles()).length).toBe(before);
    expect((await live.ask('/healthz')).status).toBe(200);
  });

  it('[LI3] who may not import is refused before the file is looked at', async () => {
    const answer = await upload('', viewer);
    expect(await json<Refusal>(answer)).toMatchObject({ code: 'FORBIDDEN' });
    expect((await upload('x', '')).status).toBe(401);
  });
});

describe('copies out', () => {
  let id: string;
  const get = (query: string, cookie = editor): Promise<Response> =>
    live.ask(`/api/articles/${id}/export?${query}`, { cookie });

  beforeAll(async () => {
    const headline = 'A "nasty" <b>headline</b>; \\ ../ ü';
    const words = `${headline}\n\nIt is a safe heaven for all who come to it in time.\n`;
    id = await live.article(words);
    const tab = await live.tab(await live.person('Ed', 'editor'));
    await tab.join(id);
    const asked = { ops: [comment('c1', 'A note on these words.')] };
    expect((await tab.commit(id, asked)).ok).toBe(true);
    expect(
      (await tab.commit(id, { base: 1, intent: 'edit', steps: [insertion(1, 'X ')] })).ok,
    ).toBe(true);
  });

  it('[LI4] reading copies say in their first line that the article is not cleared; JSON never does', async () => {
    for (const format of ['html', 'md', 'txt']) {
      const first = (await (await get(`format=${format}&view=accepted`)).text()).split('\n')[0];
      expect(first, format).toContain('NOT CLEARED');
    }
    const file = await json<Record<string, unknown>>(get('format=json&view=marked'));
    expect(JSON.stringify(file)).not.toContain('NOT CLEARED');
    expect(file).toMatchObject({ format: 'galley.review', rev: 2 });
    expect(JSON.stringify(file)).toContain('A note on these words.');
    // Of all the people of the house only those the copy speaks of.
    expect((file['people'] as { name: string }[]).map((one) => one.name)).toEqual(['Ed']);
    await live.context.store.setStage(id, 'cleared');
    live.context.standings.forget();
    expect(await (await get('format=txt&view=accepted')).text()).not.toContain('NOT CLEARED');
    await live.context.store.setStage(id, 'desk');
    live.context.standings.forget();
  });

  it('[LI5] a copy has a safe name, its own strict policy, and leaves a line in the audit', async () => {
    for (const [format, type] of [
      ['html', 'text/html'],
      ['md', 'text/markdown'],
      ['txt', 'text/plain'],
      ['json', 'application/json'],
    ]) {
      const answer = await get(`format=${format}&view=marked`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
      const disposition = answer.headers.get('content-disposition') ?? '';
      expect(disposition).toMatch(/^attachment; filename="[^"\\]+"; filename\*=UTF-8''[\w.%~!-]+$/);
      expect(decodeURIComponent(disposition.split("''")[1] ?? '')).toMatch(
        new RegExp(`^X A nasty b headline b ; \\.\\. ü \\(.+\\)\\.${format}$`),
      );
      expect(answer.headers.get('content-security-policy')).toContain('sandbox');
    }
    const audits = await live.audits('article.export');
    expect(audits.length).toBeGreaterThanOrEqual(4);
    expect(audits.at(-1)).toMatchObject({ articleId: id, detail: { format: 'json', rev: 2 } });
  });

  it('[LI6] an unknown format or view, and an article one may not read, are refused', async () => {
    for (const query of ['format=pdf', 'format=html&view=best', 'format=constructor', ''])
      expect([400]).toContain((await get(query)).status);
    expect(await json<Refusal>(get('format=html', writer))).toEqual(refusal('ARTICLE_UNKNOWN'));
    expect(await json<Refusal>(get('format=html', ''))).toEqual(refusal('NOT_SIGNED_IN'));
  });
});

describe('answers', () => {
  it('[ER1] every code has one status and one sentence', () => {
    expect(errorCodes.length).toBeGreaterThan(20);
    for (const code of errorCodes) {
      expect(statusOf(code), code).toBeGreaterThanOrEqual(400);
      expect(refusal(code).message, code).toMatch(/^[A-Z][^\n]+\.$/);
      expect(refusal(code)).toMatchObject({ ok: false, code });
    }
  });

  it('[ER2] what does not exist, and what cannot be read, is refused with a code from the table', async () => {
    const own = `/api/articles/${await live.article('A headline\n\nWords.\n')}`;
    const cases: [string, RequestInit, number, string][] = [
      [`${own}/people/a%00b`, { method: 'DELETE' }, 404, 'NOT_FOUND'],
      [`${own}/history/versions/a%00b`, { method: 'PUT', body: '{"name":"x"}' }, 404, 'NOT_FOUND'],
      ['/api/nothing', {}, 404, 'NOT_FOUND'],
      ['/api/articles/nothing', {}, 404, 'ARTICLE_UNKNOWN'],
      ['/api/articles/a%00b', {}, 404, 'ARTICLE_UNKNOWN'],
      ['/api/articles/%E0%A4%A', {}, 400, 'BAD_REQUEST'],
      ['/api/auth/list-sessions', {}, 404, 'NOT_FOUND'],
      ['/api/auth/update-user', { method: 'POST', body: '{"name":"x"}' }, 404, 'NOT_FOUND'],
      ['/api/setup', { method: 'POST', body: '{' }, 400, 'BAD_REQUEST'],
      ['/api/setup', { method: 'POST', body: '[]' }, 400, 'BAD_REQUEST'],
      ['/api/setup', { method: 'POST', body: `"${'x'.repeat(20_000)}"` }, 413, 'MESSAGE_TOO_LARGE'],
      ['/assets/none.js', {}, 404, 'NOT_FOUND'],
    ];
    for (const [path, init, status, code] of cases) {
      const headers = { 'content-type': 'application/json' };
      const answer = await live.ask(path, { ...init, headers, cookie: editor });
      expect(await json<Refusal>(answer), path).toMatchObject({ ok: false, code });
      expect(answer.status, path).toBe(status);
      expect(answer.headers.get('x-request-id'), path).toMatch(/^[\w-]{36}$/);
    }
  });

  it('[ER3] a fault of ours is INTERNAL with its request’s id in the log, and the cause stays inside', async () => {
    const { store } = live.context;
    const original = store.findArticles;
    store.findArticles = () => Promise.reject(new TypeError('the secret of the vault'));
    const answer = await live.ask('/api/articles', { cookie: editor });
    store.findArticles = original;
    expect(answer.status).toBe(500);
    const body = await answer.text();
    expect(JSON.parse(body)).toEqual(refusal('INTERNAL'));
    expect(body).not.toContain('vault');
    expect(live.logged()).toContain(answer.headers.get('x-request-id') ?? 'none');
  });

  it('[ER4] the logs of a whole session hold no text, no cookie and no password', async () => {
    const id = await live.article('Headline here\n\nThe pelican crossed the quay at dawn.\n');
    const tab = await live.tab(await live.person('Log', 'editor'));
    await tab.join(id);
    await tab.commit(id, { intent: 'edit', steps: [insertion(1, 'flamingo')] });
    await tab.commit(id, { ops: [comment('c9', 'cormorant')] });
    await live.ask('/api/auth/sign-in/email?x=heron', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"email":"a@galley.test","password":"kingfisher-1"}',
    });
    await live.ask(`/api/articles/${id}/export?format=html`, { cookie: editor });
    const logs = live.logged();
    expect(logs).toContain('/api/auth/sign-in/email');
    for (const word of ['pelican', 'flamingo', 'cormorant', 'kingfisher', 'heron', 'session_token'])
      expect(logs).not.toContain(word);
    const token = editor.split('=')[1] ?? 'none';
    expect(logs).not.toContain(token.slice(0, 20));
  });
});

describe('pages and health', () => {
  it('[HT1] every screen’s address gives the page under a strict policy with a nonce of its own', async () => {
    const seen = new Set<string>();
    for (const path of ['/', '/articles/some-id', '/setup?token=x']) {
      const answer = await live.ask(path, { headers: { accept: 'text/html' } });
      expect(answer.status).toBe(200);
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).not.toContain('unsafe');
      expect(policy).toContain("script-src 'self';");
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
      seen.add(nonce);
      const html = await answer.text();
      expect(html).toContain(`<meta property="csp-nonce" nonce="${nonce}"`);
      expect(html).toContain(`<style nonce="${nonce}">`);
      expect(html).not.toContain('__CSP_NONCE__');
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
    expect(seen.size).toBe(3);
    const script = await live.ask('/assets/app-1a2b.js');
    expect(script.headers.get('cache-control')).toContain('immutable');
    expect(await script.text()).toBe(
      await readFile(new URL('pages/assets/app-1a2b.js', import.meta.url), 'utf8'),
    );
  });

  it('[HT2] every answer carries the security headers, and the API’s are kept nowhere', async () => {
    for (const path of ['/', '/api/me', '/healthz']) {
      const { headers } = await live.ask(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-powered-by')).toBeNull();
    }
    expect((await live.ask('/api/me')).headers.get('cache-control')).toBe('no-store');
  });

  it('[HT3] a request that changes something comes from a page of ours or is refused', async () => {
    for (const origin of ['https://evil.example', 'null', ''])
      for (const path of ['/api/articles', '/api/auth/sign-out', '/api/demo/sign-in']) {
        const headers = { origin, 'content-type': 'text/plain' };
        const init = { method: 'POST', body: 'x', headers, cookie: editor };
        const answer = await live.ask(path, init);
        expect(answer.status, `${origin} ${path}`).toBe(403);
      }
    expect((await json<Me>(live.ask('/api/me', { cookie: editor }))).person.role).toBe('editor');
  });

  it('[HT4] ready while the database answers, alive either way', async () => {
    expect((await live.ask('/readyz')).status).toBe(200);
    const { store } = live.context;
    const original = store.ping;
    store.ping = () => Promise.reject(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }));
    const answer = await live.ask('/readyz');
    store.ping = original;
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({
      ok: false,
      why: 'The database does not answer (ECONNREFUSED).',
    });
    expect((await live.ask('/healthz')).status).toBe(200);
  });
});
