/** Whose names go with an article. The desk's own people know the house; guests and other people from outside are told of those
 *  who appear in what they may see, and of nobody else. */
import type { Person } from '#core/annotate/annotation.ts';
import { sees } from '#core/annotate/audience.ts';
import { peopleOfFacts, type KnownFacts } from '#core/facts/seen-facts.ts';
import type { Commit } from '#core/sync/commit.ts';
import type { HandOver } from '#core/sync/desk.ts';
import { namedPeople } from '#core/sync/named-people.ts';
import type { Review } from '#core/sync/review.ts';
import type { Context } from '#server/context.ts';

/** True for the house's own people. What somebody is in one article makes them no member of the house. */
export const knowsTheHouse = ({ id, role }: Person): boolean => sees({ id, role }, 'desk');

/** Gives, for a review as this person may see it, the people they are told of; `pin` is the hand-over they are pinned to. What
 *  has to be waited for is waited for here, so that the review can be the newest there is. */
export async function peopleFor(
  { desk, store }: Pick<Context, 'desk' | 'store'>,
  person: Person,
  articleId: string,
  pin?: HandOver,
): Promise<(review: Review, facts: KnownFacts) => Person[]> {
  const everybody = await store.people();
  if (knowsTheHouse(person)) return () => everybody;
  const byId = new Map(everybody.map((one) => [one.id, one]));
  const handOver = pin ?? (await desk.lastHandOvers([articleId])).get(articleId);
  return (review, facts) => {
    const notes = [...review.comments.values(), ...review.occurrences.values()];
    const named = notes.flatMap(({ audience }) =>
      typeof audience === 'object' ? audience.people : [],
    );
    const passed = handOver ? [handOver.by, handOver.to ?? ''] : [];
    const more = [person.id, ...passed, ...named, ...peopleOfFacts(facts)];
    return [...namedPeople(review, byId, more).values()];
  };
}

/** Who wrote these commits, as far as the reader they are projected for sees anything of them. */
export async function authorsOf(
  { store }: Pick<Context, 'store'>,
  commits: readonly Commit[],
): Promise<Person[]> {
  const ids = new Set(
    commits
      .filter(({ steps, ops }) => steps.length > 0 || ops.some(({ op }) => op !== 'hidden'))
      .map(({ userId }) => userId),
  );
  if (ids.size === 0) return [];
  return (await store.people()).filter(({ id }) => ids.has(id));
}
