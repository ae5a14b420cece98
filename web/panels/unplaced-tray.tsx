/** Text that somebody typed here and that found no place any more: shown, so that nothing disappears unseen. */
import type { ReactElement } from 'react';
import { useSay } from '#web/panels/live-regions.tsx';
import style from '#web/panels/unplaced-tray.module.css';
import { useSnapshot } from '#web/panels/use-session.ts';
import { Button } from '#web/ui/button.tsx';
import { messages } from '#web/ui/messages.ts';

export function UnplacedTray(): ReactElement | null {
  const unplaced = useSnapshot((snapshot) => snapshot.unplaced);
  const say = useSay();
  const texts = unplaced.filter((each) => each.text.trim() !== '');
  if (texts.length === 0) return null;
  const words = messages.unplaced;
  return (
    <section className={style.tray} aria-labelledby="unplaced">
      <h2 id="unplaced">{words.heading}</h2>
      <p>{words.why}</p>
      <ul>
        {texts.map((each, index) => (
          <li key={`${index} ${each.text}`}>
            <blockquote>{each.text}</blockquote>
            <Button
              onPress={() => {
                void navigator.clipboard?.writeText(each.text).then(() => say(words.copied));
              }}
            >
              {words.copy}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
