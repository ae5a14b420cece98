/** A card of the margin, the gutter and the sheet, whatever it holds. */
import { lazy, memo, Suspense, type ReactElement, type RefCallback } from 'react';
import { sameGroup, type CardGroup } from '#web/panels/card-groups.ts';
import { Card } from '#web/panels/card.tsx';

// Most articles begin without such a card; their code comes with the first.
const AlternativesCard = lazy(async () => ({
  default: (await import('#web/panels/card-alternatives.tsx')).AlternativesCard,
}));
const RecastCard = lazy(async () => ({
  default: (await import('#web/panels/card-recast.tsx')).RecastCard,
}));

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
