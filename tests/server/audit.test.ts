/** What a server is asked by a browser that has been away: every commit it missed, and whether its copy is the article. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digest } from '#core/sync/digest.ts';
import { reviewFromJson } from '#core/sync/review.ts';
import { insertion, liveServer, until, type LiveServer } from '#tests/server/live-server.ts';

let live: LiveServer;
beforeAll(async () => {
  live = await liveServer();
});
afterAll(() => live.end());

describe('a copy', () => {
  it('[OL11] that is the article is said to be; one that is not is noted; one of another revision is not judged', async () => {
    const id = await live.article();
    const tab = await live.tab(await live.person('Tom', 'editor'));
    const joined = await tab.join(id);
    const review = joined.review && reviewFromJson(joined.review);
    const hash = digest(JSON.stringify(review?.doc));
    const ask = (rev: number, of: string) =>
      tab.say('article:audit', { articleId: id, rev, hash: of });
    expect(await ask(0, hash)).toEqual({ ok: true, agrees: true });
    expect(live.logged()).not.toContain('a copy differs');
    expect(await ask(0, digest('something else'))).toEqual({ ok: true, agrees: false });
    await until(() => live.logged().includes('a copy differs from the article'));
    expect(await ask(7, hash)).toEqual({ ok: true, agrees: null });
    expect(await ask(0, 'no hash')).toMatchObject({ ok: false, code: 'BAD_MESSAGE' });
    const stranger = await live.tab(await live.person('Maria', 'writer'));
    await stranger.connect();
    expect(await stranger.say('article:audit', { articleId: id, rev: 0, hash })).toMatchObject({
      code: 'ARTICLE_UNKNOWN',
    });
  });

  it('[OL11] of the same text has the same hash, of another text another', () => {
    expect(digest('heaven')).toBe(digest('heaven'));
    expect(digest('heaven')).toMatch(/^[0-9a-f]{28}$/);
    const texts = Array.from({ length: 5000 }, (_, i) => `It gives safe heaven to them ${i}.`);
    expect(new Set(texts.map(digest)).size).toBe(5000);
  });
});

describe('who is far behind', () => {
  it('[OL3] gets every commit, in answers of five hundred, when unsent work has to pass them', async () => {
    const id = await live.article();
    const person = await live.person('Ed', 'editor');
    const tab = await live.tab(person);
    await tab.join(id);
    const room = await live.context.rooms.room(id);
    const standing = await live.context.standings.of(person, id);
    if (!room || !standing) throw new Error('There is no room.');
    const total = 1100;
    await Promise.all(
      Array.from({ length: total }, () =>
        room.commit(
          tab.made({ base: 0, intent: 'edit', steps: [insertion(1, 'x')] }) as never,
          standing,
          100,
        ),
      ),
    );
    expect(room.review.rev).toBe(total);
    const since = async (rev: number, steps?: boolean) =>
      (await tab.say('article:since', { articleId: id, rev, steps })) as {
        commits?: { rev: number }[];
        review?: object;
        more?: boolean;
      };
    const revs: number[] = [];
    for (let more = true; more;) {
      const answer = await since(revs.length, true);
      expect(answer.commits?.length).toBeLessThanOrEqual(500);
      revs.push(...(answer.commits ?? []).map(({ rev }) => rev));
      more = answer.more === true;
    }
    expect(revs).toEqual(Array.from({ length: total }, (_, i) => i + 1));
    // Whoever has nothing to carry is better served with the whole review.
    expect((await since(0)).review).toBeDefined();
  });
});
