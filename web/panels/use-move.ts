/** Going to the next or previous open annotation of the present filter, and closing one with going on. */
import { useCallback } from 'react';
import {
  annotationsOf,
  filtered,
  isList,
  neighbour,
  type Annotation,
} from '#web/panels/annotations.ts';
import { cardsOf, cardWith, stopsOf, stopWith } from '#web/panels/card-groups.ts';
import { lineOfCard } from '#web/panels/card-line.ts';
import { focusCard } from '#web/panels/focus-card.ts';
import { useSay } from '#web/panels/live-regions.tsx';
import { usePage } from '#web/panels/page-state.tsx';
import { asSentence } from '#web/panels/sentence.ts';
import { useSession } from '#web/panels/use-session.ts';
import { messages } from '#web/ui/messages.ts';

/** Focuses the neighbour of what is focused, or of the caret; the keyboard follows to its card. A card of several changes is one
 *  stop, each alternative is one; the number that is said is that of the annotation, as everywhere. */
export function useMove(): (step: 1 | -1) => void {
  const session = useSession();
  const say = useSay();
  const { filter, following, apart } = usePage();
  return useCallback(
    (step) => {
      const { review, focused, selection } = session.getSnapshot();
      const list = filtered(annotationsOf(review), isList(filter) ? 'all' : filter);
      const groups = cardsOf(review, apart);
      const shown = new Set(list);
      const stops = stopsOf(groups).filter((item) => shown.has(item));
      const next = neighbour(stops, stopWith(groups, focused), selection.from, step);
      const card = cardWith(groups, next?.id ?? null);
      if (!next || !card) {
        say(messages.filter.nothing);
        return;
      }
      const place = messages.stepper.at(list.indexOf(next) + 1, list.length);
      say(`${asSentence(lineOfCard(card, next, review))} ${place}.`);
      if (next.id === focused) focusCard(next.id, 'card');
      else following.current = 'card';
      session.focus(next.id);
    },
    [session, say, filter, following, apart],
  );
}

/** Closes annotations by `act`. The session then goes on to the next open one, or here to the next of a narrower filter;
 *  the keyboard goes along when it was on their card. */
export function useCloseAndGoOn(): (items: readonly Annotation[], act: () => void) => void {
  const session = useSession();
  const { filter, following } = usePage();
  return useCallback(
    (items, act) => {
      const { focused, review } = session.getSnapshot();
      const goesOn = items.some(({ id }) => id === focused);
      if (goesOn) following.current = 'card';
      act();
      if (!goesOn || filter === 'all' || isList(filter)) return;
      const done = new Set(items.map(({ id }) => id));
      const list = filtered(annotationsOf(review), filter);
      const left = list.filter(({ id }) => id === focused || !done.has(id));
      const next = neighbour(left, focused, 0, 1);
      session.focus(next && next.id !== focused ? next.id : null);
    },
    [session, filter, following],
  );
}
