/** Who sees the notes of a file once they are in the house. Whoever imports can set no audience they are not in themselves. */
import { sees, type Audience, type Reader } from '#core/annotate/audience.ts';
import type { Review } from '#core/sync/review.ts';

/** What became of the audiences, in numbers of notes. */
export interface AudienceAccount {
  /** The audience is the one of the file. */
  kept: number;
  /** The file has one that the importer is not in: only the importer sees the note. */
  narrowed: number;
  /** The file says nothing; `given` is what these notes got. */
  unsaid: number;
  given: 'all' | 'desk';
  /** The importer may choose between the two. */
  mayChoose: boolean;
}

/** Notes of files that say nothing of audiences are the desk's own where the importer is of the desk, else everybody's. */
export const usualAudience = (importer: Reader): 'all' | 'desk' =>
  sees(importer, 'desk') ? 'desk' : 'all';

/** The audience a note of the file gets. `known` are the ids of the house for the people of the file it can be sure of. */
export function audienceFor(
  importer: Reader,
  audience: Audience,
  known: ReadonlyMap<string, string>,
): Audience {
  const own: Audience = { people: [importer.id] };
  if (typeof audience === 'string') return sees(importer, audience) ? audience : own;
  const people = [...new Set(audience.people.flatMap((id) => known.get(id) ?? []))];
  return people.includes(importer.id) ? { people } : own;
}

/** The review with the audiences its notes get. `choose` gives one from what the file says. */
export function withAudiences(review: Review, choose: (audience: Audience) => Audience): Review {
  const changed = <T extends { audience: Audience }>(
    notes: ReadonlyMap<string, T>,
  ): Map<string, T> =>
    new Map([...notes].map(([id, note]) => [id, { ...note, audience: choose(note.audience) }]));
  return {
    ...review,
    comments: changed(review.comments),
    occurrences: changed(review.occurrences),
  };
}
