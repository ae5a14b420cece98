/** "7 of 11" with the ways to the next and the previous open annotation. */
import { ChevronDown, ChevronUp } from 'lucide-react';
import type { ReactElement } from 'react';
import { filtered, isList, shownAnnotations } from '#web/panels/annotations.ts';
import style from '#web/panels/header.module.css';
import { usePage } from '#web/panels/page-state.tsx';
import { useMove } from '#web/panels/use-move.ts';
import { sameNumbers, useSnapshot } from '#web/panels/use-session.ts';
import { IconButton } from '#web/ui/button.tsx';
import { messages } from '#web/ui/messages.ts';

export function Stepper(): ReactElement {
  const { filter } = usePage();
  const move = useMove();
  const { count, index } = useSnapshot(({ review, focused }) => {
    const list = filtered(shownAnnotations(review), isList(filter) ? 'all' : filter);
    return { count: list.length, index: list.findIndex((item) => item.id === focused) };
  }, sameNumbers);
  const { stepper } = messages;
  return (
    <div className={style.stepper} role="group" aria-label={stepper.label}>
      <IconButton
        small
        label={stepper.previous}
        shortcut="K"
        isDisabled={count === 0}
        onPress={() => move(-1)}
      >
        <ChevronUp size={18} aria-hidden="true" />
      </IconButton>
      <span>{index < 0 ? stepper.open(count) : stepper.at(index + 1, count)}</span>
      <IconButton
        small
        label={stepper.next}
        shortcut="J"
        isDisabled={count === 0}
        onPress={() => move(1)}
      >
        <ChevronDown size={18} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
