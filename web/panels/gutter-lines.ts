/** Which icons stand in the gutter. */
import type { Annotation } from '#web/panels/annotations.ts';

/** Icons nearer than this would touch: they become one with a number. */
const apart = 28;

/** Annotations whose words begin within one icon's height, in text order. */
export function gutterLines(
  beside: readonly Annotation[],
  y: (id: string) => number | undefined,
): { y: number; items: Annotation[] }[] {
  const placed = beside.flatMap((item) => {
    const at = y(item.id);
    return at === undefined ? [] : [{ item, at }];
  });
  const lines: { y: number; items: Annotation[] }[] = [];
  for (const { item, at } of placed.toSorted((a, b) => a.at - b.at)) {
    const line = lines.at(-1);
    if (line && at - line.y < apart) line.items.push(item);
    else lines.push({ y: at, items: [item] });
  }
  return lines;
}
