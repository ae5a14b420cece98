/** The margin's layout: order, no overlap, the pinned card, and least cost. */
import { fc } from '#tests/support/properties.ts';
import { describe, expect, it } from 'vitest';
import { layoutCards, type Placed } from '#web/panels/card-layout.ts';

const how = { gap: 10, top: -Infinity };
const cards = fc
  .array(
    fc.record({
      anchor: fc.integer({ min: 0, max: 4000 }),
      height: fc.integer({ min: 20, max: 400 }),
    }),
    {
      maxLength: 60,
    },
  )
  .map((list) =>
    list
      .toSorted((a, b) => a.anchor - b.anchor)
      .map((card, index): Placed => ({ id: `c${index}`, ...card })),
  );

const cost = (list: readonly Placed[], tops: ReadonlyMap<string, number>): number =>
  list.reduce((sum, { id, anchor }) => {
    const off = (tops.get(id) ?? 0) - anchor;
    return sum + off * off * (off < 0 ? 8 : 1);
  }, 0);

/** The naive way: each card at its words or below the one before it. */
function downwards(list: readonly Placed[], gap: number): Map<string, number> {
  const tops = new Map<string, number>();
  let least = -Infinity;
  for (const { id, anchor, height } of list) {
    const at = Math.max(anchor, least);
    tops.set(id, at);
    least = at + height + gap;
  }
  return tops;
}

/** What is wrong with a layout, or null. Used on good ones and, below, on a planted bad one. */
function overlap(
  list: readonly Placed[],
  tops: ReadonlyMap<string, number>,
  gap: number,
): string | null {
  for (let i = 1; i < list.length; i++) {
    const [above, below] = [list[i - 1], list[i]];
    if (!above || !below) continue;
    const end = (tops.get(above.id) ?? NaN) + above.height + gap;
    if (!((tops.get(below.id) ?? NaN) >= end)) return `${below.id} stands on ${above.id}`;
  }
  return null;
}

describe('the layout of cards', () => {
  it('[UI50] keeps the order of the text and never lets two cards touch', () => {
    fc.assert(
      fc.property(cards, fc.integer({ min: -1, max: 60 }), (list, pin) => {
        const tops = layoutCards(list, list[pin]?.id ?? null, how);
        expect(tops.size).toBe(list.length);
        expect(overlap(list, tops, how.gap)).toBeNull();
      }),
    );
  });

  it('[UI50] is judged by a check that sees an overlap', () => {
    const list = [
      { id: 'a', anchor: 0, height: 50 },
      { id: 'b', anchor: 5, height: 50 },
    ];
    const stacked = new Map([
      ['a', 0],
      ['b', 59],
    ]);
    expect(overlap(list, stacked, 10)).toBe('b stands on a');
  });

  it('[UI51] puts the pinned card exactly at its words', () => {
    fc.assert(
      fc.property(cards, fc.nat(), (list, n) => {
        fc.pre(list.length > 0);
        const pinned = list[n % list.length];
        const tops = layoutCards(list, pinned?.id ?? null, how);
        expect(
          Math.abs((tops.get(pinned?.id ?? '') ?? NaN) - (pinned?.anchor ?? 0)),
        ).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('[UI51] stands a card that has room at its words', () => {
    const list = [
      { id: 'a', anchor: 100, height: 50 },
      { id: 'b', anchor: 400, height: 50 },
    ];
    expect(layoutCards(list, null, how)).toEqual(
      new Map([
        ['a', 100],
        ['b', 400],
      ]),
    );
  });

  it('[UI51] costs no more than stacking downwards, and moves up less than down', () => {
    fc.assert(
      fc.property(cards, (list) => {
        const tops = layoutCards(list, null, how);
        // Whole pixels cost a little: half a pixel a card at its present distance.
        const slack = list.reduce(
          (sum, { id, anchor }) => sum + 8 * (Math.abs((tops.get(id) ?? 0) - anchor) + 1),
          0,
        );
        expect(cost(list, tops)).toBeLessThanOrEqual(cost(list, downwards(list, how.gap)) + slack);
      }),
    );
    const two = [
      { id: 'a', anchor: 100, height: 90 },
      { id: 'b', anchor: 100, height: 90 },
    ];
    const tops = layoutCards(two, null, how);
    const up = 100 - (tops.get('a') ?? 0);
    const down = (tops.get('b') ?? 0) - 100;
    expect(up).toBeGreaterThan(0);
    expect(down).toBeGreaterThan(5 * up);
  });

  it('[UI50] keeps below what stands at the head of the margin', () => {
    fc.assert(
      fc.property(cards, fc.integer({ min: 0, max: 3000 }), (list, top) => {
        const tops = layoutCards(list, list[0]?.id ?? null, { gap: 10, top });
        for (const at of tops.values()) expect(at).toBeGreaterThanOrEqual(top);
        expect(overlap(list, tops, 10)).toBeNull();
      }),
    );
  });
});
