/** The reply field of an annotation; it says who will read what is written there. */
import { useId, type ReactElement } from 'react';
import type { Annotation } from '#web/panels/annotations.ts';
import { ReplyComposer } from '#web/panels/composer.tsx';
import { readersOf } from '#web/panels/readers.ts';
import { nameOf, shortened } from '#web/panels/sentence.ts';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { messages } from '#web/ui/messages.ts';

export function CardReply({ item }: { item: Annotation }): ReactElement {
  const session = useSession();
  const readers = useSnapshot(({ review }) => readersOf(item.audience, review));
  const name = useSnapshot(({ review }) => nameOf(review, item.by));
  const about = useId();
  const { compose } = messages;
  return (
    <>
      <span id={about} hidden>
        {compose.on(shortened(item.quote, 80))}
      </span>
      <ReplyComposer
        key={item.id}
        id={item.id}
        placeholder={compose.reply(readers)}
        label={`${compose.replyLabel(name)}, ${compose.readers} ${readers}`}
        postLabel={compose.postReply}
        describedBy={about}
        onPost={(text) => session.reply(item.id, text)}
        onLeave={() => leaveToCard(item.id)}
      />
    </>
  );
}

/** Esc in a field goes one step out, to its card. */
function leaveToCard(id: string): void {
  document
    .querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`)
    ?.focus({ preventScroll: true });
}
