/** Which page the address means. Pages behind the door ask who is there first, and come back after signing in. */
import { lazy, Suspense, useCallback, useState, type ReactElement } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import type { Me } from '#core/sync/answers.ts';
import { BrokenBoundary } from '#web/pages/broken.tsx';
import { MessagePage } from '#web/pages/message-page.tsx';
import { NotFoundPage } from '#web/pages/not-found.tsx';
import { useMe } from '#web/pages/queries.ts';
import control from '#web/ui/control.module.css';
import { messages } from '#web/ui/messages.ts';

const SignInPage = lazy(async () => ({
  default: (await import('#web/pages/sign-in.tsx')).SignInPage,
}));
const SetupPage = lazy(async () => ({ default: (await import('#web/pages/setup.tsx')).SetupPage }));
const SignOut = lazy(async () => ({ default: (await import('#web/pages/sign-out.tsx')).SignOut }));
const LibraryPage = lazy(async () => ({
  default: (await import('#web/pages/library.tsx')).LibraryPage,
}));
const HousePeoplePage = lazy(async () => ({
  default: (await import('#web/pages/house-people.tsx')).HousePeoplePage,
}));
const JoinPage = lazy(async () => ({ default: (await import('#web/pages/join.tsx')).JoinPage }));
const ResetPage = lazy(async () => ({ default: (await import('#web/pages/reset.tsx')).ResetPage }));
const ImportPage = lazy(async () => ({
  default: (await import('#web/pages/import/import-page.tsx')).ImportPage,
}));
const ArticlePage = lazy(async () => ({
  default: (await import('#web/pages/article.tsx')).ArticlePage,
}));
const HistoryPage = lazy(async () => ({
  default: (await import('#web/pages/history/history.tsx')).HistoryPage,
}));
const ReturnPage = lazy(async () => ({
  default: (await import('#web/pages/return/return-page.tsx')).ReturnPage,
}));
const ArticleFactsPage = lazy(async () => ({
  default: (await import('#web/pages/facts/article-facts.tsx')).ArticleFactsPage,
}));
const ManyPage = lazy(async () => ({
  default: (await import('#web/pages/many/many-page.tsx')).ManyPage,
}));
const AllFactsPage = lazy(async () => ({
  default: (await import('#web/pages/facts/all-facts.tsx')).AllFactsPage,
}));

function Inside({ children }: { children: (me: Me) => ReactElement }): ReactElement | null {
  const me = useMe();
  const [path] = useLocation();
  if (me.isPending) return null;
  if (me.isError)
    return (
      <MessagePage title={messages.page.brokenTitle} text={me.error.message}>
        <button type="button" className={control.button} onClick={() => void me.refetch()}>
          {messages.library.retry}
        </button>
      </MessagePage>
    );
  if (me.data === null) {
    const next = path + location.search;
    return (
      <Redirect to={next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`} />
    );
  }
  return children(me.data);
}

export function App(): ReactElement {
  const [leaving, setLeaving] = useState<'here' | 'everywhere' | null>(null);
  const onSignOut = useCallback(() => setLeaving('here'), []);
  const everywhere = useCallback(() => setLeaving('everywhere'), []);
  return (
    <BrokenBoundary>
      <Suspense fallback={null}>
        <Switch>
          <Route path="/sign-in">
            <SignInPage />
          </Route>
          <Route path="/setup">
            <SetupPage />
          </Route>
          <Route path="/join">
            <JoinPage />
          </Route>
          <Route path="/reset">
            <ResetPage />
          </Route>
          <Route path="/admin/people">
            <Inside>{(me) => <HousePeoplePage me={me} onSignOut={onSignOut} />}</Inside>
          </Route>
          <Route path="/">
            <Inside>
              {(me) => (
                <LibraryPage me={me} onSignOut={onSignOut} onSignOutEverywhere={everywhere} />
              )}
            </Inside>
          </Route>
          <Route path="/import">
            <Inside>{(me) => <ImportPage me={me} onSignOut={onSignOut} />}</Inside>
          </Route>
          <Route path="/a/:id">
            {({ id }) => (
              <Inside>
                {({ person }) => (
                  <ArticlePage key={id} articleId={id} userId={person.id} onSignOut={onSignOut} />
                )}
              </Inside>
            )}
          </Route>
          <Route path="/a/:id/facts">
            {({ id }) => <Inside>{() => <ArticleFactsPage key={id} articleId={id} />}</Inside>}
          </Route>
          <Route path="/a/:id/return">
            {({ id }) => <Inside>{() => <ReturnPage key={id} articleId={id} />}</Inside>}
          </Route>
          <Route path="/send-out/:id">
            {({ id }) => <Inside>{() => <ManyPage key={id} id={id} />}</Inside>}
          </Route>
          <Route path="/facts">
            <Inside>{() => <AllFactsPage />}</Inside>
          </Route>
          <Route path="/a/:id/history/:range?">
            {({ id, range }) => (
              <Inside>{() => <HistoryPage key={id} articleId={id} range={range} />}</Inside>
            )}
          </Route>
          <Route>
            <NotFoundPage />
          </Route>
        </Switch>
      </Suspense>
      {leaving !== null && (
        <Suspense fallback={null}>
          <Inside>
            {({ person }) => (
              <SignOut
                userId={person.id}
                everywhere={leaving === 'everywhere'}
                onStay={() => setLeaving(null)}
              />
            )}
          </Inside>
        </Suspense>
      )}
    </BrokenBoundary>
  );
}
