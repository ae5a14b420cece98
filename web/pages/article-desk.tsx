/** The state of an article page around its session: filter, list, draft, what is asked for, which dialog is open. */
import {
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactElement,
} from 'react';
import type { TextEditor } from '#web/editor/text-editor.ts';
import { ArticleDialogs } from '#web/pages/article-dialogs.tsx';
import { ArticleLayout, Drawer } from '#web/pages/article-layout.tsx';
import { useListing } from '#web/pages/use-listing.ts';
import { useOpenDraft } from '#web/pages/use-open-draft.ts';
import { useReadMark } from '#web/pages/use-read-mark.ts';
import { isList, type Filter } from '#web/panels/annotations.ts';
import { FactFile } from '#web/panels/fact-file-later.ts';
import type { Asked, Sought } from '#web/panels/find-bar.tsx';
import { Notice } from '#web/panels/notice.tsx';
import { PageProvider, type ArticleDialog, type PageState } from '#web/panels/page-state.tsx';
import { useAnnotate } from '#web/panels/use-annotate.ts';
import { usePeek } from '#web/panels/use-peek.ts';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { useShortcuts } from '#web/panels/use-shortcuts.ts';
import type { KeptDrafts } from '#web/session/kept-drafts.ts';
import { atLeisure, later } from '#web/ui/later.tsx';

/** What keys open and are then typed into, and what may have to be said without the server, is fetched before it is needed. */
const Palette = later(async () => (await import('#web/pages/article-palette.tsx')).ArticlePalette);
const FindBar = later(async () => (await import('#web/panels/find-bar.tsx')).FindBar);
const EndedBar = later(async () => (await import('#web/pages/ended-bar.tsx')).EndedBar);
const soon = [FindBar, Palette, FactFile, EndedBar];

/** What an open article stands on. */
export interface DeskProps {
  articleId: string;
  editor: TextEditor;
  drafts: KeptDrafts;
  onSignOut: () => void;
}

export function ArticleDesk({ articleId, editor, drafts, onSignOut }: DeskProps): ReactElement {
  const session = useSession();
  const [filter, setFilter] = useState<Filter>('all');
  const [draft, setDraft] = useOpenDraft(drafts);
  const [railOpen, setRailOpen] = useState(false);
  const [apart, setApart] = useState<ReadonlySet<string>>(() => new Set());
  const [listing, showListing] = useListing();
  const [dialog, openDialog] = useState<ArticleDialog | null>(null);
  const [asking, setAsking] = useState<'palette' | Asked | null>(null);
  const sought = useRef<Sought>({ words: '', replacement: '' });
  const kept = useRef<Pick<PageState, 'drafts' | 'openDialog' | 'following' | 'seen'>>({
    drafts,
    openDialog,
    following: { current: null },
    seen: { current: null },
  });
  useReadMark(articleId);
  useEffect(() => atLeisure(() => soon.forEach(({ prefetch }) => void prefetch())), []);
  const annotate = useAnnotate(session, setDraft);
  const chooseFilter = useCallback(
    (next: Filter) => {
      setFilter(next);
      // A list without places stands where the cards stand; nothing may stand in its way.
      if (isList(next)) session.focus(null);
    },
    [session],
  );
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
  const hasEnded = useSnapshot(({ refusal }) => refusal !== null);
  const openPalette = useCallback(() => setAsking('palette'), []);
  const stopAsking = useCallback(() => setAsking(null), []);
  return (
    <PageProvider value={page}>
      <Keyboard annotate={annotate} openPalette={openPalette} />
      <ArticleLayout
        articleId={articleId}
        editor={editor}
        annotate={annotate}
        onSignOut={onSignOut}
      />
      <Notice />
      <Drawer />
      <ArticleDialogs articleId={articleId} dialog={dialog} onClose={() => openDialog(null)} />
      <Suspense fallback={null}>{hasEnded && <EndedBar />}</Suspense>
      <Suspense fallback={null}>
        {asking === 'palette' && <Palette onClose={stopAsking} />}
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
    </PageProvider>
  );
}

function Keyboard(props: Parameters<typeof useShortcuts>[0]): null {
  useShortcuts(props);
  usePeek();
  return null;
}
