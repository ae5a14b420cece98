/** Leaving: at once when nothing is half written on this device, else after it was said what goes. */
import { useEffect, useState, type ReactElement } from 'react';
import { signOut } from '#web/pages/api.ts';
import { signOutEverywhere } from '#web/pages/people-api.ts';
import { forgetAll } from '#web/pages/queries.ts';
import { forgetMe, halfWrittenBy } from '#web/session/account.ts';
import style from '#web/pages/sign-out.module.css';
import type { Unfinished } from '#web/session/unfinished.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { nothingLostWords } from '#web/ui/nothing-lost-words.ts';
import overlay from '#web/ui/overlay.module.css';
import { safetyWords as words } from '#web/ui/safety-words.ts';

const mostShown = 5;

/** Leaves for good: a whole page load, so that nothing of this person stays in memory. */
async function leave(everywhere: boolean): Promise<void> {
  try {
    await (everywhere ? signOutEverywhere() : signOut());
  } finally {
    forgetAll();
    await forgetMe('left');
    location.assign('/sign-in');
  }
}

export function SignOut({
  userId,
  everywhere,
  onStay,
}: {
  userId: string;
  everywhere: boolean;
  onStay: () => void;
}): ReactElement | null {
  const [left, setLeft] = useState<Unfinished[] | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let gone = false;
    void halfWrittenBy(userId).then((found) => {
      if (gone) return;
      if (found.length === 0) void leave(everywhere);
      else setLeft(found);
    });
    return () => {
      gone = true;
    };
  }, [userId, everywhere]);
  if (!left) return null;
  return (
    <Dialog open title={words.leaveTitle(left.length)} onClose={onStay} role="alertdialog">
      <div className={style.left}>
        <p>{words.leaveLead(left.length)}</p>
        <ul>
          {left.slice(0, mostShown).map(({ key, what, text }) => (
            <li key={key}>
              <small>{nothingLostWords.unfinished[what]}</small>
              {text.length > 90 ? `${text.slice(0, 89)}…` : text}
            </li>
          ))}
        </ul>
        {left.length > mostShown && <p>{words.leaveMore(left.length - mostShown)}</p>}
      </div>
      <div className={overlay.dialogActions}>
        <Button onPress={onStay} autoFocus>
          {words.stay}
        </Button>
        <Button
          look="danger"
          isDisabled={busy}
          onPress={() => {
            setBusy(true);
            void leave(everywhere);
          }}
        >
          {words.leave(left.length)}
        </Button>
      </div>
    </Dialog>
  );
}
