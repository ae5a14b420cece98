/** Replies that were being written under a note somebody has deleted meanwhile: shown, so that the words are not lost. */
import { useState, type ReactElement } from 'react';
import style from '#web/panels/card.module.css';
import { lostReplies } from '#web/panels/lost-reply.ts';
import { usePage } from '#web/panels/page-state.tsx';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { Button } from '#web/ui/button.tsx';
import { messages } from '#web/ui/messages.ts';

export function LostReplies(): ReactElement | null {
  const session = useSession();
  const { drafts } = usePage();
  const review = useSnapshot((snapshot) => snapshot.review);
  const [, drawAgain] = useState(0);
  const lost = lostReplies(drafts, review);
  if (lost.length === 0) return null;
  const done = (id: string): void => {
    drafts.delete(id);
    drawAgain((count) => count + 1);
  };
  const { card } = messages;
  return (
    <section aria-live="polite" className={style.lost}>
      {lost.map(([id, text]) => {
        const anchor = review.anchors.byId.get(id);
        const note = review.comments.get(id) ?? review.occurrences.get(id);
        const placed = anchor?.state === 'attached';
        return (
          <div key={id} className={style.card} data-kind="comment" data-raised="">
            <p className={style.small}>{placed ? card.gone : card.goneToo}</p>
            <p className={style.words}>{text}</p>
            <div className={style.foot}>
              <div className={style.actions}>
                {anchor && note && placed && (
                  <Button
                    look="primary"
                    onPress={() => {
                      if (session.comment(anchor, text.trim(), note.audience) !== '') done(id);
                    }}
                  >
                    {card.keep}
                  </Button>
                )}
                <Button onPress={() => done(id)}>{card.discard}</Button>
              </div>
            </div>
          </div>
        );
      })}
    </section>
  );
}
