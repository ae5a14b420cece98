/** Invitations that nobody has used yet. Their links were shown once; they can only be taken back. */
import type { ReactElement } from 'react';
import type { PendingInvitation } from '#core/people/answers.ts';
import style from '#web/pages/people.module.css';
import { momentWords } from '#web/pages/pin-field.tsx';
import { Button } from '#web/ui/button.tsx';
import { messages } from '#web/ui/messages.ts';
import { peopleMessages } from '#web/ui/people-messages.ts';
import { timeWords } from '#web/ui/time.ts';

const words = peopleMessages.waiting;

/** "Writer · USA and Pakistan … · by Ada · until 28 Nov, 10:15" */
function detail({ article, by, expiresAt, pin, role }: PendingInvitation, now: Date): string {
  const parts = [
    messages.roles[role],
    article?.headline ?? '',
    pin ? momentWords(pin) : '',
    by === '' ? '' : words.by(by),
    words.until(timeWords(expiresAt, now)),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

export function WaitingList({
  invitations,
  onWithdraw,
}: {
  invitations: readonly PendingInvitation[];
  onWithdraw: (invitation: PendingInvitation) => void;
}): ReactElement {
  const now = new Date();
  return (
    <section className={style.section} aria-labelledby="waiting">
      <h2 id="waiting">{words.title}</h2>
      {invitations.length === 0 ? (
        <p className={style.lead}>{words.none}</p>
      ) : (
        <ul className={style.list}>
          {invitations.map((one) => (
            <li key={one.id}>
              <span className={style.grow}>
                <b>{one.email}</b>
                <small>{detail(one, now)}</small>
              </span>
              <Button aria-label={words.withdrawOf(one.email)} onPress={() => onWithdraw(one)}>
                {words.withdraw}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
