/** A labelled list to choose from, as filters use it. `null` is everything. */
import { useId, type ReactElement } from 'react';
import style from '#web/ui/choice.module.css';
import control from '#web/ui/control.module.css';

export function Choice<T extends string>({
  label,
  value,
  options,
  any,
  onChange,
}: {
  label: string;
  value: T | null;
  options: readonly (readonly [T, string])[];
  /** What choosing nothing is called; without it one must be chosen. */
  any?: string;
  onChange: (value: T | null) => void;
}): ReactElement {
  const id = useId();
  return (
    <span className={style.choice}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className={control.input}
        value={value ?? ''}
        onChange={({ target }) =>
          onChange(options.find(([each]) => each === target.value)?.[0] ?? null)
        }
      >
        {any !== undefined && <option value="">{any}</option>}
        {options.map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
      </select>
    </span>
  );
}
