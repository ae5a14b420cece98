/** Words of one's own that can be changed in place. */
import { useState, type ReactElement } from 'react';
import style from '#web/panels/card.module.css';
import { GrowingField } from '#web/panels/composer.tsx';
import { Button } from '#web/ui/button.tsx';
import { classes } from '#web/ui/class-names.ts';
import { messages } from '#web/ui/messages.ts';

export function EditableText({
  text,
  editing,
  label,
  clamped = false,
  onSave,
  onDone,
}: {
  text: string;
  editing: boolean;
  label: string;
  clamped?: boolean;
  onSave: (text: string) => void;
  onDone: () => void;
}): ReactElement {
  if (!editing) return <p className={classes(style.words, clamped && style.clamped)}>{text}</p>;
  return <Editing text={text} label={label} onSave={onSave} onDone={onDone} />;
}

function Editing({
  text,
  label,
  onSave,
  onDone,
}: {
  text: string;
  label: string;
  onSave: (text: string) => void;
  onDone: () => void;
}): ReactElement {
  const [value, setValue] = useState(text);
  const save = (): void => {
    const next = value.trim();
    if (next === '') return;
    if (next !== text) onSave(next);
    onDone();
  };
  return (
    <div className={style.editing}>
      <div className={style.reply}>
        <GrowingField
          value={value}
          onChange={setValue}
          onPost={save}
          onLeave={onDone}
          label={label}
          autoFocus
        />
      </div>
      <div className={style.actions}>
        <Button look="primary" onPress={save} isDisabled={value.trim() === ''}>
          {messages.card.save}
        </Button>
        <Button onPress={onDone}>{messages.card.cancel}</Button>
      </div>
    </div>
  );
}
