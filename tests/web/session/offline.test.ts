/** Nothing is lost without the server: tabs that are killed, lines that drop, devices that refuse. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AskedCommit } from '#core/sync/commit.ts';
import { messages } from '#web/ui/messages.ts';
import { Desk, start } from '#tests/sync/simulation.ts';
import { seeded } from '#tests/sync/random.ts';
import { back, count, cut, trayOf, typeSomewhere, words } from '#tests/web/session/offline.ts';
import { Drawer, select, sitDown, type, Wire } from '#tests/web/session/wire.ts';

const sentence = 'It gives safe heaven to them.';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
});
afterEach(() => {
  vi.useRealTimers();
});

const runs = Math.min(1500, Number(process.env['FUZZ_RUNS'] ?? 25));

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
describe('every keystroke, once', () => {
  it('[OL1] a commit is on the device before it is sent', async () => {
    const desk = await Desk.open(start(sentence));
    const drawer = new Drawer();
    const { session, wire } = await sitDown(desk, 'tom', 'editor', drawer.tab);
    session.setMode('edit');
    const send = wire.commit.bind(wire);
    const seen: boolean[] = [];
    wire.commit = (commit) => {
      const kept = [...drawer.kept.values()].map(
        (json) => (JSON.parse(json) as { changes: { inFlight: AskedCommit } }).changes.inFlight,
      );
      seen.push(kept.some((one) => JSON.stringify(one) === JSON.stringify(commit)));
      return send(commit);
    };
    for (let i = 0; i < 10; i++) {
      type(session, 'x');
      await pass(70);
    }
    expect(seen.length).toBeGreaterThan(3);
    expect(seen.every((kept) => kept)).toBe(true);
    expect(drawer.kept.size).toBe(0);
    session.close();
  });

  it(
    '[OL2] whatever is killed, cut or forgotten, every word arrives exactly once',
    async () => {
      const firstSeed = Number(process.env['FUZZ_SEED'] ?? 1);
      const done = new Set<string>();
      for (let seed = firstSeed; seed < firstSeed + runs; seed++) {
        const dice = seeded(seed);
        const desk = await Desk.open(start(sentence, 'A second paragraph.', 'A third one.'));
        const drawer = new Drawer();
        let tab = drawer.tab;
        let seat = await sitDown(desk, 'tom', 'editor', tab);
        const una = await sitDown(desk, 'una', 'editor');
        una.session.setMode('edit');
        const tokens: string[] = [];
        for (let i = 0; i < 60; i++) {
          const ready = seat.session.getSnapshot().phase === 'ready';
          const what = dice.int(12);
          if (what < 6 && ready) {
            seat.session.setMode(dice.int(3) === 0 ? 'suggest' : 'edit');
            // One letter each, so that nothing can be typed into the middle of it.
            const token = String.fromCodePoint(0x4e00 + i);
            tokens.push(token);
            typeSomewhere(seat.session, token, dice.int(10_000));
            done.add('type');
          } else if (what === 6) typeSomewhere(una.session, ' and', dice.int(10_000));
          else if (what === 7) seat.wire.deaf = 1;
          else if (what === 8) {
            if (seat.wire.connected) seat.wire.down();
            else back(seat.wire);
          } else if (what === 9) {
            // Killed: the device has what was typed a moment before, and nothing is said to anybody.
            await pass(1);
            const isCut = !seat.wire.connected;
            tab.kill();
            seat.session.close();
            tab = drawer.tab;
            seat = await sitDown(desk, 'tom', 'editor', tab, isCut ? cut : undefined);
            await pass(isCut ? 3100 : 10);
            done.add(isCut ? 'killed offline' : 'killed');
          }
          if (dice.int(2) === 0) await pass(dice.int(150));
        }
        seat.wire.deaf = 0;
        if (!seat.wire.connected) back(seat.wire);
        await pass(30_000);
        const { review } = await desk.room();
        const text = words(review.doc);
        for (const token of tokens) {
          const found = count(text, token) + count(trayOf(seat.session), token);
          expect(found, `seed ${seed}, ${token}`).toBe(1);
        }
        expect(seat.session.getSnapshot().connection, `seed ${seed}`).toMatchObject({ unsent: 0 });
        expect(JSON.stringify(seat.session.state.doc)).toBe(JSON.stringify(review.doc));
        expect(desk.failures).toEqual([]);
        seat.session.close();
        una.session.close();
      }
      expect([...done].toSorted()).toEqual(['killed', 'killed offline', 'type']);
    },
    120_000 + runs * 3000,
  );

  it('[OL20] a decision made without the server is under way again after a kill, and is carried out once', async () => {
    const desk = await Desk.open(start(sentence));
    const drawer = new Drawer();
    const una = await sitDown(desk, 'una', 'reviewer');
    una.session.setMode('suggest');
    select(una.session, 'heaven');
    type(una.session, 'haven');
    await pass(500);
    const { tab } = drawer;
    const first = await sitDown(desk, 'tom', 'editor', tab);
    await pass(10);
    const [id = ''] = first.session.review.suggestions.keys();
    first.wire.down();
    first.session.accept([id]);
    await pass(100);
    tab.kill();
    const { session, wire } = await sitDown(desk, 'tom', 'editor', drawer.tab, cut);
    await pass(1000);
    expect([...session.getSnapshot().deciding]).toEqual([id]);
    // Asked again, it is not asked twice.
    session.accept([id]);
    expect(session.getSnapshot().connection.unsent).toBe(1);
    back(wire);
    await pass(2000);
    expect([...session.getSnapshot().deciding]).toEqual([]);
    const { review } = await desk.room();
    expect(review.suggestions.get(id)?.status).toBe('accepted');
    expect(words(review.doc)).toContain('haven');
    expect(desk.failures).toEqual([]);
    session.close();
    first.session.close();
    una.session.close();
  });

  it('[OL3] far behind, what was typed still finds its place, however much was written meanwhile', async () => {
    const desk = await Desk.open(start(sentence, 'A second paragraph.'));
    const { session, wire } = await sitDown(desk, 'tom', 'editor', new Drawer().tab);
    const una = await sitDown(desk, 'una', 'editor');
    session.setMode('edit');
    una.session.setMode('edit');
    wire.down();
    select(session, 'heaven');
    type(session, 'haven');
    await pass(100);
    for (let i = 0; i < 620; i++) {
      typeSomewhere(una.session, 'y', 40 + i);
      await pass(51);
    }
    wire.up();
    await pass(2000);
    const { review } = await desk.room();
    expect(review.rev).toBeGreaterThan(600);
    expect(count(words(review.doc), 'haven')).toBe(1);
    expect(count(words(review.doc), 'heaven')).toBe(0);
    expect(trayOf(session)).toBe('');
    session.close();
    una.session.close();
  }, 120_000);
});

describe('the device', () => {
  it('[OL4] an article opens from the device when the server is out of reach, is typed in, and what is typed arrives later', async () => {
    const desk = await Desk.open(start(sentence));
    const drawer = new Drawer();
    const first = await sitDown(desk, 'tom', 'editor', drawer.tab);
    await pass(10);
    first.session.close();
    const { session, wire } = await sitDown(desk, 'tom', 'editor', drawer.tab, cut);
    await pass(10);
    expect(session.getSnapshot().phase).toBe('ready');
    expect(words(session.state.doc)).toContain(sentence);
    session.setMode('edit');
    select(session, 'heaven');
    type(session, 'haven');
    await pass(6000);
    expect(session.getSnapshot().connection).toEqual({ kind: 'offline', unsent: 1 });
    back(wire);
    await pass(500);
    expect(words((await desk.room()).review.doc)).toContain('It gives safe haven to them.');
    session.close();
  });

  it('[OL4] an article that is not on the device says so, and opens once the server is back', async () => {
    const desk = await Desk.open(start(sentence));
    const { session, wire } = await sitDown(desk, 'tom', 'editor', new Drawer().tab, cut);
    await pass(4000);
    expect(session.getSnapshot()).toMatchObject({ phase: 'loading', missing: true });
    back(wire);
    await pass(100);
    expect(session.getSnapshot()).toMatchObject({ phase: 'ready', missing: false });
    session.close();
  });

  it('[OL5] what one tab left behind is brought to the server by exactly one tab that lives, without disturbing it', async () => {
    const desk = await Desk.open(start(sentence, 'Another paragraph.'));
    const drawer = new Drawer();
    const dead = drawer.tab;
    const first = await sitDown(desk, 'tom', 'editor', dead);
    const second = await sitDown(desk, 'tom', 'editor', drawer.tab);
    const third = await sitDown(desk, 'tom', 'editor', drawer.tab);
    for (const { session } of [first, second, third]) session.setMode('edit');
    select(second.session, 'Another');
    type(second.session, 'One more');
    await pass(500);
    first.wire.down();
    select(first.session, 'heaven');
    type(first.session, 'haven');
    await pass(100);
    expect(words(second.session.state.doc)).toContain('heaven');
    dead.kill();
    first.session.close();
    await pass(20_000);
    const text = words((await desk.room()).review.doc);
    expect(count(text, 'haven')).toBe(1);
    expect(text).toContain('One more paragraph.');
    expect(drawer.kept.size).toBe(0);
    const notices = [second, third].filter(({ session }) =>
      session.getSnapshot().notice?.text.includes('window of yours'),
    );
    expect(notices).toHaveLength(1);
    // Its own undo is still there.
    expect(second.session.getSnapshot().canUndo).toBe(true);
    for (const { session } of [second, third]) session.close();
  });

  it('[OL5] when the server will not have what a tab left behind, it stays on the device', async () => {
    const desk = await Desk.open(start(sentence));
    const drawer = new Drawer();
    const dead = drawer.tab;
    const first = await sitDown(desk, 'tom', 'editor', dead);
    const second = await sitDown(desk, 'tom', 'editor', drawer.tab);
    for (const { session } of [first, second]) session.setMode('edit');
    type(second.session, 'x');
    first.wire.down();
    select(first.session, 'heaven');
    type(first.session, 'haven');
    await pass(100);
    Wire.refuseOthers = 'NOT_SIGNED_IN';
    dead.kill();
    first.session.close();
    await pass(10_000);
    Wire.refuseOthers = null;
    expect([...drawer.kept.values()].join()).toContain('haven');
    second.session.close();
    const third = await sitDown(desk, 'tom', 'editor', drawer.tab);
    await pass(10_000);
    expect(count(words((await desk.room()).review.doc), 'haven')).toBe(1);
    third.session.close();
  });

  it.each([
    ['full', new DOMException('No room.', 'QuotaExceededError')],
    ['refused', new DOMException('Not here.', 'SecurityError')],
  ] as const)(
    '[OL6] storage that is %s is said, and what is typed stays in the page and is sent',
    async (trouble, error) => {
      const desk = await Desk.open(start(sentence));
      const drawer = new Drawer();
      drawer.refuses = error;
      const { session, wire } = await sitDown(desk, 'tom', 'editor', drawer.tab);
      session.setMode('edit');
      await pass(10);
      expect(session.getSnapshot().trouble).toBe(trouble);
      wire.down();
      select(session, 'heaven');
      type(session, 'haven');
      await pass(6000);
      expect(session.getSnapshot().connection).toEqual({ kind: 'offline', unsent: 1 });
      wire.up();
      await pass(500);
      expect(words((await desk.room()).review.doc)).toContain('safe haven');
      drawer.refuses = null;
      type(session, '!');
      await pass(500);
      expect(session.getSnapshot().trouble).toBe(null);
      session.close();
    },
  );

  it('[OL6] a device that does not answer keeps no commit from the server', async () => {
    const desk = await Desk.open(start(sentence));
    const silent = { ...new Drawer().tab, write: () => new Promise<void>(() => undefined) };
    const { session } = await sitDown(desk, 'tom', 'editor', silent);
    session.setMode('edit');
    select(session, 'heaven');
    type(session, 'h');
    await pass(3000);
    expect(words((await desk.room()).review.doc)).toContain('safe h to');
    session.close();
  });

  it('[OL7] work goes out under no other name: when somebody else has signed in, it stays on the device', async () => {
    const desk = await Desk.open(start(sentence));
    const drawer = new Drawer();
    const { session, wire } = await sitDown(desk, 'tom', 'editor', drawer.tab);
    session.setMode('edit');
    wire.down();
    select(session, 'heaven');
    type(session, 'haven');
    await pass(100);
    Object.assign(wire, {
      me: { id: 'una', name: 'una person', role: 'editor', color: 0 },
      standing: { ...wire.standing, userId: 'una' },
    });
    wire.up();
    await pass(1000);
    expect(words((await desk.room()).review.doc)).toContain('heaven');
    expect(session.getSnapshot().refusal?.code).toBe('NOT_SIGNED_IN');
    expect([...drawer.kept.values()].join()).toContain('haven');
    session.close();
  });
});

describe('words', () => {
  it('[OL18] the state of saving is said in these words and no others', () => {
    const { offline, onlyHere, saved, saving, failed } = messages.connection;
    expect([saved, saving, offline(3), failed]).toEqual([
      'Saved',
      'Saving…',
      'Offline, 3 changes kept on this device',
      'Could not save',
    ]);
    expect([offline(0), offline(1)]).toEqual(['Offline', 'Offline, 1 change kept on this device']);
    // Where the device keeps nothing, it is not said to.
    expect(onlyHere(3)).toBe('Offline, 3 changes in this window only');
    expect(Object.keys(messages.connection).toSorted()).toEqual([
      'failed',
      'offline',
      'onlyHere',
      'retry',
      'saved',
      'saving',
    ]);
  });

  it('[OL18] “Could not save” is said when the server refuses for a while, and “Saved” once it has taken all', async () => {
    const desk = await Desk.open(start(sentence));
    const { session, wire } = await sitDown(desk, 'tom', 'editor', new Drawer().tab);
    session.setMode('edit');
    wire.refuseWith = Array.from({ length: 5 }, () => 'UNAVAILABLE' as const);
    type(session, 'x');
    await pass(8000);
    expect(session.getSnapshot().connection.kind).toBe('failed');
    await pass(20_000);
    expect(session.getSnapshot().connection).toEqual({ kind: 'saved', unsent: 0 });
    session.close();
  });

  it('[OL12] leaving is held up only while something is unsent', async () => {
    const desk = await Desk.open(start(sentence));
    const asked: ((event: { preventDefault(): void }) => void)[] = [];
    vi.stubGlobal('addEventListener', (name: string, listener: never) => {
      if (name === 'beforeunload') asked.push(listener);
    });
    const { session, wire } = await sitDown(desk, 'tom', 'editor', new Drawer().tab);
    vi.unstubAllGlobals();
    const isHeldUp = (): boolean => {
      let held = false;
      for (const listener of asked) listener({ preventDefault: () => (held = true) });
      return held;
    };
    session.setMode('edit');
    expect(asked).toHaveLength(1);
    expect(isHeldUp()).toBe(false);
    wire.down();
    type(session, 'x');
    expect(isHeldUp()).toBe(true);
    wire.up();
    await pass(500);
    expect(isHeldUp()).toBe(false);
    session.close();
  });
});
