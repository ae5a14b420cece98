/** Which icons stand in the gutter. */
import type { CardGroup } from '#web/panels/card-groups.ts';

/** Icons nearer than this would touch: they become one with a number. */
const apart = 28;

/** An icon, and the cards whose words begin within its height, in text order. */
export interface GutterLine {
  y: number;
  groups: readonly CardGroup[];
}

/** Silent corrections have no icon: they are listed on demand. */
export function gutterLines(
  groups: readonly CardGroup[],
  y: (id: string) => number | undefined,
): GutterLine[] {
  const placed = groups.flatMap((group) => {
    if (group.card === 'silent') return [];
    const at = group.items.map(({ id }) => y(id)).find((one) => one !== undefined);
    return at === undefined ? [] : [{ group, at }];
  });
  const lines: (GutterLine & { groups: CardGroup[] })[] = [];
  for (const { group, at } of placed.toSorted((a, b) => a.at - b.at)) {
    const line = lines.at(-1);
    if (line && at - line.y < apart) line.groups.push(group);
    else lines.push({ y: at, groups: [group] });
  }
  return lines;
}
