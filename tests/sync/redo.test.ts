/** Redo against an oracle of its own: what was there before the undo, read as text, as original and suggestion by suggestion. */
import { describe, expect, it } from 'vitest';
import type { Node } from 'prosemirror-model';
import { listSuggestions } from '#core/suggest/list.ts';
import { accepted, original, without } from '#core/suggest/project.ts';
import { randomEdit } from '#tests/sync/random-history.ts';
import { seeded } from '#tests/sync/random.ts';
import { Desk, start, Tab } from '#tests/sync/simulation.ts';

const runs = Math.min(2000, Number(process.env['FUZZ_RUNS'] ?? 60));
const firstSeed = Number(process.env['FUZZ_SEED'] ?? 1);
const texts = ['the quick brown fox', 'jumps over', '', 'a lazy dog and some more words here'];

/** How a document reads: undo and redo restore this, the order of marks on a word they need not. */
const reading = (doc: Node) => ({
  original: JSON.stringify(original(doc)),
  accepted: JSON.stringify(accepted(doc)),
  suggestions: listSuggestions(doc).map(({ id, by, deleted, inserted }) => [
    id,
    by,
    deleted,
    inserted,
  ]),
});

async function sits(desk: Desk, name: string): Promise<Tab> {
  return new Tab(desk, await desk.room(), name, 'editor');
}

/** Writes, undoes and redoes alone, three times over; throws when a reading differs. Gives how often it redid. */
async function alone(seed: number, spoil?: (tab: Tab) => void): Promise<number> {
  const rng = seeded(seed);
  const desk = await Desk.open(start(...texts));
  const ada = await sits(desk, 'a');
  spoil?.(ada);
  const states = [reading(ada.doc)];
  for (let i = 0; i < 12; i++) {
    const before = ada.doc;
    ada.edit((tr) => randomEdit(rng, tr, 'A'), rng.chance(0.6) ? 'suggest' : 'edit');
    if (ada.doc !== before) states.push(reading(ada.doc));
    if (rng.chance(0.3)) await ada.settle();
  }
  let redone = 0;
  for (let round = 0; round < 3; round++) {
    const back = 1 + rng.int(states.length - 1);
    for (let i = 0; i < back; i++) {
      expect(ada.undo(), `seed ${seed}`).toBe(true);
      if (rng.chance(0.3)) await ada.settle();
      expect(reading(ada.doc), `seed ${seed}, undo ${i}`).toEqual(states.at(-2 - i));
    }
    for (let i = back - 1; i >= 0; i--) {
      expect(ada.redo(), `seed ${seed}`).toBe(true);
      if (rng.chance(0.3)) await ada.settle();
      expect(reading(ada.doc), `seed ${seed}, redo ${i}`).toEqual(states.at(-1 - i));
      redone++;
    }
  }
  await ada.settle();
  expect(JSON.stringify(ada.doc)).toBe(JSON.stringify((await desk.room()).review.doc));
  return redone;
}

describe('redo', () => {
  it(
    '[RB6] of one person brings back, step by step, what each undo took',
    async () => {
      let redone = 0;
      for (let seed = firstSeed; seed < firstSeed + runs; seed++) redone += await alone(seed);
      expect(redone).toBeGreaterThan(runs * 8);
    },
    300_000 + runs * 3000,
  );

  it('[RB6] planted: a history that forgets which map takes back which is noticed', async () => {
    let noticed = 0;
    for (let seed = 1; seed <= 25; seed++) {
      const fault = (tab: Tab): void => {
        tab.copy.history.log.link = () => undefined;
      };
      await alone(seed, fault).catch(() => noticed++);
    }
    expect(noticed).toBeGreaterThan(0);
  }, 60_000);

  it(
    '[RB6] beside others leaves their work alone and brings every own suggestion back',
    async () => {
      let own = 0;
      for (let seed = firstSeed; seed < firstSeed + runs; seed++) {
        const rng = seeded(seed);
        const desk = await Desk.open(start(...texts));
        const [ada, bob] = [await sits(desk, 'a'), await sits(desk, 'b')];
        for (let i = 0; i < 24; i++) {
          const tab = rng.chance(0.5) ? ada : bob;
          tab.edit((tr) => randomEdit(rng, tr, tab === ada ? 'A' : 'B'), 'suggest');
          if (rng.chance(0.4)) await tab.send();
          if (rng.chance(0.3)) await tab.catchUp();
        }
        for (const tab of [ada, bob, ada]) await tab.settle();
        const mine = (doc: Node) => reading(doc).suggestions.filter(([, by]) => by === 'a');
        const [before, others] = [mine(ada.doc), JSON.stringify(without(ada.doc, 'a'))];
        own += before.length;
        let turns = 0;
        while (ada.undo()) turns++;
        expect(mine(ada.doc), `seed ${seed}, undone`).toEqual([]);
        expect(JSON.stringify(without(ada.doc, 'a')), `seed ${seed}, undone`).toBe(others);
        if (rng.chance(0.5)) await ada.settle();
        for (let i = 0; i < turns; i++) expect(ada.redo()).toBe(true);
        await ada.settle();
        expect(mine(ada.doc).toSorted(), `seed ${seed}`).toEqual(before.toSorted());
        expect(JSON.stringify(without(ada.doc, 'a')), `seed ${seed}`).toBe(others);
      }
      expect(own).toBeGreaterThan(runs * 2);
    },
    300_000 + runs * 3000,
  );
});
