/** Each promise about unsent work, kept by the session and broken by a planted fault of the device or of the line: the check must
 *  say yes to the one and no to the other. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { original } from '#core/suggest/project.ts';
import type { Connection } from '#web/session/connection.ts';
import type { Device, Kept } from '#web/session/device.ts';
import { loadLateSuggester } from '#web/session/late-suggester.ts';
import { Desk, start } from '#tests/sync/simulation.ts';
import { Drawer, select, sitDown, type, type Wire } from '#tests/web/session/wire.ts';

beforeAll(loadLateSuggester);
beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const sentence = 'It gives safe heaven to them.';
const cut = (wire: Wire): void => {
  wire.cut = true;
};

/** What is broken: how a device or a line behaves in place of the good one. */
interface Fault {
  device?: (good: Device) => Device;
  line?: (wire: Wire) => void;
  drawer?: (drawer: Drawer) => void;
}

const good: Fault = {};

interface House {
  desk: Desk;
  drawer: Drawer;
  tab(): Device & { kill(): void };
  sit: (tab: Device, prepare?: (wire: Wire) => void) => ReturnType<typeof sitDown>;
  text(): Promise<string>;
}

async function house({
  device = (one) => one,
  line = () => undefined,
  drawer: plant = () => undefined,
}: Fault): Promise<House> {
  const desk = await Desk.open(start(sentence, 'Another paragraph.'));
  const drawer = new Drawer();
  plant(drawer);
  return {
    desk,
    drawer,
    tab: () => {
      const tab = drawer.tab;
      return { ...device(tab), kill: () => tab.kill() };
    },
    sit: (tab, prepare) =>
      sitDown(desk, 'tom', 'editor', tab, (wire) => {
        line(wire);
        prepare?.(wire);
      }),
    text: async () => {
      const { doc } = (await desk.room()).review;
      return doc.textBetween(0, doc.content.size, '\n');
    },
  };
}

const count = (text: string, word: string): number => text.split(word).length - 1;

/** A tab writes a word without a line and is killed; another opens later. Gives how often the word arrived. */
async function killedAndOpened(
  fault: Fault,
  later: number,
): Promise<{ house: House; times: number }> {
  const here = await house(fault);
  const dead = here.tab();
  const first = await here.sit(dead);
  first.session.setMode('edit');
  first.wire.deaf = 99;
  first.wire.keepFrames = true;
  select(first.session, 'heaven');
  type(first.session, 'ha');
  await pass(100);
  first.wire.down();
  type(first.session, 'ven');
  await pass(5);
  dead.kill();
  first.session.close();
  await pass(later);
  const second = await here.sit(here.tab());
  await pass(3000);
  second.session.close();
  return { house: here, times: count(await here.text(), 'safe haven to') };
}

const promises: {
  rule: string;
  what: string;
  holds(fault: Fault): Promise<boolean>;
  fault: Fault;
}[] = [
  {
    rule: '[OL1]',
    what: 'a device that says “kept” before it has kept',
    async holds(fault) {
      const here = await house(fault);
      const { session, wire } = await here.sit(here.tab());
      const send = wire.commit.bind(wire);
      let before = true;
      wire.commit = (commit) => {
        before &&= [...here.drawer.kept.values()].join().includes('"inFlight":{');
        return send(commit);
      };
      type(session, 'x');
      await pass(500);
      session.close();
      return before;
    },
    fault: {
      device: (one) => ({
        ...one,
        write: async (writing) => void setTimeout(() => void one.write(writing), 200),
      }),
    },
  },
  {
    rule: '[OL2]',
    what: 'a device that forgets what was on its way',
    holds: async (fault) => (await killedAndOpened(fault, 1000)).times === 1,
    fault: {
      device: (one) => ({
        ...one,
        write: (writing) => {
          const { kept } = writing;
          const changes = kept && { ...kept.changes, inFlight: null };
          return one.write({ ...writing, kept: kept && changes && { ...kept, changes } });
        },
      }),
    },
  },
  {
    rule: '[OL2]',
    what: 'a device that is one change behind',
    holds: async (fault) => (await killedAndOpened(fault, 1000)).times === 1,
    fault: {
      device: (one) => {
        let last: Kept | null = null;
        return {
          ...one,
          write: (writing) => {
            const kept = writing.kept && (last ?? writing.kept);
            last = writing.kept;
            return one.write({ ...writing, kept });
          },
        };
      },
    },
  },
  {
    rule: '[OL3]',
    what: 'a server that answers with the whole article however much is unsent',
    async holds(fault) {
      const here = await house(fault);
      const { session, wire } = await here.sit(here.tab());
      const una = await sitDown(here.desk, 'una', 'editor');
      for (const one of [session, una.session]) one.setMode('edit');
      wire.down();
      select(session, 'heaven');
      type(session, 'haven');
      select(una.session, 'Another');
      for (let i = 0; i < 510; i++) {
        type(una.session, 'y');
        await pass(51);
      }
      wire.up();
      await pass(2000);
      const { unplaced } = session.getSnapshot();
      session.close();
      una.session.close();
      return unplaced.length === 0 && count(await here.text(), 'haven') === 1;
    },
    fault: {
      line: (wire) => {
        const since = wire.since.bind(wire);
        wire.since = (rev) => since(rev, false);
      },
    },
  },
  {
    rule: '[OL4]',
    what: 'a device that keeps no article',
    async holds(fault) {
      const here = await house(fault);
      const first = await here.sit(here.tab());
      await pass(10);
      first.session.close();
      const { session } = await here.sit(here.tab(), cut);
      await pass(5000);
      const { phase } = session.getSnapshot();
      session.close();
      return phase === 'ready';
    },
    fault: { device: (one) => ({ ...one, keepCopy: async () => undefined }) },
  },
  {
    rule: '[OL5]',
    what: 'a device that gives away the work of a tab that lives',
    async holds(fault) {
      const here = await house(fault);
      const living = await here.sit(here.tab());
      living.session.setMode('edit');
      living.wire.down();
      select(living.session, 'heaven');
      type(living.session, 'haven');
      await pass(100);
      const other = await here.sit(here.tab());
      await pass(8000);
      const early = count(await here.text(), 'haven');
      living.wire.up();
      await pass(3000);
      for (const { session } of [living, other]) session.close();
      return early === 0 && count(await here.text(), 'haven') === 1;
    },
    fault: {
      device: (one) => ({
        ...one,
        claim: async (articleId, userId) => (await one.unsent(articleId, userId))[0] ?? null,
      }),
      drawer: (drawer) => {
        drawer.knowsOwners = false;
      },
    },
  },
  {
    rule: '[OL6]',
    what: 'a device that swallows its own refusal',
    async holds(fault) {
      const here = await house(fault);
      here.drawer.refuses = new DOMException('No room.', 'QuotaExceededError');
      const { session } = await here.sit(here.tab());
      type(session, 'x');
      await pass(100);
      const { trouble } = session.getSnapshot();
      session.close();
      return trouble === 'full';
    },
    fault: {
      device: (one) => ({
        ...one,
        write: (writing) => one.write(writing).catch(() => undefined),
        keepCopy: (copy) => one.keepCopy(copy).catch(() => undefined),
        claim: async () => null,
      }),
    },
  },
  {
    rule: '[OL7]',
    what: 'a server that lets people work under another name',
    async holds(fault) {
      const here = await house(fault);
      const { session, wire } = await here.sit(here.tab());
      session.setMode('edit');
      wire.down();
      select(session, 'heaven');
      type(session, 'haven');
      await pass(100);
      Object.assign(wire, {
        me: { ...wire.me, id: 'una' },
        standing: { ...wire.standing, userId: 'una' },
      });
      wire.up();
      await pass(1000);
      session.close();
      return count(await here.text(), 'haven') === 0;
    },
    fault: {
      line: (wire) => {
        const join = wire.join.bind(wire);
        wire.join = async (asked) => {
          const answer = await join(asked);
          return answer?.ok ? { ...answer, me: { ...answer.me, id: 'tom' } } : answer;
        };
      },
    },
  },
  {
    rule: '[OL8]',
    what: 'a device that does not know how long ago it was',
    async holds(fault) {
      const { house: here } = await killedAndOpened(fault, 3_600_000);
      const { doc } = (await here.desk.room()).review;
      const plain = original(doc);
      return plain.textBetween(0, plain.content.size, '\n').includes('safe ha to');
    },
    fault: {
      device: (one) => ({
        ...one,
        claim: async (articleId, userId) => {
          const kept = await one.claim(articleId, userId);
          return kept && { ...kept, heard: Date.now() };
        },
      }),
    },
  },
  {
    rule: '[OL9]',
    what: 'a device that keeps no tray',
    async holds(fault) {
      const here = await house(fault);
      const dead = here.tab();
      const first = await here.sit(dead);
      first.wire.refuseWith = ['FORBIDDEN'];
      first.session.comment(select(first.session, 'them'), 'Who are they?', 'all');
      await pass(500);
      dead.kill();
      first.session.close();
      const { session } = await here.sit(here.tab());
      await pass(2000);
      const { unplaced } = session.getSnapshot();
      session.close();
      return unplaced.some(({ text }) => text === 'Who are they?');
    },
    fault: {
      device: (one) => ({
        ...one,
        write: (writing) =>
          one.write({ ...writing, kept: writing.kept && { ...writing.kept, unplaced: [] } }),
      }),
    },
  },
  {
    rule: '[OL10]',
    what: 'a device that forgets nothing',
    async holds(fault) {
      const here = await house(fault);
      const { session, wire } = await here.sit(here.tab());
      await pass(10);
      wire.down();
      wire.refuseJoin = 'ARTICLE_UNKNOWN';
      wire.up();
      await pass(1000);
      session.close();
      return !here.drawer.has('tom', 'a1');
    },
    fault: { device: (one) => ({ ...one, dropCopy: async () => undefined }) },
  },
  {
    rule: '[OL11]',
    what: 'a server that finds every copy the same',
    async holds(fault) {
      const here = await house(fault);
      const { session, wire } = await here.sit(here.tab());
      const una = await sitDown(here.desk, 'una', 'editor');
      una.session.setMode('edit');
      wire.keepFrames = true;
      select(una.session, 'heaven');
      type(una.session, 'h');
      await pass(200);
      for (const commit of wire.frames.flat())
        commit.steps = JSON.parse(JSON.stringify(commit.steps).replace('"h"', '"q"')) as never;
      wire.deliver();
      await pass(120_000);
      const same = session.state.doc.eq((await here.desk.room()).review.doc);
      session.close();
      una.session.close();
      return same;
    },
    fault: {
      line: (wire) => {
        const agrees: Connection['audit'] = async () => ({ ok: true, agrees: true });
        wire.audit = agrees;
      },
    },
  },
];

describe('planted faults', () => {
  it.each(promises)(
    '$rule holds, and is found broken with $what',
    async ({ holds, fault }) => {
      expect(await holds(good)).toBe(true);
      expect(await holds(fault)).toBe(false);
    },
    90_000,
  );
});
