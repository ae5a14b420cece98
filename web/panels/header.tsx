/** The bar over an article: where one is, whether all is saved, what is open, who is here, and the ways out. */
import { ArrowLeft, LayoutList, PanelLeft } from 'lucide-react';
import { lazy, Suspense, type ReactElement } from 'react';
import { Link } from 'wouter';
import { ConnectionState } from '#web/panels/connection-state.tsx';
import { editedHeadline } from '#web/panels/edited-words.ts';
import style from '#web/panels/header.module.css';
import { listWords } from '#web/panels/list-words.ts';
import { ModeToggle } from '#web/panels/mode-toggle.tsx';
import { usePage } from '#web/panels/page-state.tsx';
import { Presence } from '#web/panels/presence.tsx';
import { Stepper } from '#web/panels/stepper.tsx';
import { useSnapshot } from '#web/panels/use-session.ts';
import { useWidth } from '#web/panels/use-width.ts';
import { IconButton } from '#web/ui/button.tsx';
import control from '#web/ui/control.module.css';
import { messages } from '#web/ui/messages.ts';
import { reviewMessages } from '#web/ui/review-messages.ts';

/** Menus come after the text: they are most of what a bar weighs. Their place is kept. */
const HeaderMenus = lazy(async () => ({
  default: (await import('#web/panels/header-menus.tsx')).HeaderMenus,
}));

export function Header({
  articleId,
  onSignOut,
}: {
  articleId: string;
  onSignOut: () => void;
}): ReactElement {
  const headline = useSnapshot(({ review }) => editedHeadline(review.doc));
  const { setRailOpen, listing, setListing } = usePage();
  const width = useWidth();
  const isNarrow = width === 'gutter' || width === 'sheet';
  return (
    <header className={style.bar} data-bar="">
      <Link href="/" className={control.icon ?? ''} aria-label={messages.page.back}>
        <ArrowLeft size={18} aria-hidden="true" className={style.mirrored} />
      </Link>
      {width === 'margin' && (
        <IconButton label={reviewMessages.rail} shortcut="[" onPress={() => setRailOpen(true)}>
          <PanelLeft size={17} aria-hidden="true" className={style.mirrored} />
        </IconButton>
      )}
      <div className={style.title}>
        <b title={headline}>{headline || messages.library.untitled}</b>
        <ConnectionState />
      </div>
      {width !== 'sheet' && (
        <>
          <Stepper />
          {!isNarrow && (
            <IconButton
              label={listWords.open}
              aria-pressed={listing}
              onPress={() => setListing(!listing)}
            >
              <LayoutList size={17} aria-hidden="true" />
            </IconButton>
          )}
          <ModeToggle />
        </>
      )}
      {!isNarrow && <Presence />}
      <Suspense fallback={<span className={style.waiting} data-narrow={isNarrow || undefined} />}>
        <HeaderMenus isNarrow={isNarrow} articleId={articleId} onSignOut={onSignOut} />
      </Suspense>
    </header>
  );
}
