// Every route of the server, with what somebody who reads (or may not read) an article asks of it. A route without a row fails
// the test, so that no new way out goes unwatched.
import type { Express } from 'express';
import { presets } from '#core/formats/send-out/presets.ts';

/** A request: method, path, and what is sent along. */
export type Asked = [method: string, path: string, body?: object | string | Uint8Array];

/** What the requests are about. */
export interface About {
  article: string;
  other: string;
  person: string;
  rev: number;
  /** A word to look for. */
  word: string;
  /** Copies that somebody made who sees more. */
  parcel: string;
  /** A Word file that went out to somebody who sees what is for everyone. */
  copy: Uint8Array;
}

const token = 'nobody-has-made-this-token';
const exports = ['docx', 'html', 'md', 'txt', 'json'];
const views = ['original', 'accepted', 'marked'];

/** Every preset in these formats. */
const copies = ({ article }: About, path: string, formats: readonly string[]): Asked[] =>
  presets.flatMap((preset) =>
    formats.map((format): Asked => {
      const asked = new URLSearchParams({ preset, format, view: 'marked' });
      return ['GET', `/api/articles/${article}/${path}?${asked}`];
    }),
  );

/** By method and path, as the router has them. What ends a session or passes the article on stands last. */
export const routes: Record<string, (about: About) => Asked[]> = {
  'GET /healthz': () => [['GET', '/healthz']],
  'GET /readyz': () => [['GET', '/readyz']],
  'GET /metrics': () => [['GET', '/metrics']],
  'GET /api/me': () => [['GET', '/api/me']],
  'GET /api/demo': () => [['GET', '/api/demo']],
  'POST /api/demo/sign-in': () => [['POST', '/api/demo/sign-in', { userId: 'nobody' }]],
  'POST /api/setup': () => [
    ['POST', '/api/setup', { token, name: 'X', email: 'x@galley.test', password: '12345678' }],
  ],
  'POST /api/setup/look': () => [['POST', '/api/setup/look', { token }]],
  'GET /api/people': () => [['GET', '/api/people']],
  'PUT /api/people/:id/role': ({ person }) => [
    ['PUT', `/api/people/${person}/role`, { role: 'viewer' }],
  ],
  'PUT /api/people/:id/banned': ({ person }) => [
    ['PUT', `/api/people/${person}/banned`, { banned: true }],
  ],
  'POST /api/people/:id/sign-out': ({ person }) => [['POST', `/api/people/${person}/sign-out`, {}]],
  'POST /api/people/:id/reset-link': ({ person }) => [
    ['POST', `/api/people/${person}/reset-link`, {}],
  ],
  'POST /api/invitations': () => [
    ['POST', '/api/invitations', { email: 'new@galley.test', role: 'viewer' }],
  ],
  'DELETE /api/invitations/:id': () => [['DELETE', '/api/invitations/none']],
  'POST /api/join/look': () => [['POST', '/api/join/look', { token }]],
  'POST /api/join': () => [['POST', '/api/join', { token, email: 'x@galley.test' }]],
  'POST /api/reset/look': () => [['POST', '/api/reset/look', { token }]],
  'POST /api/reset': () => [['POST', '/api/reset', { token, password: '12345678' }]],
  'GET /api/articles/:id/people': ({ article }) => [['GET', `/api/articles/${article}/people`]],
  'PUT /api/articles/:id/people/:userId': ({ article, person }) => [
    ['PUT', `/api/articles/${article}/people/${person}`, { role: 'viewer' }],
  ],
  'DELETE /api/articles/:id/people/:userId': ({ article, person }) => [
    ['DELETE', `/api/articles/${article}/people/${person}`],
  ],
  'PUT /api/articles/:id/restricted': ({ article }) => [
    ['PUT', `/api/articles/${article}/restricted`, { restricted: false }],
  ],
  'POST /api/articles/:id/invitations': ({ article }) => [
    ['POST', `/api/articles/${article}/invitations`, { email: 'g@galley.test', role: 'viewer' }],
  ],
  'GET /api/articles': ({ word }) => [
    ['GET', '/api/articles'],
    ['GET', `/api/articles?q=${word}`],
    ['GET', `/api/articles?q=${word.slice(0, -1)}`],
    ['GET', '/api/articles?mine=1'],
  ],
  'GET /api/articles/:id': ({ article }) => [['GET', `/api/articles/${article}`]],
  'POST /api/articles': () => [['POST', '/api/articles?name=x.txt', 'A headline\n\nWords.\n']],
  'GET /api/articles/:id/export': (about) => [
    ...exports.flatMap((format) =>
      (format === 'md' ? views : ['marked']).map((view): Asked => [
        'GET',
        `/api/articles/${about.article}/export?format=${format}&view=${view}`,
      ]),
    ),
    ...copies(about, 'export', ['json', 'html']),
  ],
  'HEAD /api/articles/:id/export': (about) =>
    copies(about, 'export', ['json', 'html']).map(([, path]) => ['HEAD', path]),
  'GET /api/articles/:id/send-out': ({ article }) => [['GET', `/api/articles/${article}/send-out`]],
  'GET /api/articles/:id/send-out/contents': (about) =>
    copies(about, 'send-out/contents', ['html']),
  'GET /api/articles/:id/send-out/preview': (about) => copies(about, 'send-out/preview', ['html']),
  'POST /api/articles/:id/send-out': ({ article }) =>
    presets.map((preset): Asked => [
      'POST',
      `/api/articles/${article}/send-out`,
      { preset, format: preset === 'archive' ? 'json' : 'docx', view: 'marked' },
    ]),
  'POST /api/send-outs': ({ article, other }) => [
    [
      'POST',
      '/api/send-outs',
      { articleIds: [article, other], preset: 'file', format: 'docx', view: 'marked' },
    ],
  ],
  'GET /api/send-outs/:parcel': ({ parcel }) => [['GET', `/api/send-outs/${parcel}`]],
  'GET /api/send-outs/:parcel/file': ({ parcel }) => [['GET', `/api/send-outs/${parcel}/file`]],
  'POST /api/articles/:id/assets': ({ article }) => [
    ['POST', `/api/articles/${article}/assets`, 'none'],
  ],
  'PUT /api/articles/:id/assets/:hash': ({ article }) => [
    ['PUT', `/api/articles/${article}/assets/${'0'.repeat(64)}`],
  ],
  'GET /api/assets/:hash': () => [['GET', `/api/assets/${'0'.repeat(64)}`]],
  'POST /api/import/preview': () => [
    ['POST', '/api/import/preview?name=x.txt', 'A headline\n\nWords.\n'],
  ],
  'POST /api/import/unpack': ({ copy }) => [['POST', '/api/import/unpack', copy]],
  'POST /api/import/zip': () => [['POST', '/api/import/zip', 'no zip']],
  'POST /api/import': () => [['POST', '/api/import?name=x.txt', 'A headline\n\nWords.\n']],
  'POST /api/return/offer': ({ copy }) => [['POST', '/api/return/offer', copy]],
  'POST /api/return/preview': ({ article, copy }) => [
    ['POST', '/api/return/preview?name=x.docx', copy],
    ['POST', `/api/return/preview?name=x.docx&article=${article}`, copy],
  ],
  'POST /api/return': ({ article, copy }) => [
    ['POST', '/api/return', { base64: Buffer.from(copy).toString('base64'), article }],
  ],
  'POST /api/articles/:id/elsewhere': ({ article, other }) => [
    ['POST', `/api/articles/${article}/elsewhere`, { articleId: other, text: 'heaven paragraph' }],
  ],
  'GET /api/articles/:id/history': ({ article }) => [['GET', `/api/articles/${article}/history`]],
  'GET /api/articles/:id/history/compare': ({ article, rev }) => [
    ['GET', `/api/articles/${article}/history/compare?from=0&to=${rev}`],
    ['GET', `/api/articles/${article}/history/compare?from=0&to=${rev}&text=accepted`],
  ],
  'POST /api/articles/:id/history/versions': ({ article, rev }) => [
    ['POST', `/api/articles/${article}/history/versions`, { rev, name: 'A version' }],
  ],
  'PUT /api/articles/:id/history/versions/:version': ({ article }) => [
    ['PUT', `/api/articles/${article}/history/versions/none`, { name: 'Another' }],
  ],
  'POST /api/articles/:id/history/restore': ({ article }) => [
    ['POST', `/api/articles/${article}/history/restore`, { rev: 0 }],
  ],
  'GET /api/articles/:id/history/:rev': ({ article, rev }) =>
    [0, 1, Math.floor(rev / 3), Math.floor(rev / 2), rev - 1, rev].map((at): Asked => [
      'GET',
      `/api/articles/${article}/history/${at}`,
    ]),
  'POST /api/articles/:id/read': ({ article, rev }) => [
    ['POST', `/api/articles/${article}/read`, { rev }],
  ],
  'GET /api/facts': ({ word }) => [
    ['GET', '/api/facts'],
    ['GET', `/api/facts?q=${word}`],
  ],
  'GET /api/articles/:id/facts.csv': ({ article }) => [
    ['GET', `/api/articles/${article}/facts.csv`],
  ],
  'GET /sw.js': () => [['GET', '/sw.js']],
  'GET /{*path}': ({ article }) => [['GET', `/a/${article}`]],
  'POST /api/articles/:id/hand-over': ({ article }) => [
    [
      'POST',
      `/api/articles/${article}/hand-over`,
      { stage: 'legal', to: null, dueAt: null, note: '' },
    ],
  ],
  'ALL /api/auth/*splat': () => [
    ['GET', '/api/auth/get-session'],
    ['POST', '/api/auth/sign-out', {}],
  ],
  'POST /api/me/sign-out': () => [['POST', '/api/me/sign-out', {}]],
};

interface Layer {
  route?: { path: string | string[]; methods: Record<string, boolean> };
  handle?: { stack?: Layer[] };
}

/** Method and path of every route of the application, however deep its router lies. */
export function routesOf(app: Express): string[] {
  const found: string[] = [];
  const walk = (stack: readonly Layer[]): void => {
    for (const { route, handle } of stack) {
      if (handle?.stack && !route) walk(handle.stack);
      if (!route) continue;
      const methods = Object.keys(route.methods);
      for (const path of [route.path].flat())
        for (const method of methods.length > 10 ? ['all'] : methods)
          found.push(`${method.toUpperCase()} ${path}`);
    }
  };
  walk((app.router as unknown as { stack: Layer[] }).stack);
  return found;
}
