/** Text that somebody typed here and that found no place any more: shown, so that nothing disappears unseen. */
import { X } from 'lucide-react';
import type { ReactElement } from 'react';
import { useVoice } from '#web/panels/live-regions.tsx';
import style from '#web/panels/unplaced-tray.module.css';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { Button, IconButton } from '#web/ui/button.tsx';
import { messages } from '#web/ui/messages.ts';

export function UnplacedTray(): ReactElement | null {
  const session = useSession();
  const unplaced = useSnapshot((snapshot) => snapshot.unplaced);
  const writes = useSnapshot(({ mode, view }) => mode !== 'read' && view !== 'original');
  const { tell } = useVoice();
  if (unplaced.every((each) => each.text.trim() === '')) return null;
  const words = messages.unplaced;
  return (
    <section className={style.tray} aria-labelledby="unplaced">
      <h2 id="unplaced">{words.heading}</h2>
      <p>{words.why}</p>
      <ul>
        {unplaced.map((each, index) => (
          <li key={`${index} ${each.text}`}>
            <blockquote>{each.text}</blockquote>
            <span>
              <Button isDisabled={!writes} onPress={() => session.takeBackUnplaced(index)}>
                {words.insert}
              </Button>
              <Button
                onPress={() => {
                  void navigator.clipboard?.writeText(each.text).then(() => tell(words.copied));
                }}
              >
                {words.copy}
              </Button>
              <IconButton label={words.drop} onPress={() => session.dropUnplaced(index)}>
                <X size={16} aria-hidden="true" />
              </IconButton>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
