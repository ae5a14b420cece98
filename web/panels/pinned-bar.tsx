/** Says that somebody reads the article as it stood at a hand-over, so that nobody takes it for the article as it is. */
import { History } from 'lucide-react';
import type { ReactElement } from 'react';
import { deskWords } from '#web/panels/desk-messages.ts';
import style from '#web/panels/pinned-bar.module.css';
import { useSnapshot } from '#web/panels/use-session.ts';
import { fullTime } from '#web/ui/time.ts';

export function PinnedBar(): ReactElement | null {
  const at = useSnapshot(({ standing }) => standing.pin?.at ?? null);
  if (at === null) return null;
  return (
    <p className={style.bar} role="note">
      <History size={16} aria-hidden="true" />
      <span>{deskWords.pinned(fullTime(at))}</span>
    </p>
  );
}
