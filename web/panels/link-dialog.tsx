/** Asks for the address of a link on the selected words. */
import { useState, type ReactElement } from 'react';
import { allowedHref } from '#core/article/href.ts';
import { setLink } from '#web/editor/style-commands.ts';
import { styleWords as words } from '#web/panels/style-words.ts';
import { useSession } from '#web/panels/use-session.ts';
import { Button } from '#web/ui/button.tsx';
import control from '#web/ui/control.module.css';
import { Dialog } from '#web/ui/dialog.tsx';

export function LinkDialog({ onClose }: { onClose: () => void }): ReactElement {
  const session = useSession();
  const [href, setHref] = useState('');
  const [problem, setProblem] = useState('');
  return (
    <Dialog open title={words.link} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const address = /^[a-z]+:|^#/iu.test(href.trim())
            ? href.trim()
            : `https://${href.trim()}`;
          if (href.trim() === '' || !allowedHref(address)) setProblem(words.linkOdd);
          else {
            session.run(setLink(address));
            onClose();
          }
        }}
      >
        <label className={control.field}>
          <span className={control.label}>{words.address}</span>
          <input
            className={control.input}
            type="text"
            inputMode="url"
            value={href}
            aria-invalid={problem !== '' || undefined}
            onChange={(event) => setHref(event.target.value)}
          />
        </label>
        {problem !== '' && (
          <p role="alert" className={control.error}>
            {problem}
          </p>
        )}
        <p>
          <Button type="submit" look="primary">
            {words.setLink}
          </Button>
        </p>
      </form>
    </Dialog>
  );
}
