// Whether memory grows: what a soak measured each minute, in megabytes.

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** How much the median of the last third is above that of the third before. */
export function growth(values: readonly number[]): number {
  const third = Math.floor(values.length / 3);
  return median(values.slice(-third)) - median(values.slice(-2 * third, -third));
}

/** What a third of half an hour may lie above the third before it. */
export const mostGrowth = { heap: 8, rss: 25 };
