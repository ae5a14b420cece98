/** Going to the next or previous open annotation of the present filter, and closing one with going on. */
import { useCallback } from 'react';
import {
  annotationsOf,
  filtered,
  isList,
  neighbour,
  type Annotation,
} from '#web/panels/annotations.ts';
import { focusCard } from '#web/panels/focus-card.ts';
import { useSay } from '#web/panels/live-regions.tsx';
import { usePage } from '#web/panels/page-state.tsx';
import { asSentence, lineOf } from '#web/panels/sentence.ts';
import { useSession } from '#web/panels/use-session.ts';
import { messages } from '#web/ui/messages.ts';

/** Focuses the neighbour of what is focused, or of the caret; the keyboard follows to its card. */
export function useMove(): (step: 1 | -1) => void {
  const session = useSession();
  const say = useSay();
  const { filter, following } = usePage();
  return useCallback(
    (step) => {
      const { review, focused, selection } = session.getSnapshot();
      const list = filtered(annotationsOf(review), isList(filter) ? 'all' : filter);
      const next = neighbour(list, focused, selection.from, step);
      if (!next) {
        say(messages.filter.nothing);
        return;
      }
      const place = messages.stepper.at(list.indexOf(next) + 1, list.length);
      say(`${asSentence(lineOf(next, review))} ${place}.`);
      if (next.id === focused) focusCard(next.id, 'card');
      else following.current = 'card';
      session.focus(next.id);
    },
    [session, say, filter, following],
  );
}

/** Closes an annotation by `act`. The session then goes on to the next open one, or here to the next of a narrower filter;
 *  the keyboard goes along when it was on the card. */
export function useCloseAndGoOn(): (item: Annotation, act: () => void) => void {
  const session = useSession();
  const { filter, following } = usePage();
  return useCallback(
    (item, act) => {
      const { focused, review } = session.getSnapshot();
      const goesOn = focused === item.id;
      if (goesOn) following.current = 'card';
      act();
      if (!goesOn || filter === 'all' || isList(filter)) return;
      const next = neighbour(filtered(annotationsOf(review), filter), item.id, 0, 1);
      session.focus(next && next.id !== item.id ? next.id : null);
    },
    [session, filter, following],
  );
}
