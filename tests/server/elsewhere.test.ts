// Words cut from one article and put into another: what the first one's notes are told, and by whom.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Anchor } from '#core/annotate/anchor.ts';
import type { Role } from '#core/annotate/audience.ts';
import { comment, liveServer, type LiveServer, type Tab } from '#tests/server/live-server.ts';

let live: LiveServer;
beforeAll(async () => {
  live = await liveServer();
});
afterAll(() => live.end());

async function sits(name: string, role: Role): Promise<{ tab: Tab; cookie: string; id: string }> {
  const id = await live.person(name, role);
  return { id, tab: await live.tab(id), cookie: await live.cookie(id) };
}

const tell = (cookie: string, from: string, body: unknown): Promise<Response> =>
  live.ask(`/api/articles/${from}/elsewhere`, { cookie, json: body });

async function anchors(tab: Tab, articleId: string): Promise<Anchor[]> {
  return (await tab.join(articleId)).review?.anchors ?? [];
}

describe('words put into another article', () => {
  it('[AN11] are told to the notes that lost them, as far as the person sees them', async () => {
    const ed = await sits('Ed', 'editor');
    const tom = await sits('Tom', 'reviewer');
    const [first, second] = [await live.article(), await live.article()];
    await ed.tab.join(first);
    await tom.tab.join(first);
    await ed.tab.commit(first, { base: 0, ops: [comment('c1', 'All see this.')] });
    await ed.tab.commit(first, {
      base: 1,
      ops: [comment('c2', 'Only Ed.', { people: [ed.id] })],
    });
    await ed.tab.commit(first, {
      base: 2,
      intent: 'edit',
      steps: [{ stepType: 'replace', from: 24, to: 40 }],
    });
    const lost = await anchors(ed.tab, first);
    expect(lost.map(({ state }) => state)).toEqual(['detached', 'detached']);
    const text = `Before ${lost[0]?.exact ?? ''} and after`;
    const answer = await tell(tom.cookie, first, { articleId: second, text });
    expect(await answer.json()).toEqual({ told: 1 });
    expect((await anchors(ed.tab, first)).map(({ id, elsewhere }) => [id, elsewhere])).toEqual([
      ['c1', second],
      ['c2', undefined],
    ]);
    expect(await (await tell(tom.cookie, first, { articleId: second, text })).json()).toEqual({
      told: 0,
    });
  });

  it('[AN11] are nobody’s business who cannot read both or not comment', async () => {
    const ed = await sits('Ed', 'editor');
    const guest = await sits('Gus', 'writer');
    const first = await live.article();
    const ask = { articleId: first, text: 'x' };
    expect((await tell(guest.cookie, first, ask)).status).toBe(404);
    expect((await tell(ed.cookie, first, { articleId: 'nowhere', text: 'x' })).status).toBe(404);
    expect((await tell(ed.cookie, first, { articleId: '../x', text: 'x' })).status).toBe(400);
    expect((await tell('', first, ask)).status).toBe(401);
  });
});
