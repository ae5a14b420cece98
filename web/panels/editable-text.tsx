/** Words of one's own that can be changed in place. */
import type { ReactElement } from 'react';
import style from '#web/panels/card.module.css';
import { GrowingField } from '#web/panels/composer.tsx';
import { useKeptForm } from '#web/panels/use-kept-form.ts';
import { Button } from '#web/ui/button.tsx';
import { classes } from '#web/ui/class-names.ts';
import { messages } from '#web/ui/messages.ts';

export function EditableText({
  kept,
  text,
  editing,
  label,
  clamped = false,
  onSave,
  onDone,
}: {
  /** The key under which the words are kept while they are changed. */
  kept: string;
  text: string;
  editing: boolean;
  label: string;
  clamped?: boolean;
  onSave: (text: string) => void;
  onDone: () => void;
}): ReactElement {
  if (!editing) return <p className={classes(style.words, clamped && style.clamped)}>{text}</p>;
  return <Editing kept={kept} text={text} label={label} onSave={onSave} onDone={onDone} />;
}

function Editing({
  kept,
  text,
  label,
  onSave,
  onDone,
}: {
  kept: string;
  text: string;
  label: string;
  onSave: (text: string) => void;
  onDone: () => void;
}): ReactElement {
  const { form, change, forget } = useKeptForm(kept, { text });
  const value = form.text;
  const done = (): void => {
    forget();
    onDone();
  };
  const save = (): void => {
    const next = value.trim();
    if (next === '') return;
    if (next !== text) onSave(next);
    done();
  };
  return (
    <div className={style.editing}>
      <div className={style.reply}>
        <GrowingField
          value={value}
          onChange={(words) => change({ text: words })}
          onPost={save}
          onLeave={done}
          label={label}
          autoFocus
        />
      </div>
      <div className={style.actions}>
        <Button look="primary" onPress={save} isDisabled={value.trim() === ''}>
          {messages.card.save}
        </Button>
        <Button onPress={done}>{messages.card.cancel}</Button>
      </div>
    </div>
  );
}
