/** Where a note that lost its words might stand again: the places most like its quote, best first, each one press away. */
import { useMemo, type ReactElement } from 'react';
import { placesFor } from '#core/annotate/places.ts';
import style from '#web/panels/card.module.css';
import { usePage } from '#web/panels/page-state.tsx';
import { shortened } from '#web/panels/sentence.ts';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { Button } from '#web/ui/button.tsx';
import { messages } from '#web/ui/messages.ts';

const mostShown = 3;

export function LikelyPlaces({ id }: { id: string }): ReactElement | null {
  const session = useSession();
  const { setFilter } = usePage();
  const doc = useSnapshot(({ review }) => review.doc);
  const quote = useSnapshot(({ review }) => review.anchors.byId.get(id));
  const places = useMemo(
    () => (quote ? placesFor(doc, quote).slice(0, mostShown) : []),
    [doc, quote],
  );
  if (places.length === 0) return null;
  return (
    <div className={style.places} role="group" aria-label={messages.card.likely}>
      <span className={style.small}>{messages.card.likely}</span>
      {places.map(({ from, to, text }) => (
        <Button
          key={from}
          onPress={() => {
            setFilter('all');
            session.place(id, { from, to });
          }}
        >
          {shortened(text, 44)}
        </Button>
      ))}
    </div>
  );
}
