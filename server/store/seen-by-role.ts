/** Which audiences each role is in, for questions to the database. Named people are in theirs whatever their role. */
import { roles, sees } from '#core/annotate/audience.ts';

/** Of each role, the audiences it is in, as the database writes them. */
export const seenBy = roles.flatMap((role) =>
  (['all', 'desk', 'legal'] as const)
    .filter((audience) => sees({ id: '', role }, audience))
    .map((audience) => ({ role, audience: JSON.stringify(audience) })),
);

/** The same as "role audience". */
export const seenByRole: readonly string[] = seenBy.map(
  ({ role, audience }) => `${role} ${audience}`,
);
