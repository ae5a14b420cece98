/** The library: every article one may open, with what waits in it. */
import { Upload } from 'lucide-react';
import { useDeferredValue, useRef, useState, type ReactElement } from 'react';
import { Link, useLocation } from 'wouter';
import type { LibraryArticle, Me } from '#core/sync/answers.ts';
import { ApiError, importFile } from '#web/pages/api.ts';
import { DemoBanner } from '#web/pages/entrance.tsx';
import { FieldError } from '#web/pages/form.tsx';
import style from '#web/pages/library.module.css';
import { openWords } from '#web/pages/open-words.ts';
import { queryClient, useLibrary } from '#web/pages/queries.ts';
import { AccountMenu } from '#web/panels/account-menu.tsx';
import { ThemeToggle } from '#web/panels/theme-toggle.tsx';
import { Avatar } from '#web/ui/avatar.tsx';
import { classes } from '#web/ui/class-names.ts';
import control from '#web/ui/control.module.css';
import { deskWords, stageWords } from '#web/ui/desk-messages.ts';
import { messages } from '#web/ui/messages.ts';
import { fullTime, timeWords } from '#web/ui/time.ts';

const words = messages.library;

function Row({ article, me }: { article: LibraryArticle; me: string }): ReactElement {
  const { headline, counts, active, updatedAt, language } = article;
  return (
    <tr>
      <th scope="row">
        <Link href={`/a/${article.id}`} lang={language} dir="auto">
          {headline || words.untitled}
        </Link>
        <span className={style.words}>
          {[
            words.words(counts.words),
            article.unread !== null && article.unread > 0 ? deskWords.unread(article.unread) : '',
          ]
            .filter((part) => part !== '')
            .join(' · ')}
        </span>
      </th>
      <td>
        {stageWords[article.stage]}
        <span className={style.words}>
          {[
            article.deadline === null
              ? ''
              : deskWords.dueAt(timeWords(article.deadline, new Date())),
            article.handOver?.to === me ? deskWords.forYou : '',
          ]
            .filter((part) => part !== '')
            .join(' · ')}
        </span>
      </td>
      <td>{openWords(counts)}</td>
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

function ImportButton({ onProblem }: { onProblem: (text: string) => void }): ReactElement {
  const [, navigate] = useLocation();
  const field = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const take = async (file: File): Promise<void> => {
    setBusy(true);
    onProblem('');
    try {
      const id = await importFile(file);
      await queryClient.invalidateQueries({ queryKey: ['articles'] });
      navigate(`/a/${id}`);
    } catch (error) {
      onProblem(error instanceof ApiError ? error.message : messages.signIn.unreachable);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <input
        ref={field}
        type="file"
        accept=".txt,text/plain"
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          // Emptied, so that the same file can be chosen again after a failure.
          event.target.value = '';
          if (file) void take(file);
        }}
      />
      <button
        type="button"
        className={classes(control.button, control.ink, control.tall)}
        disabled={busy}
        onClick={() => field.current?.click()}
      >
        <Upload size={16} aria-hidden="true" />
        {busy ? words.importing : words.importFile}
      </button>
    </>
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
  const [search, setSearch] = useState('');
  const sought = useDeferredValue(search.trim());
  const library = useLibrary(sought);
  const [problem, setProblem] = useState('');
  const articles = library.data?.articles ?? [];
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
        <div className={style.top}>
          <h1>{words.title}</h1>
          {me.rights.import && <ImportButton onProblem={setProblem} />}
        </div>
        <input
          type="search"
          className={classes(control.input, style.search)}
          aria-label={deskWords.search}
          placeholder={deskWords.search}
          maxLength={200}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <div role="alert">{problem !== '' && <FieldError text={problem} />}</div>
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
          <p className={style.empty} role="status">
            {sought === ''
              ? me.rights.import
                ? words.empty
                : words.emptyGuest
              : deskWords.nothing(sought)}
          </p>
        )}
        {articles.length > 0 && (
          <table className={style.table}>
            <thead>
              <tr>
                <th scope="col">{words.headline}</th>
                <th scope="col">{deskWords.stageColumn}</th>
                <th scope="col">{words.open}</th>
                <th scope="col">{words.people}</th>
                <th scope="col">{words.changed}</th>
              </tr>
            </thead>
            <tbody>
              {articles.map((article) => (
                <Row key={article.id} article={article} me={me.person.id} />
              ))}
            </tbody>
          </table>
        )}
      </main>
    </div>
  );
}
