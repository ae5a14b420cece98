/** What the history page asks of the server. */
import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  type InfiniteData,
  type UseInfiniteQueryResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { ComparedText } from '#core/sync/compare.ts';
import type {
  ComparisonAnswer,
  HistoryAnswer,
  RestoreAnswer,
  Version,
} from '#core/sync/history.ts';
import { get, post, send } from '#web/pages/api.ts';
import { queryClient } from '#web/pages/queries.ts';

const address = (articleId: string): string =>
  `/api/articles/${encodeURIComponent(articleId)}/history`;

/** The pages of history so far, the newest first. */
export const useHistory = (
  articleId: string,
): UseInfiniteQueryResult<InfiniteData<HistoryAnswer>> =>
  useInfiniteQuery({
    queryKey: ['history', articleId],
    queryFn: async ({ pageParam }) => {
      const before = pageParam === null ? '' : `?before=${pageParam}`;
      return (await get(address(articleId) + before)) as HistoryAnswer;
    },
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.before,
    staleTime: 0,
    refetchOnMount: 'always',
  });

export interface Asked {
  from: number;
  to: number;
  text: ComparedText;
}

/** Two revisions compared. They never change, so an answer is kept. */
export const useComparison = (
  articleId: string,
  asked: Asked | null,
): UseQueryResult<ComparisonAnswer> =>
  useQuery({
    queryKey: ['compare', articleId, asked],
    queryFn: async () => {
      const query = `from=${asked?.from}&to=${asked?.to}&text=${asked?.text}`;
      return (await get(`${address(articleId)}/compare?${query}`)) as ComparisonAnswer;
    },
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });

const again = (articleId: string): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: ['history', articleId] });

export async function nameVersion(articleId: string, rev: number, name: string): Promise<Version> {
  const made = (await post(`${address(articleId)}/versions`, { rev, name })) as Version;
  await again(articleId);
  return made;
}

export async function renameVersion(
  articleId: string,
  { id }: Version,
  name: string,
): Promise<Version> {
  const path = `${address(articleId)}/versions/${encodeURIComponent(id)}`;
  const made = (await send('PUT', path, { name })) as Version;
  await again(articleId);
  return made;
}

export async function restoreVersion(articleId: string, rev: number): Promise<RestoreAnswer> {
  const made = (await post(`${address(articleId)}/restore`, { rev })) as RestoreAnswer;
  await again(articleId);
  return made;
}
