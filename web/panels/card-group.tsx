/** A card of the margin, the gutter and the sheet, whatever it holds. */
import { memo, type ReactElement, type RefCallback } from 'react';
import { AlternativesCard } from '#web/panels/card-alternatives.tsx';
import type { CardGroup } from '#web/panels/card-groups.ts';
import { RecastCard } from '#web/panels/card-recast.tsx';
import { Card, sameCard } from '#web/panels/card.tsx';

/** Two cards that would be drawn alike: positions move with every key stroke and do not count. */
const sameGroup = (a: CardGroup, b: CardGroup): boolean =>
  a.card === b.card &&
  a.id === b.id &&
  a.items.length === b.items.length &&
  a.items.every((item, index) => {
    const other = b.items[index];
    return other?.id === item.id && sameCard(item, other);
  });

/** `focused` is the annotation in focus, when it is on this card. `place` is called with the element; absent in the flow. */
export const GroupCard = memo(
  function GroupCard({
    group,
    focused,
    place,
  }: {
    group: CardGroup;
    focused: string | null;
    place?: RefCallback<HTMLElement>;
  }): ReactElement {
    switch (group.card) {
      case 'one': {
        const [item] = group.items;
        return <Card item={item} focused={item.id === focused} {...(place ? { place } : {})} />;
      }
      case 'alternatives':
        return <AlternativesCard card={group} focused={focused} place={place} />;
      default:
        return <RecastCard card={group} focused={focused} place={place} />;
    }
  },
  (before, after) =>
    before.focused === after.focused &&
    before.place === after.place &&
    sameGroup(before.group, after.group),
);
