/** What was sent out of an article before: the newest at once, the others when they are asked for. */
import { useState, type ReactElement } from 'react';
import type { Sending } from '#core/formats/send-out/answers.ts';
import style from '#web/pages/send-out/send-out.module.css';
import { sendOutWords as words } from '#web/pages/send-out/words.ts';
import { Button } from '#web/ui/button.tsx';
import { fullTime, timeWords } from '#web/ui/time.ts';

/** How many are shown at once. */
const few = 3;

export function SentBefore({ sendings }: { sendings: readonly Sending[] }): ReactElement {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? sendings : sendings.slice(0, few);
  return (
    <section className={style.before} aria-label={words.before}>
      <h3>{words.before}</h3>
      {sendings.length === 0 && <p>{words.never}</p>}
      <ul>
        {shown.map((sending) => (
          <li key={sending.id} title={`${fullTime(sending.at)} · ${sending.digest.slice(0, 12)}`}>
            {words.sent(sending, timeWords(sending.at, new Date()))}{' '}
            <small>{words.sentAs(sending)}</small>
          </li>
        ))}
      </ul>
      {shown.length < sendings.length && (
        <Button look="link" onPress={() => setWhole(true)}>
          {words.showAll(sendings.length)}
        </Button>
      )}
    </section>
  );
}
