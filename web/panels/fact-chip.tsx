/** The word for where a fact stands, with an icon and a colour of its own; red only for wrong. */
import { CircleCheck, CircleDashed, CircleHelp, CircleMinus, CircleX, History } from 'lucide-react';
import type { ReactElement } from 'react';
import type { FactState } from '#core/facts/fact-state.ts';
import style from '#web/panels/card.module.css';
import { factWords } from '#web/panels/fact-words.ts';

const icons = {
  Open: CircleDashed,
  Queried: CircleHelp,
  Wrong: CircleX,
  Confirmed: CircleCheck,
  Closed: CircleMinus,
};

export function FactChip({ state }: { state: FactState }): ReactElement {
  const recheck = state.stale !== null && state.word !== 'Closed';
  const Icon = recheck ? History : icons[state.word];
  return (
    <span className={style.chip} data-word={recheck ? undefined : state.word}>
      <Icon size={13} aria-hidden="true" />
      {recheck ? factWords.recheck : state.word}
    </span>
  );
}
