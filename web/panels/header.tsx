/** The bar over an article: where one is, whether all is saved, what is open, who is here, and the ways out. */
import { ArrowLeft } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { headlineOf } from '#core/sync/review.ts';
import { AccountMenu } from '#web/panels/account-menu.tsx';
import { ConnectionState } from '#web/panels/connection-state.tsx';
import { ExportMenu } from '#web/panels/export-menu.tsx';
import style from '#web/panels/header.module.css';
import { ModeToggle } from '#web/panels/mode-toggle.tsx';
import { Presence } from '#web/panels/presence.tsx';
import { Stepper } from '#web/panels/stepper.tsx';
import { ThemeToggle } from '#web/panels/theme-toggle.tsx';
import { useSnapshot } from '#web/panels/use-session.ts';
import { ViewMenu } from '#web/panels/view-menu.tsx';
import control from '#web/ui/control.module.css';
import { messages } from '#web/ui/messages.ts';

export function Header({
  articleId,
  onSignOut,
  onHelp,
}: {
  articleId: string;
  onSignOut: () => void;
  onHelp: () => void;
}): ReactElement {
  const headline = useSnapshot(({ review }) => headlineOf(review.doc));
  const me = useSnapshot((snapshot) => snapshot.me);
  const role = useSnapshot((snapshot) => snapshot.standing.role);
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
        <ViewMenu />
        <ThemeToggle />
      </span>
      <ExportMenu articleId={articleId} />
      <AccountMenu
        person={me}
        roleLabel={messages.roles[role]}
        onSignOut={onSignOut}
        onHelp={onHelp}
      />
    </header>
  );
}
