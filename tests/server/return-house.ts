/** A house with the demo's two articles and their day of review, whose copies are sent out and brought back over HTTP. */
import { join } from 'node:path';
import { expect } from 'vitest';
import type {
  ReturnChoice,
  ReturnDone,
  ReturnItem,
  ReturnPreview,
} from '#core/formats/return/return-plan.ts';
import type { AskedCommit } from '#core/sync/commit.ts';
import type { Review } from '#core/sync/review.ts';
import { seedDemo } from '#server/auth/demo.ts';
import { atDayBreak, seedDemoContent } from '#server/demo/seed.ts';
import { importFirstArticles } from '#server/library/first-articles.ts';
import { projectRoot } from '#server/platform/migrate.ts';
import { liveServer, type LiveServer } from '#tests/server/live-server.ts';

/** The people of the demo. */
export const demo = {
  tom: 'demo-tom-whelan',
  ines: 'demo-ines-moreau',
  sana: 'demo-sana-rafiq',
  maria: 'demo-maria-amjad',
} as const;

export interface ReturnHouse {
  live: LiveServer;
  /** The articles, in the order of their names. */
  articles: string[];
  send(articleId: string, as?: string): Promise<Uint8Array>;
  look(bytes: Uint8Array, as?: string): Promise<ReturnPreview>;
  bring(
    bytes: Uint8Array,
    choices?: Record<string, ReturnChoice>,
    as?: string,
  ): Promise<ReturnDone>;
  refusal(bytes: Uint8Array, article?: string): Promise<string>;
  head(articleId: string): Promise<Review>;
  commit(
    articleId: string,
    by: string,
    asked: (review: Review) => Pick<AskedCommit, 'intent' | 'steps' | 'ops'>,
  ): Promise<void>;
}

/** Opens it. */
export async function returnHouse(): Promise<ReturnHouse> {
  const live = await liveServer();
  const { context } = live;
  const root = projectRoot();
  await importFirstArticles(atDayBreak(context), join(root, 'content', 'articles'));
  await seedDemo(context);
  expect(await seedDemoContent(context, join(root, 'content', 'demo'))).toEqual([]);
  const rows = (await context.store.listArticles()).toSorted((a, b) =>
    (a.source ?? '') < (b.source ?? '') ? -1 : 1,
  );
  const room = async (id: string) => {
    const found = await context.rooms.room(id);
    if (!found) throw new Error('There is no such article.');
    return found;
  };
  const post = async (path: string, body: BodyInit, type: string, as: string): Promise<Response> =>
    live.ask(path, {
      method: 'POST',
      body,
      cookie: await live.cookie(as),
      headers: { 'content-type': type },
    });
  return {
    live,
    articles: rows.map(({ id }) => id),
    async send(articleId, as = demo.tom) {
      const path = `/api/articles/${articleId}/export?format=docx&view=marked`;
      const answer = await live.ask(path, { cookie: await live.cookie(as) });
      expect(answer.status).toBe(200);
      return new Uint8Array(await answer.arrayBuffer());
    },
    async look(bytes, as = demo.tom) {
      const answer = await post(
        '/api/return/preview?name=back.docx',
        new Uint8Array(bytes),
        'application/octet-stream',
        as,
      );
      const read = (await answer.json()) as ReturnPreview & { message?: string };
      if (answer.status !== 200) throw new Error(read.message);
      return read;
    },
    async bring(bytes, choices = {}, as = demo.tom) {
      const base64 = Buffer.from(bytes).toString('base64');
      const body = JSON.stringify({ base64, name: 'back.docx', choices });
      const answer = await post('/api/return', body, 'application/json', as);
      const read = (await answer.json()) as ReturnDone & { message?: string };
      if (answer.status !== 200) throw new Error(read.message);
      return read;
    },
    async refusal(bytes, article) {
      const where = article === undefined ? '' : `?article=${article}`;
      const answer = await post(
        `/api/return/preview${where}`,
        new Uint8Array(bytes),
        'application/octet-stream',
        demo.tom,
      );
      expect(answer.status).toBeGreaterThanOrEqual(400);
      return ((await answer.json()) as { code: string }).code;
    },
    head: async (id) => (await room(id)).review,
    async commit(articleId, by, asked) {
      const standing = await context.standings.of(by, articleId);
      const found = await room(articleId);
      if (!standing) throw new Error('That person has no access.');
      const answer = await found.commit(
        {
          ...asked(found.review),
          clientId: `test-${context.newId()}`,
          seq: 1,
          base: found.review.rev,
        },
        standing,
      );
      expect(answer).toMatchObject({ ok: true });
    },
  };
}

/** What is there to do: everything that is not here already. */
export const open = ({ items }: ReturnPreview): ReturnItem[] =>
  items.filter(({ state }) => state !== 'known');

/** An item in a few words. */
export const told = ({ kind, state, author, deleted, inserted, verdict }: ReturnItem): string =>
  [
    kind,
    state,
    author || '—',
    verdict ?? '',
    deleted === '' ? '' : `-${deleted}`,
    inserted === '' ? '' : `+${inserted}`,
  ]
    .filter((part) => part !== '')
    .join(' | ');
