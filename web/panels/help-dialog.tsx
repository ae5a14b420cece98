/** The keys of the page, from the table that serves them. */
import type { ReactElement } from 'react';
import style from '#web/panels/help-dialog.module.css';
import { helpRows } from '#web/panels/shortcuts.ts';
import { Choice } from '#web/ui/choice.tsx';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { messages } from '#web/ui/messages.ts';
import overlay from '#web/ui/overlay.module.css';
import {
  chooseNews,
  chooseSingleKeys,
  newsChoices,
  useNewsChoice,
  useSingleKeys,
} from '#web/ui/preferences.ts';

const onMac = /Mac|iP(?:hone|ad)/u.test(navigator.userAgent);

function Rows({
  heading,
  rows,
}: {
  heading: string;
  rows: readonly [string, string][];
}): ReactElement {
  return (
    <section className={style.rows}>
      <h3>{heading}</h3>
      <dl>
        {rows.map(([keys, words]) => (
          <div key={keys}>
            <dt>{words}</dt>
            <dd>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key === 'Ctrl' && onMac ? '⌘' : key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

export function HelpDialog({
  open,
  onClose,
}: {
  open: boolean;
  onClose: () => void;
}): ReactElement {
  const { help } = messages;
  const single = useSingleKeys();
  const news = useNewsChoice();
  return (
    <Dialog title={help.title} open={open} onClose={onClose} wide>
      <div className={style.columns}>
        <Rows heading={help.outside} rows={helpRows.outside} />
        <Rows heading={help.inText} rows={helpRows.inText} />
      </div>
      <section className={style.preferences}>
        <h3>{help.preferences}</h3>
        <label>
          <input
            type="checkbox"
            checked={single}
            onChange={({ target }) => chooseSingleKeys(target.checked)}
          />
          {help.singleKeys}
        </label>
        <Choice
          label={help.news}
          value={news}
          options={newsChoices.map((choice) => [choice, help.newsChoices[choice]] as const)}
          onChange={(choice) => choice && chooseNews(choice)}
        />
      </section>
      <div className={overlay.dialogActions}>
        <Button onPress={onClose} autoFocus>
          {help.close}
        </Button>
      </div>
    </Dialog>
  );
}
