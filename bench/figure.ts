// What a file of bench/ exports: `export async function measure(): Promise<Figure[]>`.

/** One line of the table. */
export interface Figure {
  what: string;
  value: number;
  unit: string;
  /** What it should be, in words such as "at most 60 ms"; printed beside it, never enforced. */
  aim?: string;
}

/** The value below which `share` of the samples lie, such as 0.95. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
