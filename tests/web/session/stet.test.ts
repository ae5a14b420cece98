/** Stet: words that an editor kept are left alone by later suggestions, here and at the server, until that is taken back. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { schema } from '#core/article/schema.ts';
import type { AskedCommit } from '#core/sync/commit.ts';
import type { ArticleSession } from '#web/session/article-session.ts';
import { Desk, start } from '#tests/sync/simulation.ts';
import { select, sitDown, type Wire } from '#tests/web/session/wire.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
});
afterEach(() => {
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(500);

async function kept(): Promise<{
  bob: ArticleSession;
  ed: ArticleSession;
  wire: Wire;
  id: string;
  desk: Desk;
}> {
  const desk = await Desk.open(start('They found a safe heaven in the north.'));
  const { session: bob, wire } = await sitDown(desk, 'bob', 'reviewer');
  const { session: ed } = await sitDown(desk, 'ed', 'editor');
  const id = bob.suggest(select(bob, 'safe heaven'), 'shelter', '') ?? '';
  await settle();
  ed.stet([id]);
  await settle();
  return { bob, ed, wire, id, desk };
}

const body = (session: ArticleSession): string => session.state.doc.child(1).textContent;

describe('stet', () => {
  it('[DC10] says who kept the words, and changes nothing', async () => {
    const { bob, wire } = await kept();
    const sent = wire.sent.length;
    expect(bob.suggest(select(bob, 'heaven'), 'haven', '')).toBe(null);
    expect(bob.getSnapshot().notice?.text).toBe(
      '“safe heaven” stays as it is: An editor kept it on January 1. Reply on that card to have it opened again.',
    );
    bob.setMode('suggest');
    const { from } = select(bob, 'heaven');
    bob.dispatch(bob.state.tr.insert(from, schema.text('x')));
    await settle();
    expect(body(bob)).toBe('They found a safe heaven in the north.');
    expect(wire.sent.length).toBe(sent);
  });

  it('[DC10] protects neither the words beside them nor from a direct edit', async () => {
    const { bob, ed } = await kept();
    expect(bob.suggest(select(bob, 'found'), 'reached', '')).not.toBe(null);
    const { from } = select(bob, 'safe');
    bob.setMode('suggest');
    bob.dispatch(bob.state.tr.insert(from, schema.text('very ')));
    await settle();
    expect(body(ed)).toContain('very safe heaven');
    ed.setMode('edit');
    const range = select(ed, 'heaven');
    ed.dispatch(ed.state.tr.insertText('haven', range.from, range.to));
    await settle();
    expect(body(bob)).toContain('very safe haven');
  });

  it('[DC10] goes to no other words when its own are edited away', async () => {
    const desk = await Desk.open(
      start('They found a safe heaven in the north.', 'Elsewhere a safe heaven in the north too.'),
    );
    const { session: bob } = await sitDown(desk, 'bob', 'reviewer');
    const { session: ed } = await sitDown(desk, 'ed', 'editor');
    const words = 'safe heaven in the north';
    const id = bob.suggest(select(bob, words), 'shelter', '') ?? '';
    await settle();
    ed.stet([id]);
    await settle();
    ed.setMode('edit');
    const { from, to } = select(ed, words);
    ed.dispatch(ed.state.tr.delete(from, to));
    await settle();
    expect(ed.review.anchors.byId.get(id)?.state).toBe('detached');
    expect(bob.suggest(select(bob, 'heaven'), 'haven', '')).not.toBe(null);
  });

  it('[DC10] ends when the decision is taken back, and a withdrawal protects nothing', async () => {
    const { bob, ed, id } = await kept();
    ed.undecide(ed.review.suggestions.get(id)?.decidedRev ?? 0);
    await settle();
    expect(ed.review.anchors.byId.get(id)).toBe(undefined);
    bob.stet([id]);
    await settle();
    expect(bob.review.suggestions.get(id)?.status).toBe('rejected');
    expect(bob.suggest(select(bob, 'heaven'), 'haven', '')).not.toBe(null);
  });

  it('[DC10] the server refuses what was made with the decision in sight, and takes what was not', async () => {
    const desk = await Desk.open(start('They found a safe heaven in the north.'));
    const { session: bob, wire } = await sitDown(desk, 'bob', 'reviewer');
    const { session: ann, wire: line } = await sitDown(desk, 'ann', 'reviewer');
    const { session: ed } = await sitDown(desk, 'ed', 'editor');
    const id = bob.suggest(select(bob, 'safe heaven'), 'shelter', '') ?? '';
    await settle();
    line.keepFrames = true;
    ed.stet([id]);
    await settle();
    // Ann has not heard of the decision.
    const other = ann.suggest(select(ann, 'heaven'), 'haven', '') ?? '';
    await settle();
    expect(ed.review.suggestions.get(other)?.status).toBe('pending');
    const sent = JSON.parse(line.sent.at(-1) ?? '') as AskedCommit;
    const room = await desk.room();
    const again = JSON.parse(
      JSON.stringify({ ...sent, clientId: 'another-tab', seq: 1, base: room.review.rev })
        .replaceAll(other, 'quite-new')
        .replaceAll('"ann"', '"bob"'),
    ) as AskedCommit;
    expect(await room.commit(again, wire.standing)).toMatchObject({ ok: false, code: 'STET' });
  });
});
