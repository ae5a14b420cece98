/** The two decisions on a card at rest, as icons. */
import { Check, X } from 'lucide-react';
import type { ReactElement } from 'react';
import style from '#web/panels/card.module.css';
import type { SuggestionNote } from '#web/panels/card-groups.ts';
import { useCloseAndGoOn } from '#web/panels/use-move.ts';
import { useSession } from '#web/panels/use-session.ts';
import { IconButton } from '#web/ui/button.tsx';
import { messages } from '#web/ui/messages.ts';

/** `what` says what is decided, as the names of the buttons. */
export function QuickDecide({
  items,
  what,
  waiting,
}: {
  items: readonly SuggestionNote[];
  what: string;
  waiting: boolean;
}): ReactElement {
  const session = useSession();
  const closeAndGoOn = useCloseAndGoOn();
  const ids = items.map(({ id }) => id);
  return (
    <span className={style.quick}>
      <IconButton
        small
        tone="yes"
        label={`${messages.card.accept}: ${what}`}
        isDisabled={waiting}
        onPress={() => closeAndGoOn(items, () => session.accept(ids))}
      >
        <Check size={16} aria-hidden="true" />
      </IconButton>
      <IconButton
        small
        tone="no"
        label={`${messages.card.stet}: ${what}`}
        isDisabled={waiting}
        onPress={() => closeAndGoOn(items, () => session.stet(ids))}
      >
        <X size={16} aria-hidden="true" />
      </IconButton>
    </span>
  );
}
