/** For whom the copy is: a list to choose one from, each with a line about it. */
import { useId, type ReactElement } from 'react';
import type { Preset } from '#core/formats/send-out/presets.ts';
import style from '#web/pages/send-out/send-out.module.css';
import { sendOutWords as words } from '#web/pages/send-out/words.ts';

export function PresetList({
  presets,
  aboutOf,
  isHeld,
  value,
  onChange,
}: {
  presets: readonly Preset[];
  aboutOf: (preset: Preset) => string;
  /** The release copy cannot go out now. */
  isHeld?: boolean;
  value: Preset;
  onChange: (preset: Preset) => void;
}): ReactElement {
  const name = useId();
  return (
    <fieldset className={style.presets}>
      <legend>{words.for}</legend>
      {presets.map((preset) => (
        <label key={preset} className={style.preset}>
          <input
            type="radio"
            name={name}
            value={preset}
            checked={preset === value}
            onChange={() => onChange(preset)}
            aria-describedby={`${name}-${preset}`}
          />
          <span>{words.preset[preset]}</span>
          <small id={`${name}-${preset}`} data-held={(preset === 'release' && isHeld) || undefined}>
            {aboutOf(preset)}
          </small>
        </label>
      ))}
    </fieldset>
  );
}
