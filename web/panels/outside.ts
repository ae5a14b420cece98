/** What of the annotations lies outside the window. */
import type { Annotation } from '#web/panels/annotations.ts';

/** How many annotations lie outside the window, and the nearest of each side. */
export interface Outside {
  above: number;
  below: number;
  last: string | undefined;
  first: string | undefined;
}

/** Nothing outside. */
export const none: Outside = { above: 0, below: 0, last: undefined, first: undefined };

/** What lies outside the window, in the order of the text. */
export function outsideOf(
  beside: readonly Annotation[],
  lineOf: (id: string) => number | undefined,
  { top, bottom }: { top: number; bottom: number },
): Outside {
  const out = { ...none };
  for (const { id } of beside) {
    const line = lineOf(id);
    if (line === undefined) continue;
    if (line < top) {
      out.above += 1;
      out.last = id;
    } else if (line > bottom) {
      out.below += 1;
      out.first ??= id;
    }
  }
  return out;
}
