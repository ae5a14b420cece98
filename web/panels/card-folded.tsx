/** A line of the margin that stands for cards without room: it says how many annotations they hold, and lists them when it is pressed. */
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useId, type ReactElement } from 'react';
import type { CardGroup } from '#web/panels/card-groups.ts';
import { entryOf, lineOfCard } from '#web/panels/card-line.ts';
import style from '#web/panels/card-folded.module.css';
import { usePeople } from '#web/panels/use-cards.ts';
import { KindIcon } from '#web/ui/kind-icon.tsx';

export function FoldedCards({
  label,
  groups,
  open,
  onToggle,
  onGo,
}: {
  label: string;
  groups: readonly CardGroup[];
  open: boolean;
  onToggle: () => void;
  /** Puts an annotation in focus, which gives it its card. */
  onGo: (id: string) => void;
}): ReactElement {
  const review = usePeople();
  const list = useId();
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={open ? list : undefined}
        onClick={onToggle}
      >
        <Chevron size={14} aria-hidden="true" className={style.chevron} />
        {label}
      </button>
      {open && (
        <ul id={list} className={style.list}>
          {groups.map((group) => {
            const [first] = group.items;
            return (
              <li key={group.id}>
                <button
                  type="button"
                  aria-label={lineOfCard(group, first, review)}
                  onClick={() => onGo(first.id)}
                >
                  <KindIcon kind={first.kind} />
                  <span>{entryOf(group)}</span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}
