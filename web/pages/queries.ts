/** What pages ask over and over, with where it is kept between pages. Live article state never goes through here. */
import {
  keepPreviousData,
  QueryClient,
  useInfiniteQuery,
  useQuery,
  type InfiniteData,
  type UseInfiniteQueryResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { Library, Me } from '#core/sync/answers.ts';
import type { Stage } from '#core/sync/review.ts';
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

/** What of the library is wanted. */
export interface LibraryFilters {
  q: string;
  stage: Stage | null;
  /** Only what was handed to oneself. */
  mine: boolean;
}

/** Filters as they stand in an address; what is not set is left out. */
export const libraryQuery = ({ q, stage, mine }: LibraryFilters): Record<string, string> => ({
  ...(q === '' ? {} : { q }),
  ...(stage === null ? {} : { stage }),
  ...(mine ? { mine: '1' } : {}),
});

/** The library as filtered, a page at a time; while something else is looked for, the last list stays. */
export const useLibrary = (
  filters: LibraryFilters,
): UseInfiniteQueryResult<InfiniteData<Library>> =>
  useInfiniteQuery({
    queryKey: ['articles', filters],
    queryFn: ({ pageParam }) =>
      fetchLibrary({
        ...libraryQuery(filters),
        ...(pageParam === null ? {} : { after: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
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
