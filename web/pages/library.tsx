/** The library: every article one may open, with what waits in it. */
import { Upload } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { LibraryArticle, Me } from '#core/sync/answers.ts';
import { DemoBanner } from '#web/pages/entrance.tsx';
import { BulkBar } from '#web/pages/many/bulk-bar.tsx';
import { useSelection } from '#web/pages/many/use-selection.ts';
import { manyWords } from '#web/pages/many/words.ts';
import { LibraryFilterBar, useLibraryFilters } from '#web/pages/library-filters.tsx';
import style from '#web/pages/library.module.css';
import { openWords } from '#web/pages/open-words.ts';
import { useLibrary } from '#web/pages/queries.ts';
import { AccountMenu } from '#web/panels/account-menu.tsx';
import { ThemeToggle } from '#web/panels/theme-toggle.tsx';
import { articlePath } from '#web/ui/article-path.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { classes } from '#web/ui/class-names.ts';
import control from '#web/ui/control.module.css';
import { deskWords, stageWords } from '#web/panels/desk-messages.ts';
import { importWords } from '#web/ui/import-messages.ts';
import { messages } from '#web/ui/messages.ts';
import { Parts } from '#web/ui/parts.tsx';
import { safetyWords } from '#web/ui/safety-words.ts';
import table from '#web/ui/table.module.css';
import { fullTime, timeWords } from '#web/ui/time.ts';

const words = messages.library;

function Row({
  article,
  me,
  selected,
  onSelect,
}: {
  article: LibraryArticle;
  me: string;
  selected: boolean;
  onSelect: (on: boolean) => void;
}): ReactElement {
  const { headline, counts, active, updatedAt, language, unread } = article;
  const news = unread !== null && unread > 0 ? deskWords.unread(unread) : null;
  return (
    <tr>
      <td className={style.check}>
        <label>
          <input
            type="checkbox"
            checked={selected}
            aria-label={manyWords.select(headline || words.untitled)}
            onChange={({ target }) => onSelect(target.checked)}
          />
        </label>
      </td>
      <th scope="row">
        <Link href={articlePath(article.id)} lang={language} dir="auto">
          {headline || words.untitled}
        </Link>
        <span className={style.words}>
          {words.words(counts.words)}
          {news && (
            <>
              {' · '}
              <Link
                href={`${articlePath(article.id)}/history/${article.readRev}..${article.rev}?text=accepted`}
                className={style.news}
              >
                {news}
                <span className="hidden-text"> {deskWords.sinceRead}</span>
              </Link>
            </>
          )}
        </span>
      </th>
      <td>
        {stageWords[article.stage]}
        <span className={style.words}>
          <Parts
            text={[
              article.deadline === null
                ? ''
                : deskWords.dueAt(timeWords(article.deadline, new Date())),
              article.handOver?.to === me ? deskWords.forYou : '',
            ]
              .filter((part) => part !== '')
              .join(' · ')}
          />
        </span>
      </td>
      <td>
        <Parts text={openWords(counts)} />
      </td>
      <td>
        {active.length === 0 ? (
          <span className={style.quiet}>{words.nobody}</span>
        ) : (
          <span
            className={style.people}
            role="img"
            aria-label={messages.people.here(active.map((person) => person.name))}
          >
            {active.slice(0, 4).map((person) => (
              <Avatar key={person.id} name={person.name} color={person.color} />
            ))}
            {active.length > 4 && ` +${active.length - 4}`}
          </span>
        )}
      </td>
      <td>
        <time dateTime={updatedAt} title={fullTime(updatedAt)}>
          {timeWords(updatedAt, new Date())}
        </time>
      </td>
    </tr>
  );
}

function ImportLink(): ReactElement {
  return (
    <Link href="/import" className={classes(control.button, control.ink, control.tall)}>
      <Upload size={16} aria-hidden="true" />
      {importWords.open}
    </Link>
  );
}

export function LibraryPage({
  me,
  onSignOut,
  onSignOutEverywhere,
}: {
  me: Me;
  onSignOut: () => void;
  onSignOutEverywhere: () => void;
}): ReactElement {
  const [filters, setFilters] = useLibraryFilters();
  const library = useLibrary(filters);
  const articles = library.data?.pages.flatMap((page) => page.articles) ?? [];
  const selection = useSelection(articles);
  const isFiltered = filters.q !== '' || filters.stage !== null || filters.mine;
  return (
    <div className={style.page}>
      <title>{`${words.title} · ${messages.app.name}`}</title>
      {me.demo && <DemoBanner />}
      <header className={style.bar}>
        <img src="/icon.svg" alt="" width="24" height="24" />
        <b>{messages.app.name}</b>
        <span className={style.space} />
        <Link href="/facts" className={control.button ?? ''}>
          {messages.filter.facts}
        </Link>
        <ThemeToggle />
        <AccountMenu
          person={me.person}
          roleLabel={messages.roles[me.person.role]}
          managesPeople={me.rights.people}
          onSignOut={onSignOut}
          onSignOutEverywhere={onSignOutEverywhere}
        />
      </header>
      <main className={style.main}>
        {library.data?.pages.some((page) => page.kept) && (
          <p className={style.offline} role="status">
            {safetyWords.libraryOffline}
          </p>
        )}
        <div className={style.top}>
          <h1>{words.title}</h1>
          {me.rights.import && <ImportLink />}
        </div>
        <LibraryFilterBar filters={filters} onChange={setFilters} />
        <p className={style.shown} role="status">
          {library.isSuccess && articles.length > 0
            ? deskWords.shown(articles.length, !library.hasNextPage)
            : ''}
        </p>
        {library.isError && (
          <div className={style.empty} role="alert">
            <p>
              {words.failed} {library.error.message}
            </p>
            <button type="button" className={control.button} onClick={() => void library.refetch()}>
              {words.retry}
            </button>
          </div>
        )}
        {library.isSuccess && articles.length === 0 && (
          <div className={style.empty}>
            <p>
              {filters.q !== ''
                ? deskWords.nothing(filters.q)
                : isFiltered
                  ? deskWords.nothingLikeThat
                  : me.rights.import
                    ? words.empty
                    : words.emptyGuest}
            </p>
            {isFiltered && (
              <button
                type="button"
                className={control.button}
                onClick={() => setFilters({ q: '', stage: null, mine: false })}
              >
                {deskWords.all}
              </button>
            )}
          </div>
        )}
        {articles.length > 0 && (
          <table className={classes(table.table, style.table)}>
            <thead>
              <tr>
                <th scope="col" className={style.check}>
                  <label>
                    <input
                      type="checkbox"
                      checked={selection.ids.length === articles.length}
                      ref={(box) => {
                        const count = selection.ids.length;
                        if (box) box.indeterminate = count > 0 && count < articles.length;
                      }}
                      aria-label={manyWords.selectAll}
                      onChange={({ target }) => selection.setAll(target.checked)}
                    />
                  </label>
                </th>
                <th scope="col">{words.headline}</th>
                <th scope="col">{deskWords.stageColumn}</th>
                <th scope="col">{words.open}</th>
                <th scope="col">{words.people}</th>
                <th scope="col">{words.changed}</th>
              </tr>
            </thead>
            <tbody>
              {articles.map((article) => (
                <Row
                  key={article.id}
                  article={article}
                  me={me.person.id}
                  selected={selection.has(article.id)}
                  onSelect={(on) => selection.set(article.id, on)}
                />
              ))}
            </tbody>
          </table>
        )}
        {library.hasNextPage && (
          <button
            type="button"
            className={classes(control.button, style.more)}
            disabled={library.isFetchingNextPage}
            onClick={() => void library.fetchNextPage()}
          >
            {deskWords.more}
          </button>
        )}
        <BulkBar selection={selection} role={me.person.role} />
      </main>
    </div>
  );
}
