/** What somebody is to see of an article: it as it is, or as it stood when it was handed over. */
import { useId, type ReactElement } from 'react';
import type { HandOver } from '#core/sync/desk.ts';
import { stageWords } from '#web/panels/desk-messages.ts';
import control from '#web/ui/control.module.css';
import { peopleMessages } from '#web/ui/people-messages.ts';
import { timeWords } from '#web/ui/time.ts';

const words = peopleMessages.access;

/** A hand-over in words: "As handed over 21 Nov, 14:05 (with the writer)". */
export const momentWords = ({ at, stage }: HandOver): string =>
  words.asOf(timeWords(at, new Date()), stageWords[stage].toLowerCase());

/** `label` null where the row says it: the name is then `name`. An empty value is the article as it is. */
export function PinField({
  label,
  name,
  value,
  handOvers,
  onChange,
}: {
  label: string | null;
  name: string;
  value: HandOver | null;
  handOvers: readonly HandOver[];
  onChange: (pin: HandOver | null) => void;
}): ReactElement {
  const id = useId();
  // Older than those that are offered.
  const isListed = value === null || handOvers.some((one) => one.id === value.id);
  const offered = isListed ? handOvers : [...handOvers, value];
  const select = (
    <select
      id={id}
      className={control.input}
      {...(label === null ? { 'aria-label': name } : {})}
      value={value?.id ?? ''}
      onChange={(event) => onChange(offered.find((one) => one.id === event.target.value) ?? null)}
    >
      <option value="">{words.asItIs}</option>
      {offered.map((one) => (
        <option key={one.id} value={one.id}>
          {momentWords(one)}
        </option>
      ))}
    </select>
  );
  if (label === null) return select;
  return (
    <div className={control.field}>
      <label htmlFor={id} className={control.label}>
        {label}
      </label>
      {select}
    </div>
  );
}
