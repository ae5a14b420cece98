/** The end of the bar: menus and deeds. A narrow page has them in one menu. */
import { Send, UserRoundPlus } from 'lucide-react';
import type { ReactElement } from 'react';
import { may, mayManagePeople } from '#core/sync/policy.ts';
import { AccountMenu } from '#web/panels/account-menu.tsx';
import { deskWords } from '#web/panels/desk-messages.ts';
import { SendOutMenu } from '#web/panels/send-out-menu.tsx';
import style from '#web/panels/header-menus.module.css';
import { usePage } from '#web/panels/page-state.tsx';
import { MoreMenu } from '#web/panels/more-menu.tsx';
import { StyleMenu } from '#web/panels/style-menu.tsx';
import { ThemeToggle } from '#web/panels/theme-toggle.tsx';
import { useSnapshot } from '#web/panels/use-session.ts';
import { ViewMenu } from '#web/panels/view-menu.tsx';
import { Button, IconButton } from '#web/ui/button.tsx';
import { messages } from '#web/ui/messages.ts';
import { peopleMessages } from '#web/ui/people-messages.ts';

export function HeaderMenus({
  isNarrow,
  articleId,
  onSignOut,
}: {
  isNarrow: boolean;
  articleId: string;
  onSignOut: () => void;
}): ReactElement {
  const page = usePage();
  const me = useSnapshot((snapshot) => snapshot.me);
  const role = useSnapshot((snapshot) => snapshot.standing.role);
  const handsOver = useSnapshot((snapshot) => may(snapshot.standing, 'handOver'));
  const shares = useSnapshot((snapshot) => may(snapshot.standing, 'share'));
  if (isNarrow)
    return (
      <>
        <StyleMenu />
        <MoreMenu articleId={articleId} onSignOut={onSignOut} />
      </>
    );
  return (
    <>
      <span className={style.group}>
        {shares && (
          <IconButton label={peopleMessages.menu.access} onPress={() => page.openDialog('access')}>
            <UserRoundPlus size={17} aria-hidden="true" />
          </IconButton>
        )}
        <StyleMenu />
        <ViewMenu />
        <ThemeToggle />
      </span>
      <SendOutMenu articleId={articleId} />
      {handsOver && (
        <Button look="ink" tall onPress={() => page.openDialog('hand-over')}>
          <Send size={16} aria-hidden="true" />
          {deskWords.handOver}
        </Button>
      )}
      <AccountMenu
        person={me}
        roleLabel={messages.roles[role]}
        managesPeople={mayManagePeople(role)}
        onSignOut={onSignOut}
        onHelp={() => page.openDialog('help')}
      />
    </>
  );
}
