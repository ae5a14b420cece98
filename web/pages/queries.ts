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
import type { Stage } from '#core/sync/stage.ts';
import { ApiError, fetchLibrary, fetchMe } from '#web/pages/api.ts';
import {
  forgetMe,
  recallLibrary,
  recallMe,
  rememberLibrary,
  rememberMe,
} from '#web/session/account.ts';
import { messages } from '#web/ui/messages.ts';

/** One client for the page. Refusals are not asked again: they would be the same. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) =>
        failures < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500),
      staleTime: 10_000,
      // A browser that thinks itself offline may still reach a server on this machine, and the device answers for the rest.
      networkMode: 'always',
    },
  },
});

const meKey = ['me'];
const answerPatience = 6000;

const isUnreachable = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 0 || error.status >= 502);

/** A server that does not answer at all counts as out of reach after a while. */
function soon<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = new ApiError(0, 'UNREACHABLE', messages.signIn.unreachable);
    const timer = setTimeout(() => reject(late), answerPatience);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Who is signed in; without the server, who was here last on this device. */
async function whoIsHere(): Promise<Me | null> {
  try {
    const me = await soon(fetchMe());
    await (me ? rememberMe(me) : forgetMe('ended'));
    return me;
  } catch (error) {
    const last = isUnreachable(error) ? await recallMe() : null;
    if (last) return last;
    throw error;
  }
}

/** A page of the library; without the server, the articles on this device that have the words in their headlines. */
async function libraryPage(wanted: Record<string, string>): Promise<Library & { kept?: true }> {
  try {
    const page = await fetchLibrary(wanted);
    void rememberLibrary(page);
    return page;
  } catch (error) {
    const kept = isUnreachable(error) ? await recallLibrary() : null;
    if (!kept) throw error;
    const words = (wanted['q'] ?? '').toLowerCase();
    const articles = kept.articles.filter(
      ({ headline, stage }) =>
        headline.toLowerCase().includes(words) &&
        (wanted['stage'] === undefined || wanted['stage'] === stage),
    );
    return { articles, next: null, kept: true };
  }
}

export const useMe = (): UseQueryResult<Me | null> =>
  useQuery({ queryKey: meKey, queryFn: whoIsHere, staleTime: 60_000 });

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
): UseInfiniteQueryResult<InfiniteData<Library & { kept?: true }>> =>
  useInfiniteQuery({
    queryKey: ['articles', filters],
    queryFn: ({ pageParam }) =>
      libraryPage({
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
  await queryClient.fetchQuery({ queryKey: meKey, queryFn: whoIsHere, staleTime: 0 });
}

/** Forgets everything that belonged to the person who left. */
export function forgetAll(): void {
  queryClient.clear();
}
