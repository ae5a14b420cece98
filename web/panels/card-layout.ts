/** Where the cards of the margin stand: generalised isotonic regression by pool-adjacent-violators.
 *  Least total cost such that cards keep their order and do not overlap; standing above the own words costs more than standing below. */

/** A card, in text order. `anchor` is where its top would stand, `height` what it takes; both in pixels. */
export interface Placed {
  id: string;
  anchor: number;
  height: number;
}

/** Being a pixel above the words costs this many times being a pixel below. */
const aboveCost = 8;
const pinWeight = 1e9;

/** A run of cards that touch each other. All stand at `at` plus their own offset. */
interface Pool {
  targets: number[];
  weights: number[];
  at: number;
}

/** The cheapest place of a pool: quadratic cost whose weight depends on the side, solved by reweighting until it stands. */
function settle(pool: Pool): void {
  let at = pool.at;
  for (let round = 0; round < 24; round++) {
    let sum = 0;
    let weight = 0;
    pool.targets.forEach((target, i) => {
      const w = (pool.weights[i] ?? 1) * (at < target ? aboveCost : 1);
      sum += w * target;
      weight += w;
    });
    const next = sum / weight;
    const still = Math.abs(next - at) < 0.1;
    at = next;
    if (still) break;
  }
  pool.at = at;
}

/** The top of each card, in whole pixels. The pinned card stands exactly at its anchor and the others give way;
 *  nothing stands above `top`, the pinned card only as far as it must. */
export function layoutCards(
  cards: readonly Placed[],
  pinned: string | null,
  { gap, top }: { gap: number; top: number },
): Map<string, number> {
  const offsets: number[] = [];
  let offset = 0;
  for (const card of cards) {
    offsets.push(offset);
    offset += Math.ceil(card.height) + gap;
  }
  const pools: Pool[] = [];
  cards.forEach((card, i) => {
    const target = Math.max(top, card.anchor) - (offsets[i] ?? 0);
    let pool: Pool = {
      targets: [target],
      weights: [card.id === pinned ? pinWeight : 1],
      at: target,
    };
    for (let above = pools.at(-1); above && above.at > pool.at; above = pools.at(-1)) {
      pools.pop();
      pool = {
        targets: [...above.targets, ...pool.targets],
        weights: [...above.weights, ...pool.weights],
        at: (above.at + pool.at) / 2,
      };
      settle(pool);
    }
    pools.push(pool);
  });
  const tops = new Map<string, number>();
  let index = 0;
  // A pool pushed below `top` keeps the order: the pools after it stand lower already.
  let least = top;
  for (const pool of pools)
    for (let k = 0; k < pool.targets.length; k++) {
      const card = cards[index];
      const own = offsets[index] ?? 0;
      index += 1;
      if (!card) continue;
      const at = Math.max(Math.round(pool.at + own), least);
      tops.set(card.id, at);
      least = at + Math.ceil(card.height) + gap;
    }
  return tops;
}
