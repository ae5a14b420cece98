/** The facts of one article, live: what stands in words, the list with its filters, and one fact in a panel beside it. */
import { Download } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type ReactElement, type ReactNode } from 'react';
import { Link } from 'wouter';
import { claimTypes } from '#core/annotate/annotation.ts';
import { factGroups, factSorts, filterFacts, sortFacts } from '#core/facts/fact-filter.ts';
import { factLines } from '#core/facts/fact-list.ts';
import { factsInWords } from '#core/facts/fact-state.ts';
import { headlineOf } from '#core/sync/review.ts';
import { useAskedView, type AskedView } from '#web/pages/facts/asked.ts';
import { articlePath } from '#web/ui/article-path.ts';
import { Choice } from '#web/ui/choice.tsx';
import { FactPanel } from '#web/pages/facts/fact-panel.tsx';
import { FactTable } from '#web/pages/facts/fact-table.tsx';
import { PageBar } from '#web/pages/page-bar.tsx';
import style from '#web/pages/facts/facts.module.css';
import { deskWords as words, groupWords, sortWords } from '#web/pages/facts/words.ts';
import { LoadingPage } from '#web/pages/message-page.tsx';
import { RefusedPage } from '#web/pages/refused-page.tsx';
import { ConnectionState } from '#web/panels/connection-state.tsx';
import { LiveRegions } from '#web/panels/live-regions.tsx';
import { Notice } from '#web/panels/notice.tsx';
import { nameOf } from '#web/panels/sentence.ts';
import { DraftsProvider } from '#web/panels/use-kept-form.ts';
import { SessionProvider, useSnapshot } from '#web/panels/use-session.ts';
import { useWidth } from '#web/panels/use-width.ts';
import { ArticleSession } from '#web/session/article-session.ts';
import { KeptDrafts } from '#web/session/kept-drafts.ts';
import control from '#web/ui/control.module.css';
import { messages } from '#web/ui/messages.ts';

/** Opens the article for as long as the page shows its facts. */
export function ArticleFactsPage({ articleId }: { articleId: string }): ReactElement | null {
  const [session, setSession] = useState<ArticleSession | null>(null);
  useEffect(() => {
    const opened = ArticleSession.open(articleId);
    setSession(opened);
    return () => {
      opened.close();
      setSession(null);
    };
  }, [articleId]);
  if (!session) return null;
  return (
    <SessionProvider value={session}>
      <Opened articleId={articleId} />
    </SessionProvider>
  );
}

function Opened({ articleId }: { articleId: string }): ReactElement {
  const phase = useSnapshot((snapshot) => snapshot.phase);
  const refusal = useSnapshot((snapshot) => snapshot.refusal);
  if (phase === 'loading') return <LoadingPage text={words.loading} />;
  if (phase === 'refused') return <RefusedPage refusal={refusal} />;
  return (
    <LiveRegions>
      <WithDrafts articleId={articleId}>
        <Desk articleId={articleId} />
      </WithDrafts>
      <Notice />
    </LiveRegions>
  );
}

/** What was half written on the article, here or on its page. */
function WithDrafts({
  articleId,
  children,
}: {
  articleId: string;
  children: ReactNode;
}): ReactElement | null {
  const me = useSnapshot((snapshot) => snapshot.me.id);
  const [drafts, setDrafts] = useState<KeptDrafts | null>(null);
  useEffect(() => {
    let gone = false;
    void KeptDrafts.open(me, articleId).then((opened) => {
      if (!gone) setDrafts(opened);
    });
    return () => {
      gone = true;
    };
  }, [me, articleId]);
  return drafts && <DraftsProvider value={drafts}>{children}</DraftsProvider>;
}

function Desk({ articleId }: { articleId: string }): ReactElement {
  const review = useSnapshot((snapshot) => snapshot.review);
  const facts = useSnapshot((snapshot) => snapshot.facts);
  const me = useSnapshot((snapshot) => snapshot.me.id);
  const [view, change] = useAskedView();
  const opener = useRef<HTMLElement | null>(null);
  const lines = useMemo(() => factLines(review, facts.claims), [review, facts]);
  const { group, type, mine, sort } = view;
  const shown = useMemo(() => {
    const found = filterFacts(lines, { group, type, mine: mine ? me : null });
    return sortFacts(found, sort, (id) => nameOf(review, id));
  }, [lines, group, type, mine, me, sort, review]);
  const headline = headlineOf(review.doc) || messages.library.untitled;
  const open = view.fact === null ? undefined : lines.find(({ id }) => id === view.fact);
  const path = articlePath(articleId);
  // On a small screen the panel lies over the list; nothing under it takes the keyboard.
  const covered = useWidth() === 'sheet' && view.fact !== null;
  const close = (): void => {
    change({ fact: null });
    const back = opener.current;
    opener.current = null;
    // The list takes the keyboard again once it is drawn.
    requestAnimationFrame(() => {
      if (back?.isConnected) back.focus();
    });
  };
  return (
    <div className={style.page} data-panel={view.fact === null ? undefined : ''}>
      <title>{`${words.title} · ${headline} · ${messages.app.name}`}</title>
      <PageBar
        back={path}
        backLabel={words.backToArticle}
        title={words.title}
        article={{ headline, language: review.article.language }}
        state={
          <span className={style.wideOnly}>
            <ConnectionState />
          </span>
        }
      >
        <a
          className={control.button}
          href={`/api/articles/${encodeURIComponent(articleId)}/facts.csv`}
          download
          aria-label={words.download}
        >
          <Download size={16} aria-hidden="true" />
          <span className={style.wideOnly}>{words.download}</span>
        </a>
      </PageBar>
      <main className={style.main} inert={covered}>
        <div className={style.top}>
          <p className={style.line} role="status">
            {factsInWords(lines.map(({ state }) => state))}
          </p>
          <Link href="/facts" className={style.quietLink ?? ''}>
            {words.allFacts}
          </Link>
        </div>
        {lines.length > 0 && <Filters view={view} change={change} />}
        <p className={style.shown} role="status">
          {words.shown(shown.length, lines.length)}
        </p>
        {lines.length === 0 && <p className={style.empty}>{words.none}</p>}
        {lines.length > 0 && shown.length === 0 && (
          <div className={style.empty}>
            <p>{words.nothing}</p>
            <button
              type="button"
              className={control.button}
              onClick={() => change({ group: null, type: null, mine: false })}
            >
              {words.clear}
            </button>
          </div>
        )}
        {shown.length > 0 && (
          <FactTable
            lines={shown}
            path={path}
            chosen={view.fact}
            onChoose={(fact, from) => {
              opener.current = from;
              change({ fact });
            }}
          />
        )}
      </main>
      {view.fact !== null && (
        <FactPanel key={view.fact} id={view.fact} line={open} path={path} onClose={close} />
      )}
    </div>
  );
}

function Filters({
  view,
  change,
}: {
  view: AskedView;
  change: (part: Partial<AskedView>) => void;
}): ReactElement {
  return (
    <div className={style.filters} role="group" aria-label={words.filters}>
      <Choice
        label={words.state}
        value={view.group}
        any={words.any}
        options={factGroups.map((group) => [group, groupWords[group]] as const)}
        onChange={(group) => change({ group })}
      />
      <Choice
        label={words.type}
        value={view.type}
        any={words.any}
        options={claimTypes.map((type) => [type, messages.claimTypes[type]] as const)}
        onChange={(type) => change({ type })}
      />
      <Choice
        label={words.sort}
        value={view.sort}
        options={factSorts.map((sort) => [sort, sortWords[sort]] as const)}
        onChange={(sort) => change({ sort: sort ?? 'text' })}
      />
      <label className={style.mine}>
        <input
          type="checkbox"
          checked={view.mine}
          onChange={({ target }) => change({ mine: target.checked })}
        />
        {words.mine}
      </label>
    </div>
  );
}
