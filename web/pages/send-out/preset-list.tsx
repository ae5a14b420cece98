/** For whom the copy is: a list to choose one from, each with a line about it. */
import { useId, type ReactElement } from 'react';
import type { SendOutAnswer } from '#core/formats/send-out/answers.ts';
import type { Gate } from '#core/formats/send-out/gate.ts';
import type { Preset } from '#core/formats/send-out/presets.ts';
import style from '#web/pages/send-out/send-out.module.css';
import { sendOutWords as words } from '#web/pages/send-out/words.ts';

function aboutOf(preset: Preset, gate: Gate, writer: string | null): string {
  if (preset === 'release') return words.gate(gate.open);
  if (preset === 'writer' && writer !== null) return words.theWriter(writer);
  return words.about[preset];
}

export function PresetList({
  answer: { presets, writer },
  gate,
  value,
  onChange,
}: {
  answer: SendOutAnswer;
  gate: Gate;
  value: Preset;
  onChange: (preset: Preset) => void;
}): ReactElement {
  const name = useId();
  return (
    <fieldset className={style.presets}>
      <legend>{words.for}</legend>
      {presets.map((preset) => {
        const isHeld = preset === 'release' && gate.open > 0;
        return (
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
            <small id={`${name}-${preset}`} data-held={isHeld || undefined}>
              {aboutOf(preset, gate, writer)}
            </small>
          </label>
        );
      })}
    </fieldset>
  );
}
