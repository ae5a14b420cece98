/** Where everything of an article page stands: bar, rail, sheet and margin, or the list in place of the text. */
import { lazy, Suspense, useEffect, useRef, type ReactElement } from 'react';
import { useSearchParams } from 'wouter';
import { headlineOf } from '#core/sync/review.ts';
import { ArticleEditor } from '#web/editor/article-editor.tsx';
import type { TextEditor } from '#web/editor/text-editor.ts';
import style from '#web/pages/article.module.css';
import { annotationsOf } from '#web/panels/annotations.ts';
import { Header } from '#web/panels/header.tsx';
import { Margin } from '#web/panels/margin.tsx';
import { usePage, type Draft } from '#web/panels/page-state.tsx';
import { Rail } from '#web/panels/rail.tsx';
import { StorageBar } from '#web/panels/storage-bar.tsx';
import { UnplacedTray } from '#web/panels/unplaced-tray.tsx';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { useWidth } from '#web/panels/use-width.ts';
import { later } from '#web/ui/later.tsx';
import { messages } from '#web/ui/messages.ts';

const SelectionBubble = later(
  async () => (await import('#web/panels/selection-bubble.tsx')).SelectionBubble,
);
const ListView = lazy(async () => ({
  default: (await import('#web/panels/list-view.tsx')).ListView,
}));
const PinnedBar = lazy(async () => ({
  default: (await import('#web/panels/pinned-bar.tsx')).PinnedBar,
}));
const RailDrawer = lazy(async () => ({
  default: (await import('#web/panels/rail-drawer.tsx')).RailDrawer,
}));

export function ArticleLayout({
  articleId,
  editor,
  annotate,
  onSignOut,
}: {
  articleId: string;
  editor: TextEditor;
  annotate: (kind: Draft['kind']) => boolean;
  onSignOut: () => void;
}): ReactElement {
  const scroller = useRef<HTMLElement>(null);
  const headline = useSnapshot(({ review }) => headlineOf(review.doc));
  const isPinned = useSnapshot(({ standing }) => standing.pin !== undefined);
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
      <Header articleId={articleId} onSignOut={onSignOut} />
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
            <Suspense fallback={null}>{isPinned && <PinnedBar />}</Suspense>
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

/** The rail where the page has no room for it. */
export function Drawer(): ReactElement | null {
  const { railOpen, setRailOpen } = usePage();
  const isWide = useWidth() === 'wide';
  if (!railOpen || isWide) return null;
  return (
    <Suspense fallback={null}>
      <RailDrawer onClose={() => setRailOpen(false)} />
    </Suspense>
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
