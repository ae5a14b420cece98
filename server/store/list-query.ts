/** A page of the library: what is asked, and what an answer is, for every store alike. */
import type { Person } from '#core/annotate/annotation.ts';
import type { Reader } from '#core/annotate/audience.ts';
import { may, type Right } from '#core/sync/policy.ts';
import type { Stage } from '#core/sync/stage.ts';
import { standingOf } from '#server/store/standing-of.ts';
import type { ArticleRow, Membership } from '#server/store/store.ts';

/** Which articles are asked for. */
export interface ListAsked {
  /** Only what this person may read is listed. */
  person: Person;
  memberships: readonly Membership[];
  now: string;
  /** Words that the headline, the text or the notes this person may see have to hold; empty for any. */
  words: string;
  stage: Stage | null;
  /** Only articles among these; null for any. */
  only: readonly string[] | null;
  /** Where the page before ended. */
  after: string | null;
  limit: number;
}

/** A page, in order: what is due first, then what changed last; what is due at no time comes after. */
export interface ListedArticles {
  rows: ArticleRow[];
  /** Where the next page begins; null when there is none. */
  next: string | null;
}

type Place = Pick<ArticleRow, 'id' | 'deadline' | 'updatedAt'>;

/** The end of all deadlines. */
export const never = 'infinity';

const key = ({ deadline }: Place): string => deadline ?? '~';

/** The order of the library. */
export function inListOrder(a: Place, b: Place): number {
  if (key(a) !== key(b)) return key(a) < key(b) ? -1 : 1;
  if (a.updatedAt !== b.updatedAt) return a.updatedAt > b.updatedAt ? -1 : 1;
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}

export const placeOf = ({ id, deadline, updatedAt }: Place): string =>
  `${deadline ?? ''}~${updatedAt}~${id}`;

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Reads a place back; null for what is none. */
export function readPlace(text: string): Place | null {
  const [deadline = '', updatedAt = '', ...rest] = text.split('~');
  const id = rest.join('~');
  if ((deadline !== '' && !time.test(deadline)) || !time.test(updatedAt) || id === '') return null;
  return { id, deadline: deadline === '' ? null : deadline, updatedAt };
}

/** The memberships that have not ended. */
export const lasting = ({ memberships, now }: ListAsked): Membership[] =>
  memberships.filter(({ endsAt }) => endsAt === null || endsAt > now);

/** May anybody of this person's role in the house do that, being neither a member nor the writer? */
export const houseMay = ({ person }: ListAsked, right: Right, restricted: boolean): boolean =>
  may(
    {
      userId: person.id,
      role: person.role,
      stage: 'desk',
      member: false,
      restricted,
      writer: false,
    },
    right,
  );

/** The articles this person sees as they stood at a hand-over: what the store has of them is of today, and not for them. */
export const pinnedIds = (asked: ListAsked): string[] =>
  lasting(asked).flatMap(({ articleId, pin }) => (pin ? [articleId] : []));

/** Who the person is as a reader of this article as it is; null when they may not read it, or only as it stood once. */
export function readerOf(
  { person, memberships, now }: ListAsked,
  row: Pick<ArticleRow, 'id' | 'stage' | 'restricted' | 'writerId'>,
): Reader | null {
  const standing = standingOf(person, row, memberships, now);
  if (standing.pin || !may(standing, 'read')) return null;
  return { id: person.id, role: standing.role };
}
