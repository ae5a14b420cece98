/** What pages ask over and over, with where it is kept between pages. Live article state never goes through here. */
import {
  keepPreviousData,
  QueryClient,
  useQuery,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { Library, Me } from '#core/sync/answers.ts';
import { ApiError, fetchLibrary, fetchMe } from '#web/pages/api.ts';

/** One client for the page. Refusals are not asked again: they would be the same. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) =>
        failures < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500),
      staleTime: 10_000,
    },
  },
});

const meKey = ['me'];

export const useMe = (): UseQueryResult<Me | null> =>
  useQuery({ queryKey: meKey, queryFn: fetchMe, staleTime: 60_000 });

/** The library, or what of it holds `words`; while new words are looked for, the last list stays. */
export const useLibrary = (words: string): UseQueryResult<Library> =>
  useQuery({
    queryKey: ['articles', words],
    queryFn: () => fetchLibrary(words),
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchOnMount: 'always',
  });

/** Asks again who is signed in, after that has changed. Waits for the answer: an old "nobody" would lead back to the door. */
export async function refreshMe(): Promise<void> {
  await queryClient.fetchQuery({ queryKey: meKey, queryFn: fetchMe, staleTime: 0 });
}

/** Forgets everything that belonged to the person who left. */
export function forgetAll(): void {
  queryClient.clear();
}
