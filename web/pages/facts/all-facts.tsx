/** The facts of every article one may open: a plain table, searched and filtered by the server, a page at a time. */
import {
  keepPreviousData,
  useInfiniteQuery,
  type InfiniteData,
  type UseInfiniteQueryResult,
} from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useState, type FormEvent, type ReactElement } from 'react';
import { Link, useSearchParams } from 'wouter';
import { factGroups, type FactGroup } from '#core/facts/fact-filter.ts';
import type { FactState } from '#core/facts/fact-state.ts';
import type { FactsAnswer, ListedFact } from '#core/sync/facts-answer.ts';
import { get } from '#web/pages/api.ts';
import { articlePath } from '#web/ui/article-path.ts';
import { Choice } from '#web/ui/choice.tsx';
import { PageBar } from '#web/pages/page-bar.tsx';
import style from '#web/pages/facts/facts.module.css';
import { deskWords as words, groupWords } from '#web/pages/facts/words.ts';
import { FactChip } from '#web/panels/fact-chip.tsx';
import { classes } from '#web/ui/class-names.ts';
import control from '#web/ui/control.module.css';
import { messages } from '#web/ui/messages.ts';
import table from '#web/ui/table.module.css';

const useFacts = (
  state: FactGroup | null,
  q: string,
): UseInfiniteQueryResult<InfiniteData<FactsAnswer>> =>
  useInfiniteQuery({
    queryKey: ['facts', state, q],
    queryFn: async ({ pageParam }) => {
      const query = new URLSearchParams({
        ...(state ? { state } : {}),
        ...(q ? { q } : {}),
        ...(pageParam === null ? {} : { after: pageParam }),
      });
      return (await get(`/api/facts?${query}`)) as FactsAnswer;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: 0,
    refetchOnMount: 'always',
    placeholderData: keepPreviousData,
  });

export function AllFactsPage(): ReactElement {
  const [search, setSearch] = useSearchParams();
  const state = factGroups.find((group) => group === search.get('state')) ?? null;
  const q = (search.get('q') ?? '').slice(0, 200);
  const facts = useFacts(state, q);
  const ask = (next: { state: FactGroup | null; q: string }): void =>
    setSearch(
      new URLSearchParams({
        ...(next.state ? { state: next.state } : {}),
        ...(next.q ? { q: next.q } : {}),
      }),
      { replace: true },
    );
  const articles = facts.data?.pages.flatMap((page) => page.articles) ?? [];
  const count = articles.reduce((sum, article) => sum + article.facts.length, 0);
  const isFiltered = state !== null || q !== '';
  return (
    <div className={style.page}>
      <title>{`${words.allFacts} · ${messages.app.name}`}</title>
      <PageBar back="/" backLabel={words.backToLibrary} title={words.allFacts} />
      <main className={style.main}>
        <div className={style.filters} role="group" aria-label={words.filters}>
          <SearchForm key={q} q={q} onSearch={(next) => ask({ state, q: next })} />
          <Choice
            label={words.state}
            value={state}
            any={words.any}
            options={factGroups.map((group) => [group, groupWords[group]] as const)}
            onChange={(next) => ask({ state: next, q })}
          />
        </div>
        <p className={style.shown} role="status">
          {facts.isPending ? words.loading : count > 0 ? words.count(count) : ''}
        </p>
        {facts.isError && (
          <div className={style.empty} role="alert">
            <p>{facts.error.message}</p>
            <button type="button" className={control.button} onClick={() => void facts.refetch()}>
              {messages.library.retry}
            </button>
          </div>
        )}
        {facts.isSuccess && count === 0 && (
          <div className={style.empty}>
            <p>
              {facts.hasNextPage
                ? words.moreToCome
                : isFiltered
                  ? words.nothing
                  : words.noneAnywhere}
            </p>
            {isFiltered && (
              <button
                type="button"
                className={control.button}
                onClick={() => ask({ state: null, q: '' })}
              >
                {words.clear}
              </button>
            )}
          </div>
        )}
        {count > 0 && <Table articles={articles} />}
        {facts.hasNextPage && (
          <button
            type="button"
            className={classes(control.button, style.more)}
            disabled={facts.isFetchingNextPage}
            onClick={() => void facts.fetchNextPage()}
          >
            {words.more}
          </button>
        )}
      </main>
    </div>
  );
}

function SearchForm({ q, onSearch }: { q: string; onSearch: (q: string) => void }): ReactElement {
  const [text, setText] = useState(q);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSearch(text.trim());
  };
  return (
    <form role="search" className={style.search} onSubmit={submit}>
      <input
        type="search"
        className={control.input}
        aria-label={words.search}
        placeholder={words.search}
        maxLength={200}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <button type="submit" className={control.icon} aria-label={words.search}>
        <Search size={16} aria-hidden="true" />
      </button>
    </form>
  );
}

function Table({ articles }: { articles: FactsAnswer['articles'] }): ReactElement {
  return (
    <table className={classes(table.table, style.table)} aria-label={words.table}>
      <thead>
        <tr>
          <th scope="col">{words.fact}</th>
          <th scope="col">{words.state}</th>
          <th scope="col">{words.sources}</th>
          <th scope="col">{words.checker}</th>
          <th scope="col">{words.article}</th>
        </tr>
      </thead>
      <tbody>
        {articles.flatMap(({ id, headline, language, facts }) =>
          facts.map((fact) => (
            <Row key={`${id} ${fact.id}`} fact={fact} headline={headline} language={language} />
          )),
        )}
      </tbody>
    </table>
  );
}

/** The chip speaks of a state; which kind of staleness it was does not show. */
const stateOf = ({ word, again }: ListedFact): FactState => ({
  word,
  check: null,
  stale: again ? 'words' : null,
});

function Row({
  fact,
  headline,
  language,
}: {
  fact: ListedFact;
  headline: string;
  language: string;
}): ReactElement {
  const path = articlePath(fact.articleId);
  const text = `${path}?annotation=${encodeURIComponent(fact.id)}`;
  return (
    <tr>
      <th scope="row">
        <Link
          href={`${path}/facts?fact=${encodeURIComponent(fact.id)}`}
          className={style.fact ?? ''}
          lang={language}
          dir="auto"
        >
          “{fact.words}”
        </Link>
        {fact.check !== '' && <span className={style.toCheck}>{fact.check}</span>}
      </th>
      <td className={style.short}>
        <FactChip state={stateOf(fact)} />
      </td>
      <td className={style.sources} data-label={words.sources}>
        {fact.sources.length === 0 ? (
          <span className={style.quiet}>{words.noSources}</span>
        ) : (
          fact.sources.join(', ')
        )}
      </td>
      <td data-label={words.checker}>
        {fact.checker ?? <span className={style.quiet}>{words.nobody}</span>}
      </td>
      <td>
        <Link
          href={`${path}/facts`}
          className={classes(style.quietLink, style.articleLink)}
          lang={language}
          dir="auto"
        >
          {headline || messages.library.untitled}
        </Link>
        <Link
          href={text}
          className={style.place ?? ''}
          aria-label={fact.place === '' ? words.gone : words.goToText(fact.place)}
        >
          {fact.place === '' ? words.gone : words.inText(fact.place)}
        </Link>
      </td>
    </tr>
  );
}
