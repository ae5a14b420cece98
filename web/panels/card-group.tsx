/** A card of the margin, the gutter and the sheet, whatever it holds. */
import { lazy, memo, Suspense, type ReactElement, type RefCallback } from 'react';
import type { CardGroup } from '#web/panels/card-groups.ts';
import { Card, sameCard } from '#web/panels/card.tsx';

// Most articles begin without such a card; their code comes with the first.
const AlternativesCard = lazy(async () => ({
  default: (await import('#web/panels/card-alternatives.tsx')).AlternativesCard,
}));
const RecastCard = lazy(async () => ({
  default: (await import('#web/panels/card-recast.tsx')).RecastCard,
}));

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
    if (group.card === 'one') {
      const [item] = group.items;
      return <Card item={item} focused={item.id === focused} {...(place ? { place } : {})} />;
    }
    const Shared = group.card === 'alternatives' ? AlternativesCard : RecastCard;
    return (
      <Suspense fallback={null}>
        <Shared card={group} focused={focused} place={place} />
      </Suspense>
    );
  },
  (before, after) =>
    before.focused === after.focused &&
    before.place === after.place &&
    sameGroup(before.group, after.group),
);
