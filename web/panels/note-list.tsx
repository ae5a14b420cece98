/** One line for every open annotation, not drawn: what marks in the text point at, and what a screen reader lists. */
import { memo, type ReactElement } from 'react';
import type { Review } from '#core/sync/review.ts';
import { looksSame, type Annotation } from '#web/panels/annotations.ts';
import { lineOf } from '#web/panels/sentence.ts';
import { messages } from '#web/ui/messages.ts';

/** More lines than this would burden the page; marks point only at lines that exist. */
const most = 300;

const NoteLine = memo(
  function NoteLine({ item, review }: { item: Annotation; review: Review }): ReactElement {
    return (
      <div role="comment" id={`note-${item.id}`}>
        {lineOf(item, review)}
      </div>
    );
  },
  (before, after) =>
    before.review.people === after.review.people && looksSame(before.item, after.item),
);

export const NoteList = memo(function NoteList({
  review,
  list,
}: {
  review: Review;
  list: readonly Annotation[];
}): ReactElement {
  const open = list.filter((item) => item.state !== 'settled').slice(0, most);
  return (
    <section className="hidden-text" aria-label={messages.notes.list}>
      {open.map((item) => (
        <NoteLine key={item.id} item={item} review={review} />
      ))}
    </section>
  );
});
