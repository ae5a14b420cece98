/** Replies that were being written under a note somebody has deleted meanwhile: shown, so that the words are not lost. */
import { useState, type ReactElement } from 'react';
import type { Review } from '#core/sync/review.ts';
import style from '#web/panels/card.module.css';
import { usePage } from '#web/panels/page-state.tsx';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { Button } from '#web/ui/button.tsx';
import { messages } from '#web/ui/messages.ts';

/** Unfinished replies whose note is deleted, with the note's id. */
export function lostReplies(
  drafts: ReadonlyMap<string, string>,
  { comments, occurrences }: Pick<Review, 'comments' | 'occurrences'>,
): [string, string][] {
  return [...drafts].filter(
    ([id, text]) =>
      text.trim() !== '' && (comments.get(id) ?? occurrences.get(id))?.status === 'deleted',
  );
}

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
    <section aria-live="polite">
      {lost.map(([id, text]) => {
        const anchor = review.anchors.byId.get(id);
        const note = review.comments.get(id) ?? review.occurrences.get(id);
        const placed = anchor?.state === 'attached';
        return (
          <div key={id} className={style.card} data-kind="comment">
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
