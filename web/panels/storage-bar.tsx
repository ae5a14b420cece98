/** Says that this browser keeps nothing on the device, and what to do about it, before anything is at stake. */
import { TriangleAlert } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import style from '#web/panels/unplaced-tray.module.css';
import { useSnapshot } from '#web/panels/use-session.ts';
import { Button } from '#web/ui/button.tsx';
import { safetyWords } from '#web/ui/safety-words.ts';

export function StorageBar(): ReactElement | null {
  const trouble = useSnapshot((snapshot) => snapshot.trouble);
  const atStake = useSnapshot(({ connection }) => connection.unsent > 0);
  const [understood, setUnderstood] = useState(false);
  // Once something is really in this window only, it is said again.
  if (trouble === null || (understood && !atStake)) return null;
  return (
    <section className={style.warning} role="alert">
      <TriangleAlert size={18} aria-hidden="true" />
      <p>
        {safetyWords[trouble]} {safetyWords.onlyHere}
      </p>
      {!atStake && <Button onPress={() => setUnderstood(true)}>{safetyWords.understood}</Button>}
    </section>
  );
}
