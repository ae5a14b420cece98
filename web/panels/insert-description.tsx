/** Asks for the words that say what is seen on a picture. */
import { useState, type ReactElement } from 'react';
import { describePicture } from '#web/editor/picture-insert.ts';
import { insertWords as words } from '#web/panels/insert-words.ts';
import style from '#web/panels/insert.module.css';
import { useSession } from '#web/panels/use-session.ts';
import { Button } from '#web/ui/button.tsx';
import control from '#web/ui/control.module.css';
import { Dialog } from '#web/ui/dialog.tsx';

export function DescribePicture({
  pos,
  onClose,
}: {
  pos: number;
  onClose: () => void;
}): ReactElement {
  const session = useSession();
  const [figure] = useState(() => session.state.doc.nodeAt(pos));
  const [alt, setAlt] = useState(String(figure?.attrs['alt'] ?? ''));
  return (
    <Dialog open title={words.describeTitle} onClose={onClose}>
      <form
        className={style.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!figure || !session.run(describePicture(pos, figure, alt))) session.say(words.gone);
          onClose();
        }}
      >
        <AltField value={alt} onChange={setAlt} />
        <div className={style.actions}>
          <Button onPress={onClose}>{words.cancel}</Button>
          <Button type="submit" look="primary">
            {words.describe}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** The field for the description. */
export function AltField({
  value,
  onChange,
}: {
  value: string;
  onChange: (words: string) => void;
}): ReactElement {
  return (
    <label className={control.field}>
      <span className={control.label}>{words.alt}</span>
      <textarea
        className={control.input}
        rows={2}
        value={value}
        dir="auto"
        aria-describedby="alt-hint"
        onChange={(event) => onChange(event.target.value)}
      />
      <span id="alt-hint" className={control.hint}>
        {words.altHint}
      </span>
    </label>
  );
}
