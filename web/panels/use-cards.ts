/** The cards of the open article, as this page groups them. */
import { cardsOf, type CardGroup } from '#web/panels/card-groups.ts';
import { usePage } from '#web/panels/page-state.tsx';
import { useSnapshot } from '#web/panels/use-session.ts';

/** Everything that is open, on cards, in the order of the text. */
export function useCards(): readonly CardGroup[] {
  const { apart } = usePage();
  const review = useSnapshot((snapshot) => snapshot.review);
  return cardsOf(review, apart);
}
