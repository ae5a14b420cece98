/** The article page: opens the session, builds the editor for it, and lays the panels around the sheet. */
import {
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactElement,
} from 'react';
import { Link, useSearchParams } from 'wouter';
import { headlineOf } from '#core/sync/review.ts';
import { ArticleEditor } from '#web/editor/article-editor.tsx';
import { TextEditor } from '#web/editor/text-editor.ts';
import style from '#web/pages/article.module.css';
import { useListing } from '#web/pages/use-listing.ts';
import { useOpenDraft } from '#web/pages/use-open-draft.ts';
import { useReadMark } from '#web/pages/use-read-mark.ts';
import { EndedBar } from '#web/pages/ended-bar.tsx';
import { MessagePage } from '#web/pages/message-page.tsx';
import { annotationsOf, isList, type Filter } from '#web/panels/annotations.ts';
import type { Asked, Sought } from '#web/panels/find-bar.tsx';
import { FactFile } from '#web/panels/fact-file-later.ts';
import { Header } from '#web/panels/header.tsx';
import { LiveRegions } from '#web/panels/live-regions.tsx';
import { Margin } from '#web/panels/margin.tsx';
import { Notice } from '#web/panels/notice.tsx';
import { PageProvider, usePage, type Draft, type PageState } from '#web/panels/page-state.tsx';
import { Rail } from '#web/panels/rail.tsx';
import { StorageBar } from '#web/panels/storage-bar.tsx';
import { UnplacedTray } from '#web/panels/unplaced-tray.tsx';
import { useAnnotate } from '#web/panels/use-annotate.ts';
import { DraftsProvider } from '#web/panels/use-kept-form.ts';
import { SessionProvider, useSession, useSnapshot } from '#web/panels/use-session.ts';
import { useWidth } from '#web/panels/use-width.ts';
import { usePeek } from '#web/panels/use-peek.ts';
import { useShortcuts } from '#web/panels/use-shortcuts.ts';
import { ArticleSession } from '#web/session/article-session.ts';
import { KeptDrafts } from '#web/session/kept-drafts.ts';
import control from '#web/ui/control.module.css';
import { atLeisure, later } from '#web/ui/later.tsx';
import { messages } from '#web/ui/messages.ts';
import { safetyWords } from '#web/ui/safety-words.ts';

const AccessDialog = lazy(async () => ({
  default: (await import('#web/pages/access-dialog.tsx')).AccessDialog,
}));
const HandOverDialog = lazy(async () => ({
  default: (await import('#web/pages/hand-over-dialog.tsx')).HandOverDialog,
}));
const SendOutDialog = lazy(async () => ({
  default: (await import('#web/pages/send-out/article-send-out.tsx')).ArticleSendOut,
}));
const HelpDialog = lazy(async () => ({
  default: (await import('#web/panels/help-dialog.tsx')).HelpDialog,
}));

/** What keys open and are then typed into is fetched before it is asked for. */
const Palette = later(async () => (await import('#web/pages/article-palette.tsx')).ArticlePalette);
const FindBar = later(async () => (await import('#web/panels/find-bar.tsx')).FindBar);
const SelectionBubble = later(
  async () => (await import('#web/panels/selection-bubble.tsx')).SelectionBubble,
);
const soon = [FindBar, Palette, FactFile];
const ListView = lazy(async () => ({
  default: (await import('#web/panels/list-view.tsx')).ListView,
}));
const NothingLost = lazy(async () => ({
  default: (await import('#web/panels/nothing-lost.tsx')).NothingLost,
}));
const RailDrawer = lazy(async () => ({
  default: (await import('#web/panels/rail-drawer.tsx')).RailDrawer,
}));

/** Opens the article for as long as the page shows it. */
export function ArticlePage({
  articleId,
  userId,
  onSignOut,
}: {
  articleId: string;
  userId: string;
  onSignOut: () => void;
}): ReactElement | null {
  const [open, setOpen] = useState<{
    session: ArticleSession;
    editor: TextEditor;
    drafts: KeptDrafts;
  } | null>(null);
  useEffect(() => {
    let gone = false;
    const session = ArticleSession.open(articleId, { userId });
    void KeptDrafts.open(userId, articleId).then((drafts) => {
      if (!gone) setOpen({ session, editor: new TextEditor(session), drafts });
    });
    return () => {
      gone = true;
      session.close();
      setOpen(null);
    };
  }, [articleId, userId]);
  if (!open) return null;
  const { session, editor, drafts } = open;
  return (
    <SessionProvider value={session}>
      <DraftsProvider value={drafts}>
        <Opened articleId={articleId} editor={editor} drafts={drafts} onSignOut={onSignOut} />
      </DraftsProvider>
    </SessionProvider>
  );
}

function Opened({
  articleId,
  editor,
  drafts,
  onSignOut,
}: {
  articleId: string;
  editor: TextEditor;
  drafts: KeptDrafts;
  onSignOut: () => void;
}): ReactElement {
  const phase = useSnapshot((snapshot) => snapshot.phase);
  const refusal = useSnapshot((snapshot) => snapshot.refusal);
  const missing = useSnapshot((snapshot) => snapshot.missing);
  const hasWords = useSnapshot(({ unplaced }) => unplaced.length > 0);
  const { page } = messages;
  if (phase === 'loading' && missing)
    return (
      <MessagePage title={safetyWords.missingTitle} text={safetyWords.missing}>
        <Link href="/" className={control.button ?? ''}>
          {page.toLibrary}
        </Link>
      </MessagePage>
    );
  if (phase === 'loading')
    return (
      <p className={style.loading} role="status">
        {page.loading}
      </p>
    );
  if (phase === 'refused') {
    const ended = refusal?.code === 'NOT_SIGNED_IN';
    return (
      <MessagePage
        title={page.refusedTitle}
        text={ended ? page.ended : (refusal?.message ?? page.notFound)}
      >
        {ended ? (
          <a
            className={control.button}
            href={`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`}
          >
            {page.signIn}
          </a>
        ) : (
          <Link href="/" className={control.button ?? ''}>
            {page.toLibrary}
          </Link>
        )}
        {hasWords && (
          <LiveRegions>
            <UnplacedTray />
          </LiveRegions>
        )}
      </MessagePage>
    );
  }
  return (
    <LiveRegions>
      <Desk articleId={articleId} editor={editor} drafts={drafts} onSignOut={onSignOut} />
    </LiveRegions>
  );
}

/** The page's own state around the session. */
function Desk({
  articleId,
  editor,
  drafts,
  onSignOut,
}: {
  articleId: string;
  editor: TextEditor;
  drafts: KeptDrafts;
  onSignOut: () => void;
}): ReactElement {
  const session = useSession();
  const [filter, setFilter] = useState<Filter>('all');
  const [draft, setDraft] = useOpenDraft(drafts);
  const [accounting, setAccounting] = useState(false);
  const [railOpen, setRailOpen] = useState(false);
  const [apart, setApart] = useState<ReadonlySet<string>>(() => new Set());
  const [listing, showListing] = useListing();
  const [helpOpen, setHelpOpen] = useState(false);
  const [accessOpen, setAccessOpen] = useState(false);
  const [handingOver, setHandingOver] = useState(false);
  const [sendingOut, setSendingOut] = useState(false);
  useReadMark(articleId);
  useEffect(() => atLeisure(() => soon.forEach(({ prefetch }) => void prefetch())), []);
  const role = useSnapshot((snapshot) => snapshot.standing.role);
  const annotate = useAnnotate(session, setDraft);
  const kept = useRef<
    Pick<PageState, 'drafts' | 'openNothingLost' | 'openSendOut' | 'following' | 'seen'>
  >({
    drafts,
    openNothingLost: () => setAccounting(true),
    openSendOut: () => setSendingOut(true),
    following: { current: null },
    seen: { current: null },
  });
  const chooseFilter = useCallback(
    (next: Filter) => {
      setFilter(next);
      // A list without places stands where the cards stand; nothing may stand in its way.
      if (isList(next)) session.focus(null);
    },
    [session],
  );
  const [asking, setAsking] = useState<'palette' | Asked | null>(null);
  const setListing = useCallback(
    (on: boolean) => {
      if (on) setAsking(null);
      showListing(on);
    },
    [showListing],
  );
  const find = useCallback(
    (replacing: boolean) => {
      // Words are found in the text, not in the list.
      setListing(false);
      setAsking({ replacing, at: performance.now() });
    },
    [setListing],
  );
  const page = useMemo<PageState>(
    () => ({
      filter,
      setFilter: chooseFilter,
      railOpen,
      setRailOpen,
      listing,
      setListing,
      find,
      draft,
      setDraft,
      apart,
      setApart,
      ...kept.current,
      focusText: (id) => (id === undefined ? editor.focus() : editor.focusAt(id)),
    }),
    [filter, chooseFilter, railOpen, listing, setListing, find, draft, setDraft, apart, editor],
  );
  const openHelp = useCallback(() => setHelpOpen(true), []);
  const openPalette = useCallback(() => setAsking('palette'), []);
  const openFind = useCallback(() => find(false), [find]);
  const openReplace = useCallback(() => find(true), [find]);
  const stopAsking = useCallback(() => setAsking(null), []);
  const sought = useRef<Sought>({ words: '', replacement: '' });
  return (
    <PageProvider value={page}>
      <Keyboard
        annotate={annotate}
        openHelp={openHelp}
        openPalette={openPalette}
        openFind={openFind}
        openReplace={openReplace}
      />
      <Layout
        articleId={articleId}
        editor={editor}
        annotate={annotate}
        onSignOut={onSignOut}
        onHelp={openHelp}
        onAccess={() => setAccessOpen(true)}
        onHandOver={() => setHandingOver(true)}
      />
      <Notice />
      <EndedBar />
      {handingOver && (
        <Suspense fallback={null}>
          <HandOverDialog
            articleId={articleId}
            onClose={() => setHandingOver(false)}
            onDone={(sentence) => {
              setHandingOver(false);
              session.say(sentence);
            }}
          />
        </Suspense>
      )}
      {accessOpen && (
        <Suspense fallback={null}>
          <AccessDialog articleId={articleId} myRole={role} onClose={() => setAccessOpen(false)} />
        </Suspense>
      )}
      {sendingOut && (
        <Suspense fallback={null}>
          <SendOutDialog onClose={() => setSendingOut(false)} />
        </Suspense>
      )}
      <Drawer />
      <Suspense fallback={null}>
        {accounting && <NothingLost onClose={() => setAccounting(false)} />}
        {asking === 'palette' && (
          <Palette
            onClose={stopAsking}
            onHelp={openHelp}
            onFind={openFind}
            onReplace={openReplace}
          />
        )}
        {asking !== null && asking !== 'palette' && !listing && (
          <FindBar
            editor={editor}
            asked={asking}
            sought={sought.current}
            onClose={(found) => {
              stopAsking();
              if (found) editor.select(found);
              else editor.focus();
            }}
          />
        )}
      </Suspense>
      {helpOpen && (
        <Suspense fallback={null}>
          <HelpDialog open onClose={() => setHelpOpen(false)} />
        </Suspense>
      )}
    </PageProvider>
  );
}

/** The rail where the page has no room for it. */
function Drawer(): ReactElement | null {
  const { railOpen, setRailOpen } = usePage();
  const isWide = useWidth() === 'wide';
  if (!railOpen || isWide) return null;
  return (
    <Suspense fallback={null}>
      <RailDrawer onClose={() => setRailOpen(false)} />
    </Suspense>
  );
}

function Keyboard(props: Parameters<typeof useShortcuts>[0]): null {
  useShortcuts(props);
  usePeek();
  return null;
}

function Layout({
  articleId,
  editor,
  annotate,
  onSignOut,
  onHelp,
  onAccess,
  onHandOver,
}: {
  articleId: string;
  editor: TextEditor;
  annotate: (kind: Draft['kind']) => boolean;
  onSignOut: () => void;
  onHelp: () => void;
  onAccess: () => void;
  onHandOver: () => void;
}): ReactElement {
  const scroller = useRef<HTMLElement>(null);
  const headline = useSnapshot(({ review }) => headlineOf(review.doc));
  const { listing } = usePage();
  useDeepLink();
  return (
    <div className={style.page}>
      <title>{`${headline || messages.library.untitled} · ${messages.app.name}`}</title>
      {!listing && (
        <a className="skip-link" href="#article">
          {messages.app.skipToArticle}
        </a>
      )}
      <a className="skip-link" href={listing ? '#annotation-list' : '#annotations'}>
        {messages.app.skipToNotes}
      </a>
      <Header
        articleId={articleId}
        onSignOut={onSignOut}
        onHelp={onHelp}
        onAccess={onAccess}
        onHandOver={onHandOver}
      />
      <Rail />
      {listing && (
        <Suspense fallback={null}>
          <ListView />
        </Suspense>
      )}
      <main className={style.scroller} ref={scroller} id="article" tabIndex={-1} inert={listing}>
        <div className={style.desk}>
          <div className={style.sheet}>
            <StorageBar />
            <UnplacedTray />
            <ArticleEditor editor={editor} />
          </div>
          <Margin geometry={editor.geometry} scroller={scroller} />
          <Suspense fallback={null}>
            <SelectionBubble geometry={editor.geometry} annotate={annotate} />
          </Suspense>
        </div>
      </main>
    </div>
  );
}

/** `?annotation=ID` opens with that annotation in focus, also when it is settled. */
function useDeepLink(): void {
  const session = useSession();
  const [search] = useSearchParams();
  const id = search.get('annotation');
  const ready = useSnapshot((snapshot) => snapshot.phase === 'ready');
  const { setFilter, following } = usePage();
  useEffect(() => {
    if (id === null || !ready) return;
    const { review } = session.getSnapshot();
    const item = annotationsOf(review).find((each) => each.id === id);
    if (!item) return;
    if (item.state !== 'open') setFilter(item.state);
    following.current = 'card';
    session.focus(id);
  }, [session, id, ready, setFilter, following]);
}
