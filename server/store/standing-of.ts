/** What a person is to an article, from what the house keeps of both. */
import type { Person } from '#core/annotate/annotation.ts';
import type { Standing } from '#core/sync/policy.ts';
import type { ArticleRow, Membership } from '#server/store/store.ts';

/** Pure: the standing of a person to an article. A membership counts until it ends. */
export function standingOf(
  person: Person,
  article: Pick<ArticleRow, 'id' | 'stage' | 'restricted' | 'writerId'>,
  memberships: readonly Membership[],
  now: string,
): Standing {
  const membership = memberships.find(
    (one) =>
      one.articleId === article.id &&
      one.userId === person.id &&
      (one.endsAt === null || one.endsAt > now),
  );
  const pin = membership?.pin ?? null;
  return {
    userId: person.id,
    role: membership?.role ?? person.role,
    stage: pin?.stage ?? article.stage,
    member: membership !== undefined,
    restricted: article.restricted,
    writer: article.writerId === person.id,
    ...(pin && { pin }),
  };
}
