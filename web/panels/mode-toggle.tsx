/** Read, Suggest or Edit. What the person's rights do not allow is off and says why. */
import type { ReactElement } from 'react';
import { modesFor } from '#web/panels/modes.ts';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { messages } from '#web/ui/messages.ts';
import { Segmented } from '#web/ui/segmented.tsx';

export function ModeToggle(): ReactElement {
  const session = useSession();
  const mode = useSnapshot((snapshot) => snapshot.mode);
  const standing = useSnapshot((snapshot) => snapshot.standing);
  return (
    <Segmented
      label={messages.mode.label}
      value={mode}
      segments={modesFor(standing)}
      onChange={(value) => session.setMode(value)}
    />
  );
}
