/** The annotations and the cards of the open article, for those who draw them: the same lists until one would look different. */
import type { Review } from '#core/sync/review.ts';
import { shownAnnotations, type Annotation } from '#web/panels/annotations.ts';
import { shownCards, type CardGroup } from '#web/panels/card-groups.ts';
import { usePage } from '#web/panels/page-state.tsx';
import { useSnapshot } from '#web/panels/use-session.ts';

/** Every annotation, in the order of the text. */
export const useAnnotations = (): readonly Annotation[] =>
  useSnapshot(({ review }) => shownAnnotations(review));

/** Everything that is open, on cards as this page groups them, in the order of the text. */
export function useCards(): readonly CardGroup[] {
  const { apart } = usePage();
  return useSnapshot(({ review }) => shownCards(review, apart));
}

/** The review for those who need its people only. */
export const usePeople = (): Review =>
  useSnapshot(
    ({ review }) => review,
    (a, b) => a.people === b.people,
  );
