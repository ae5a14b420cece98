/** What stands below the text where there is no margin: its head, and the cards that have no place at words. */
import type { ReactElement } from 'react';
import { GroupCard } from '#web/panels/card-group.tsx';
import type { CardGroup } from '#web/panels/card-groups.ts';
import { MarginHead } from '#web/panels/margin-head.tsx';
import style from '#web/panels/margin.module.css';
import { useSnapshot } from '#web/panels/use-session.ts';

export function MarginFlow({
  beside,
  groups,
}: {
  beside: number;
  groups: readonly CardGroup[];
}): ReactElement {
  const focused = useSnapshot((snapshot) => snapshot.focused);
  return (
    <div className={style.flow}>
      <MarginHead beside={beside} />
      {groups.map(
        (group) =>
          group.card === 'silent' &&
          !group.items.some(({ id }) => id === focused) && (
            <GroupCard key={group.id} group={group} focused={null} />
          ),
      )}
    </div>
  );
}
