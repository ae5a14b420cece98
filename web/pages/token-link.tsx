/** Pages that a link with a token leads to: what the link is for, and what stands there when it is for nothing any more. */
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { ApiError, problemOf } from '#web/pages/api.ts';
import { Entrance } from '#web/pages/entrance.tsx';
import style from '#web/pages/entrance.module.css';
import control from '#web/ui/control.module.css';
import { peopleMessages } from '#web/ui/people-messages.ts';

/** What a link with a token is for; asked once. */
export const useLook = <T,>(
  what: string,
  token: string,
  look: (token: string) => Promise<T>,
): UseQueryResult<T> =>
  useQuery({
    queryKey: [what, token],
    queryFn: () => look(token),
    enabled: token !== '',
    staleTime: Infinity,
    gcTime: 0,
  });

/** The page of a link that is for nothing, or for nothing any more. */
export function DeadLink({
  title,
  error,
  used,
}: {
  title: string;
  error: unknown;
  /** What is said of a link that was used or is too old, where nobody can be asked for a new one. */
  used?: string;
}): ReactElement {
  const isUsed = error instanceof ApiError && error.code === 'LINK_EXPIRED';
  return (
    <Entrance title={title}>
      <p className={style.lead} role="alert">
        {error === null
          ? peopleMessages.join.noToken
          : isUsed && used !== undefined
            ? used
            : problemOf(error)}
      </p>
      <div>
        <Link href="/sign-in" className={control.button ?? ''}>
          {peopleMessages.join.toDoor}
        </Link>
      </div>
    </Entrance>
  );
}
