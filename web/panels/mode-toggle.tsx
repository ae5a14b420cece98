/** Read, Suggest or Edit. What the person's rights do not allow is off and says why. */
import type { ReactElement } from 'react';
import { may, type Standing } from '#core/sync/policy.ts';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { messages } from '#web/ui/messages.ts';
import { Segmented, type Segment } from '#web/ui/segmented.tsx';

type Mode = 'read' | 'suggest' | 'edit';

/** The three modes with the reason of each that is off. */
export function modesFor(standing: Standing): Segment<Mode>[] {
  const { mode } = messages;
  const suggests = may(standing, 'suggest');
  const talks = may(standing, 'comment');
  return [
    { value: 'read', label: mode.read },
    {
      value: 'suggest',
      label: mode.suggest,
      ...(suggests ? {} : { off: talks ? mode.closed : mode.noSuggest }),
    },
    {
      value: 'edit',
      label: mode.edit,
      ...(may(standing, 'edit')
        ? {}
        : { off: suggests ? mode.noEdit : talks ? mode.closed : mode.noSuggest }),
    },
  ];
}

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
