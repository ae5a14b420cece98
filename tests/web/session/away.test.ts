/** Coming back: after days, to a text others have changed, with other rights, with a copy that is not the server's. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { accepted, original } from '#core/suggest/project.ts';
import type { AskedCommit } from '#core/sync/commit.ts';
import type { HandOver } from '#core/sync/desk.ts';
import { reviewToJson } from '#core/sync/review.ts';
import { loadLateSuggester } from '#web/session/late-suggester.ts';
import { Desk, start } from '#tests/sync/simulation.ts';
import { back, cut, trayOf, words } from '#tests/web/session/offline.ts';
import { Drawer, select, sitDown, type } from '#tests/web/session/wire.ts';

const sentence = 'It gives safe heaven to them.';
const minute = 60_000;

beforeAll(loadLateSuggester);
beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

describe('long away', () => {
  it('[OL8] what was on its way goes again byte for byte; what was typed in Edit mode and never sent comes back as suggestions, each place its own, and that is said once', async () => {
    const desk = await Desk.open(start(sentence, 'The second is plain.', 'The third is long.'));
    const { session, wire } = await sitDown(desk, 'tom', 'editor', new Drawer().tab);
    const una = await sitDown(desk, 'una', 'editor');
    session.setMode('edit');
    una.session.setMode('edit');
    wire.deaf = 99;
    wire.keepFrames = true;
    select(session, 'It');
    type(session, 'T');
    await pass(200);
    const onTheWay = wire.sent[0];
    wire.down();
    type(session, 'his');
    select(session, 'heaven');
    type(session, 'haven');
    select(session, 'third ');
    session.dispatch(session.state.tr.deleteSelection());
    const note = session.comment(select(session, 'plain'), 'Is it?', 'all');
    const seen = words(session.state.doc);
    await pass(11 * minute);
    select(una.session, 'second');
    type(una.session, 'next');
    await pass(200);
    wire.deaf = 0;
    wire.sent.length = 0;
    wire.keepFrames = false;
    wire.up();
    await pass(2000);
    const { review } = await desk.room();
    expect(wire.sent.filter((commit) => commit === onTheWay).length).toBe(
      wire.sent.filter((commit) => (JSON.parse(commit) as AskedCommit).seq === 1).length,
    );
    const pending = [...review.suggestions.values()].filter(({ status }) => status === 'pending');
    expect(pending.map(({ deleted, inserted }) => [deleted, inserted]).toSorted()).toEqual([
      ['T', 'This'],
      ['heaven', 'haven'],
      ['third ', ''],
    ]);
    expect(words(accepted(review.doc))).toBe(seen.replace('second', 'next'));
    expect(words(original(review.doc))).toContain('T gives safe heaven to them.');
    expect(review.comments.get(note)?.text).toBe('Is it?');
    expect(review.anchors.byId.get(note)).toMatchObject({ state: 'attached', exact: 'plain' });
    const { notice, connection } = session.getSnapshot();
    expect(notice?.text).toBe(
      'You were offline for 11 minutes. What you wrote in Edit mode came back as 3 suggestions, since others may have gone on meanwhile.',
    );
    expect(connection).toEqual({ kind: 'saved', unsent: 0 });
    // Once: the next loss of the line, short as it is, says nothing.
    session.dismissNotice();
    wire.down();
    type(session, '!');
    await pass(1000);
    wire.up();
    await pass(1000);
    expect(session.getSnapshot().notice).toBe(null);
    session.close();
    una.session.close();
  });

  it('[OL8] away for less than ten minutes, an edit stays an edit', async () => {
    const desk = await Desk.open(start(sentence));
    const { session, wire } = await sitDown(desk, 'tom', 'editor', new Drawer().tab);
    session.setMode('edit');
    wire.down();
    select(session, 'heaven');
    type(session, 'haven');
    await pass(9 * minute);
    wire.up();
    await pass(1000);
    const { review } = await desk.room();
    expect(words(original(review.doc))).toContain('safe haven');
    expect(review.suggestions.size).toBe(0);
    session.close();
  });

  it('[OL8] of a tab that was killed and opened again much later too', async () => {
    const desk = await Desk.open(start(sentence));
    const drawer = new Drawer();
    const dead = drawer.tab;
    const first = await sitDown(desk, 'tom', 'editor', dead);
    first.session.setMode('edit');
    first.wire.down();
    select(first.session, 'heaven');
    type(first.session, 'haven');
    await pass(100);
    dead.kill();
    first.session.close();
    await pass(60 * minute);
    const { session } = await sitDown(desk, 'tom', 'editor', drawer.tab);
    await pass(2000);
    const { review } = await desk.room();
    expect(words(original(review.doc))).toContain('safe heaven');
    expect(words(accepted(review.doc))).toContain('safe haven');
    expect(session.getSnapshot().notice?.text).toContain('came back as one suggestion');
    session.close();
  });

  it('[OL8] suggestions that were never sent either stay suggestions', async () => {
    const desk = await Desk.open(start(sentence, 'Some more words here.'));
    const { session, wire } = await sitDown(desk, 'tom', 'editor', new Drawer().tab);
    wire.down();
    select(session, 'heaven');
    type(session, 'haven');
    session.setMode('edit');
    select(session, 'more');
    type(session, 'other');
    await pass(12 * minute);
    wire.up();
    await pass(2000);
    const { review } = await desk.room();
    expect(words(original(review.doc))).toContain(sentence);
    expect(words(accepted(review.doc))).toBe(
      'Headline\nIt gives safe haven to them.\nSome other words here.',
    );
    expect(trayOf(session)).toBe('');
    session.close();
  });
});

describe('without a place', () => {
  it('[OL9] words whose place is gone go to the tray and stay there through a kill, until they are put in or away', async () => {
    const desk = await Desk.open(start(sentence, 'Gone soon.', 'The end.'));
    const drawer = new Drawer();
    const dead = drawer.tab;
    const first = await sitDown(desk, 'tom', 'editor', dead);
    const una = await sitDown(desk, 'una', 'editor');
    first.session.setMode('edit');
    una.session.setMode('edit');
    first.wire.refuseWith = ['DOCUMENT_TOO_LARGE'];
    select(first.session, 'Gone');
    type(first.session, 'Precious');
    await pass(500);
    expect(trayOf(first.session)).not.toBe('');
    const lost = trayOf(first.session);
    dead.kill();
    first.session.close();
    const { session } = await sitDown(desk, 'tom', 'editor', drawer.tab);
    await pass(1000);
    expect(trayOf(session)).toBe(lost);
    session.setMode('edit');
    session.takeBackUnplaced(0);
    await pass(1000);
    expect(drawer.kept.size).toBe(0);
    session.close();
    una.session.close();
  });

  it('[OL9] a note that the server refuses leaves its words in the tray', async () => {
    const desk = await Desk.open(start(sentence));
    const { session, wire } = await sitDown(desk, 'tom', 'editor', new Drawer().tab);
    wire.refuseWith = ['FORBIDDEN'];
    session.comment(select(session, 'them'), 'Who are they?', 'all');
    await pass(500);
    expect(trayOf(session)).toBe('Who are they?');
    session.close();
  });

  it('[OL9] when everything is loaded anew, a note finds its words again, and one without goes to the tray', async () => {
    const desk = await Desk.open(start(sentence));
    const { session, wire } = await sitDown(desk, 'tom', 'editor', new Drawer().tab);
    const una = await sitDown(desk, 'una', 'editor');
    una.session.setMode('edit');
    wire.refuseWith = Array.from({ length: 20 }, () => 'UNAVAILABLE' as const);
    const stays = session.comment(select(session, 'gives'), 'It stays.', 'all');
    session.comment(select(session, 'heaven'), 'It goes.', 'all');
    await pass(20);
    wire.keepFrames = true;
    select(una.session, 'heaven');
    type(una.session, 'haven');
    await pass(100);
    wire.keepFrames = false;
    wire.refuseWith = [];
    wire.resync();
    await pass(2000);
    const { review } = await desk.room();
    expect(review.comments.get(stays)?.text).toBe('It stays.');
    expect(review.anchors.byId.get(stays)?.exact).toBe('gives');
    expect(trayOf(session)).toBe('It goes.');
    session.close();
    una.session.close();
  });
});

describe('rights', () => {
  it('[OL10] an article that may not be read any more is forgotten at the next contact, and own unsent words are shown', async () => {
    const desk = await Desk.open(start(sentence));
    const drawer = new Drawer();
    const first = await sitDown(desk, 'tom', 'editor', drawer.tab);
    await pass(10);
    first.session.close();
    expect(drawer.has('tom', 'a1')).toBe(true);
    const { session, wire } = await sitDown(desk, 'tom', 'editor', drawer.tab, cut);
    await pass(10);
    session.setMode('edit');
    select(session, 'heaven');
    type(session, 'haven');
    await pass(100);
    wire.refuseJoin = 'ARTICLE_UNKNOWN';
    back(wire);
    await pass(1000);
    expect(session.getSnapshot().phase).toBe('refused');
    expect(trayOf(session)).toContain('haven');
    expect(drawer.has('tom', 'a1')).toBe(false);
    session.close();
  });

  it('[OL10] words of a tab that was killed are shown too when the article is not opened any more', async () => {
    const desk = await Desk.open(start(sentence));
    const drawer = new Drawer();
    const { tab } = drawer;
    const first = await sitDown(desk, 'tom', 'editor', tab);
    first.session.setMode('edit');
    first.wire.down();
    select(first.session, 'heaven');
    type(first.session, 'haven');
    await pass(100);
    tab.kill();
    const { session } = await sitDown(desk, 'tom', 'editor', drawer.tab, (wire) => {
      wire.refuseJoin = 'ARTICLE_UNKNOWN';
    });
    await pass(1000);
    expect(session.getSnapshot().phase).toBe('refused');
    expect(trayOf(session)).toContain('haven');
    session.close();
  });

  it('[OL10] who is pinned to a hand-over loads the article of then, and what came later is on the device no more', async () => {
    const desk = await Desk.open(start(sentence));
    const drawer = new Drawer();
    const una = await sitDown(desk, 'una', 'editor');
    const { session, wire } = await sitDown(desk, 'tom', 'editor', drawer.tab);
    await pass(10);
    const then = reviewToJson((await desk.room()).review);
    una.session.comment(select(una.session, 'them'), 'Said later.', 'all');
    await pass(500);
    expect(session.review.comments.size).toBe(1);
    wire.down();
    const pin: HandOver = {
      id: 'h1',
      by: 'una',
      at: desk.now(),
      fromStage: 'desk',
      stage: 'checking',
      to: null,
      dueAt: null,
      note: '',
      rev: then.rev,
    };
    Object.assign(wire, {
      standing: { ...wire.standing, pin },
      join: async () => ({
        ok: true,
        rev: then.rev,
        review: then,
        facts: { claims: [], sources: [] },
        lastSeq: 0,
        me: wire.me,
        standing: wire.standing,
        peers: [],
        serverTime: desk.now(),
      }),
    });
    wire.up();
    await pass(1000);
    expect(session.review.rev).toBe(then.rev);
    expect(session.review.comments.size).toBe(0);
    expect(session.getSnapshot().mode).toBe('read');
    session.close();
    // What is kept is a review and the commits after it: both are of then.
    const offline = await sitDown(desk, 'tom', 'editor', drawer.tab, cut);
    await pass(1000);
    expect(offline.session.review.rev).toBe(then.rev);
    expect(offline.session.getSnapshot().standing.pin?.id).toBe('h1');
    offline.session.close();
    una.session.close();
  });

  it('[OL10] with another role everything is loaded anew, and what was kept under the old one is forgotten', async () => {
    const desk = await Desk.open(start(sentence));
    const drawer = new Drawer();
    const una = await sitDown(desk, 'una', 'editor');
    una.session.comment(select(una.session, 'them'), 'For the desk only.', 'desk');
    await pass(500);
    const { session, wire } = await sitDown(desk, 'tom', 'editor', drawer.tab);
    await pass(10);
    expect(session.review.comments.size).toBe(1);
    wire.down();
    Object.assign(wire, {
      me: { ...wire.me, role: 'writer' },
      standing: { ...wire.standing, role: 'writer' },
    });
    wire.up();
    await pass(1000);
    expect(session.review.comments.size).toBe(0);
    expect(drawer.copiesOf('tom', 'a1').join()).not.toContain('For the desk only.');
    session.close();
    una.session.close();
  });
});

describe('the comparison with the server', () => {
  it('[OL11] a copy that is the same is said to be; one that is not is loaded again', async () => {
    const desk = await Desk.open(start(sentence));
    const { session, wire } = await sitDown(desk, 'tom', 'editor', new Drawer().tab);
    await pass(4000);
    expect(session.getSnapshot().audit).toMatchObject({ rev: 0, agrees: true });
    // A fault: this copy takes in something other than what the log holds.
    const una = await sitDown(desk, 'una', 'editor');
    una.session.setMode('edit');
    wire.keepFrames = true;
    select(una.session, 'heaven');
    type(una.session, 'h');
    await pass(200);
    for (const frame of wire.frames)
      for (const commit of frame)
        commit.steps = JSON.parse(JSON.stringify(commit.steps).replace('"h"', '"q"')) as never;
    wire.deliver();
    await pass(100);
    expect(words(session.state.doc)).toContain('safe q to');
    await pass(61_000);
    expect(words(session.state.doc)).toContain('safe h to');
    expect(session.getSnapshot().notice?.text).toContain('loaded again');
    await pass(70_000);
    expect(session.getSnapshot().audit?.agrees).toBe(true);
    session.close();
    una.session.close();
  });
});

it('[OL8] a lid that was closed for an hour counts from when the line was last there, not from the waking', async () => {
  const desk = await Desk.open(start(sentence));
  const { session, wire } = await sitDown(desk, 'tom', 'editor', new Drawer().tab);
  session.setMode('edit');
  await pass(40_000);
  wire.deaf = 99;
  select(session, 'It');
  type(session, 'T');
  await pass(100);
  type(session, 'his');
  // Asleep: the clock goes on, and nothing else.
  vi.setSystemTime(Date.now() + 60 * minute);
  await pass(100);
  wire.down();
  wire.deaf = 0;
  await pass(100);
  wire.up();
  await pass(2000);
  expect(session.getSnapshot().notice?.text).toMatch(/^You were offline for (60|61) minutes\./);
  expect((await desk.room()).review.suggestions.size).toBeGreaterThan(0);
  session.close();
});
