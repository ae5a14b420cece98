/** The ways to the silent corrections of each person, whose card stands at the end of the article. */
import type { ReactElement } from 'react';
import type { CardGroup } from '#web/panels/card-groups.ts';
import { briefOf } from '#web/panels/card-line.ts';
import { usePage } from '#web/panels/page-state.tsx';
import style from '#web/panels/rail.module.css';
import { nameOf } from '#web/panels/sentence.ts';
import { useCards, usePeople } from '#web/panels/use-cards.ts';
import { useSession } from '#web/panels/use-session.ts';

export function RailSilent({ onGo }: { onGo?: (() => void) | undefined }): ReactElement {
  const session = useSession();
  const { following } = usePage();
  const review = usePeople();
  const silent = useCards().filter(({ card }) => card === 'silent');
  const go = ({ items }: CardGroup): void => {
    onGo?.();
    following.current = 'card';
    session.focus(items[0].id);
  };
  return (
    <>
      {silent.map((group) => (
        <button key={group.id} type="button" className={style.several} onClick={() => go(group)}>
          {silent.length > 1
            ? `${briefOf(group)}, ${nameOf(review, group.items[0].by)}`
            : briefOf(group)}
        </button>
      ))}
    </>
  );
}
