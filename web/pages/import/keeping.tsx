/** How a review of Galley comes in: as it was, where that is possible, or as a new article. */
import { useId, type ReactElement } from 'react';
import type { KeptChoice } from '#core/formats/import/about.ts';
import style from '#web/pages/import/import.module.css';
import control from '#web/ui/control.module.css';
import { importWords } from '#web/ui/import-messages.ts';

const words = importWords.keeping;

export function Keeping({
  keeping,
  onAs,
}: {
  keeping: KeptChoice;
  onAs: (as: 'whole' | 'new') => void;
}): ReactElement | null {
  const id = useId();
  const { mayChoose, kept, why } = keeping;
  if (why) return <p className={style.quiet}>{words.why[why]}</p>;
  if (!mayChoose) return null;
  return (
    <>
      <div className={control.field}>
        <label htmlFor={id} className={control.label}>
          {words.label}
        </label>
        <select
          id={id}
          className={control.input}
          value={kept ? 'whole' : 'new'}
          aria-describedby={`${id}-lead`}
          onChange={(event) => onAs(event.target.value === 'new' ? 'new' : 'whole')}
        >
          <option value="whole">{words.whole}</option>
          <option value="new">{words.asNew}</option>
        </select>
      </div>
      <p id={`${id}-lead`} className={style.quiet}>
        {kept ? words.wholeLead(kept.rev, kept.people, kept.linked) : words.newLead}
      </p>
      {kept && kept.changes.length > 0 && (
        <>
          <h3>{words.changes}</h3>
          <ul>
            {kept.changes.map((sentence) => (
              <li key={sentence} className={style.decision}>
                {sentence}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
