/** The modes of the article page, each with the reason why it is closed to somebody. */
import { may, type Standing } from '#core/sync/policy.ts';
import type { Mode } from '#web/session/snapshot.ts';
import { messages } from '#web/ui/messages.ts';

/** A mode as the toggle shows it; `off` is the reason it cannot be chosen. */
export interface OfferedMode {
  value: Mode;
  label: string;
  off?: string;
}

/** The three modes with the reason of each that is off. */
export function modesFor(standing: Standing): OfferedMode[] {
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
