/** "7 of 11" with the ways to the next and the previous open annotation. */
import { ChevronDown, ChevronUp } from 'lucide-react';
import type { ReactElement } from 'react';
import { annotationsOf, filtered, isList } from '#web/panels/annotations.ts';
import style from '#web/panels/header.module.css';
import { usePage } from '#web/panels/page-state.tsx';
import { useMove } from '#web/panels/use-move.ts';
import { useSnapshot } from '#web/panels/use-session.ts';
import { IconButton } from '#web/ui/button.tsx';
import { messages } from '#web/ui/messages.ts';

export function Stepper(): ReactElement {
  const { filter } = usePage();
  const review = useSnapshot((snapshot) => snapshot.review);
  const focused = useSnapshot((snapshot) => snapshot.focused);
  const move = useMove();
  const list = filtered(annotationsOf(review), isList(filter) ? 'all' : filter);
  const index = list.findIndex((item) => item.id === focused);
  const { stepper } = messages;
  return (
    <div className={style.stepper} role="group" aria-label={stepper.label}>
      <IconButton
        small
        label={stepper.previous}
        shortcut="K"
        isDisabled={list.length === 0}
        onPress={() => move(-1)}
      >
        <ChevronUp size={18} aria-hidden="true" />
      </IconButton>
      <span>{index < 0 ? stepper.open(list.length) : stepper.at(index + 1, list.length)}</span>
      <IconButton
        small
        label={stepper.next}
        shortcut="J"
        isDisabled={list.length === 0}
        onPress={() => move(1)}
      >
        <ChevronDown size={18} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
