/** The bar over an article: where one is, whether all is saved, what is open, who is here, and the ways out. */
import { ArrowLeft, PanelLeft, Send, UserRoundPlus } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { may, mayManagePeople } from '#core/sync/policy.ts';
import { AccountMenu } from '#web/panels/account-menu.tsx';
import { ConnectionState } from '#web/panels/connection-state.tsx';
import { editedHeadline } from '#web/panels/edited-words.ts';
import { ExportMenu } from '#web/panels/export-menu.tsx';
import style from '#web/panels/header.module.css';
import { ModeToggle } from '#web/panels/mode-toggle.tsx';
import { MoreMenu } from '#web/panels/more-menu.tsx';
import { usePage } from '#web/panels/page-state.tsx';
import { Presence } from '#web/panels/presence.tsx';
import { Stepper } from '#web/panels/stepper.tsx';
import { StyleMenu } from '#web/panels/style-menu.tsx';
import { ThemeToggle } from '#web/panels/theme-toggle.tsx';
import { useSnapshot } from '#web/panels/use-session.ts';
import { useWidth } from '#web/panels/use-width.ts';
import { ViewMenu } from '#web/panels/view-menu.tsx';
import { Button, IconButton } from '#web/ui/button.tsx';
import control from '#web/ui/control.module.css';
import { deskWords } from '#web/panels/desk-messages.ts';
import { messages } from '#web/ui/messages.ts';
import { peopleMessages } from '#web/ui/people-messages.ts';
import { reviewMessages } from '#web/ui/review-messages.ts';

export function Header({
  articleId,
  onSignOut,
  onHelp,
  onAccess,
  onHandOver,
}: {
  articleId: string;
  onSignOut: () => void;
  /** Opens the list of who has access. */
  onAccess: () => void;
  /** Opens the hand-over. */
  onHandOver: () => void;
  onHelp: () => void;
}): ReactElement {
  const headline = useSnapshot(({ review }) => editedHeadline(review.doc));
  const me = useSnapshot((snapshot) => snapshot.me);
  const role = useSnapshot((snapshot) => snapshot.standing.role);
  const { setRailOpen } = usePage();
  const width = useWidth();
  const isNarrow = width === 'gutter' || width === 'sheet';
  const handsOver = useSnapshot((snapshot) => may(snapshot.standing, 'handOver'));
  const shares = useSnapshot((snapshot) => may(snapshot.standing, 'share'));
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
          <ModeToggle />
        </>
      )}
      {isNarrow ? (
        <>
          <StyleMenu />
          <MoreMenu
            articleId={articleId}
            onSignOut={onSignOut}
            onHelp={onHelp}
            onAccess={onAccess}
            onHandOver={onHandOver}
          />
        </>
      ) : (
        <>
          <Presence />
          <span className={style.group}>
            {shares && (
              <IconButton label={peopleMessages.menu.access} onPress={onAccess}>
                <UserRoundPlus size={17} aria-hidden="true" />
              </IconButton>
            )}
            <StyleMenu />
            <ViewMenu />
            <ThemeToggle />
          </span>
          <ExportMenu articleId={articleId} />
          {handsOver && (
            <Button look="ink" tall onPress={onHandOver}>
              <Send size={16} aria-hidden="true" />
              {deskWords.handOver}
            </Button>
          )}
          <AccountMenu
            person={me}
            roleLabel={messages.roles[role]}
            managesPeople={mayManagePeople(role)}
            onSignOut={onSignOut}
            onHelp={onHelp}
          />
        </>
      )}
    </header>
  );
}
