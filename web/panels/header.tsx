/** The bar over an article: where one is, whether all is saved, what is open, who is here, and the ways out. */
import { ArrowLeft, UserRoundPlus } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { may, mayManagePeople } from '#core/sync/policy.ts';
import { headlineOf } from '#core/sync/review.ts';
import { AccountMenu } from '#web/panels/account-menu.tsx';
import { ConnectionState } from '#web/panels/connection-state.tsx';
import { ExportMenu } from '#web/panels/export-menu.tsx';
import style from '#web/panels/header.module.css';
import { ModeToggle } from '#web/panels/mode-toggle.tsx';
import { Presence } from '#web/panels/presence.tsx';
import { Stepper } from '#web/panels/stepper.tsx';
import { StyleMenu } from '#web/panels/style-menu.tsx';
import { ThemeToggle } from '#web/panels/theme-toggle.tsx';
import { useSnapshot } from '#web/panels/use-session.ts';
import { ViewMenu } from '#web/panels/view-menu.tsx';
import { IconButton } from '#web/ui/button.tsx';
import control from '#web/ui/control.module.css';
import { messages } from '#web/ui/messages.ts';
import { peopleMessages } from '#web/ui/people-messages.ts';

export function Header({
  articleId,
  onSignOut,
  onHelp,
  onAccess,
}: {
  articleId: string;
  onSignOut: () => void;
  /** Opens the list of who has access. */
  onAccess: () => void;
  onHelp: () => void;
}): ReactElement {
  const headline = useSnapshot(({ review }) => headlineOf(review.doc));
  const me = useSnapshot((snapshot) => snapshot.me);
  const role = useSnapshot((snapshot) => snapshot.standing.role);
  const shares = useSnapshot((snapshot) => may(snapshot.standing, 'share'));
  return (
    <header className={style.bar}>
      <Link href="/" className={control.icon ?? ''} aria-label={messages.page.back}>
        <ArrowLeft size={18} aria-hidden="true" className={style.mirrored} />
      </Link>
      <div className={style.title}>
        <b title={headline}>{headline || messages.library.untitled}</b>
        <ConnectionState />
      </div>
      <Stepper />
      <ModeToggle />
      <Presence />
      <span className={style.wideOnly}>
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
      <AccountMenu
        person={me}
        roleLabel={messages.roles[role]}
        managesPeople={mayManagePeople(role)}
        onSignOut={onSignOut}
        onHelp={onHelp}
        {...(shares ? { onAccess } : {})}
      />
    </header>
  );
}
