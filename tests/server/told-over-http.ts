// Everything the server tells one person over HTTP, as one text to look through.
import { unzipSync } from 'fflate';
import { expect } from 'vitest';
import { routes, type About } from '#tests/server/audience-routes.ts';
import type { LiveServer } from '#tests/server/live-server.ts';

/** All words of a file: those of the parts of a package, and of packages in it. */
export function wordsIn(bytes: Uint8Array): string {
  if (!(bytes[0] === 0x50 && bytes[1] === 0x4b)) return Buffer.from(bytes).toString();
  const parts = Object.entries(unzipSync(bytes));
  return parts.map(([name, part]) => name + wordsIn(part)).join('');
}

/** What an answer says, whatever it is wrapped in. */
const inWords = async (answer: Response): Promise<string> =>
  JSON.stringify([...answer.headers]) + wordsIn(new Uint8Array(await answer.arrayBuffer()));

/** Has copies of the article made as this person; gives their id once they are ready. */
export async function parcelOf(
  live: LiveServer,
  cookie: string,
  articleIds: string[],
): Promise<string> {
  const asked = { articleIds, preset: 'file', format: 'docx', view: 'marked' };
  const sent = await live.ask('/api/send-outs', { cookie, json: asked });
  const { id } = (await sent.json()) as { id?: string };
  if (id === undefined) return 'none';
  for (let i = 0; i < 1000; i++) {
    if ((await live.ask(`/api/send-outs/${id}/file`, { cookie })).status === 200) return id;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The copies are not ready.');
}

/** Everything HTTP tells a person: every row of the table of routes, and copies of several articles once they are there. */
export async function overHttp(live: LiveServer, person: string, about: About): Promise<string> {
  let all = '';
  // Those that end the session stand last in the table.
  const cookie = await live.cookie(person);
  const own = await parcelOf(live, cookie, [about.article]);
  all += await inWords(await live.ask(`/api/send-outs/${own}/file`, { cookie }));
  for (const row of Object.values(routes))
    for (const [method, path, body] of row(about)) {
      const isJson = typeof body === 'object' && !(body instanceof Uint8Array);
      const answer = await live.ask(path, {
        method,
        cookie,
        ...(isJson ? { json: body } : body === undefined ? {} : { body: body as string }),
      });
      expect(answer.status, `${method} ${path}`).toBeLessThan(500);
      all += await inWords(answer);
    }
  return all;
}
