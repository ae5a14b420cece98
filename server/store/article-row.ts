/** Articles and people as the house speaks of them, from the columns they are kept in. */
import type { Person } from '#core/annotate/annotation.ts';
import { roles, type Role } from '#core/annotate/audience.ts';
import type { Stage } from '#core/sync/stage.ts';
import type * as models from '#server/store/generated/models.ts';
import type { ArticleCounts } from '#server/store/counts.ts';
import type { ArticleRow } from '#server/store/store.ts';

const avatarColors = 8;

/** A role as it is kept; a word of a later version counts as the least. */
export const roleOf = (role: string): Role => roles.find((known) => known === role) ?? 'viewer';

/** A person as others see them. Without a chosen colour it follows from the id, the same everywhere. */
export function personOf(user: {
  id: string;
  name: string;
  role: string;
  color: string | null;
}): Person {
  let sum = 0;
  for (const char of user.id) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 65_536;
  const color = user.color === null ? sum % avatarColors : Number(user.color);
  return { id: user.id, name: user.name, role: roleOf(user.role), color };
}

/** The columns the list needs. */
export type ArticleColumns = Omit<
  models.ArticleModel,
  'sourceText' | 'importFlags' | 'text' | 'textRev' | 'searchRev' | 'createdBy'
>;

/** An article as the library lists it. */
export const articleOf = (row: ArticleColumns): ArticleRow => ({
  id: row.id,
  language: row.language,
  stage: row.stage as Stage,
  ...(row.writerId === null ? {} : { writerId: row.writerId }),
  ...(row.sourceName === null ? {} : { source: row.sourceName }),
  headline: row.headline,
  restricted: row.restricted,
  rev: row.rev,
  counts: row.counts as unknown as ArticleCounts,
  deadline: row.deadline?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});
