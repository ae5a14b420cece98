/** Everything of the bar that a narrow page has no room for, in one menu. */
import {
  Check,
  Ellipsis,
  Keyboard,
  LayoutList,
  ListFilter,
  LogOut,
  Moon,
  Send,
  Sun,
  UserRoundPlus,
  Users,
} from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { may, mayManagePeople } from '#core/sync/policy.ts';
import { copyViews } from '#web/panels/copies.ts';
import { listWords } from '#web/panels/list-words.ts';
import { modesFor } from '#web/panels/modes.ts';
import { PastItems, ReplaceItem, SendOutItems } from '#web/panels/article-items.tsx';
import { usePage } from '#web/panels/page-state.tsx';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { useWidth } from '#web/panels/use-width.ts';
import { IconButton } from '#web/ui/button.tsx';
import { Menu, MenuItem, MenuSection } from '#web/ui/menu.tsx';
import { deskWords } from '#web/panels/desk-messages.ts';
import { messages } from '#web/ui/messages.ts';
import style from '#web/ui/overlay.module.css';
import { peopleMessages } from '#web/ui/people-messages.ts';
import { reviewMessages } from '#web/ui/review-messages.ts';
import { chooseTheme, useIsDark } from '#web/ui/theme.ts';

const tick = (on: boolean): ReactNode => (
  <span className={style.tick}>{on && <Check size={16} aria-hidden="true" />}</span>
);

export function MoreMenu({
  articleId,
  onSignOut,
}: {
  articleId: string;
  onSignOut: () => void;
}): ReactElement {
  const session = useSession();
  const page = usePage();
  const width = useWidth();
  const mode = useSnapshot((snapshot) => snapshot.mode);
  const view = useSnapshot((snapshot) => snapshot.view);
  const standing = useSnapshot((snapshot) => snapshot.standing);
  const me = useSnapshot((snapshot) => snapshot.me);
  const dark = useIsDark();
  const { exportMenu, user, theme } = messages;
  const Theme = dark ? Sun : Moon;
  const tickName = (name: string, on: boolean): string => (on ? `${name} ✓` : name);
  return (
    <Menu
      label={reviewMessages.menu}
      trigger={
        <IconButton label={reviewMessages.menu}>
          <Ellipsis size={20} aria-hidden="true" />
        </IconButton>
      }
    >
      {width === 'sheet' && (
        <MenuSection heading={messages.mode.label}>
          {modesFor(standing).map(({ value, label, off }) => (
            <MenuItem
              key={value}
              id={`mode-${value}`}
              aria-label={tickName(label, value === mode)}
              isDisabled={off !== undefined}
              onAction={() => session.setMode(value)}
              icon={tick(value === mode)}
            >
              {label}
            </MenuItem>
          ))}
        </MenuSection>
      )}
      <MenuSection heading={exportMenu.show}>
        {copyViews.map((each) => (
          <MenuItem
            key={each}
            id={`view-${each}`}
            aria-label={tickName(exportMenu[each], each === view)}
            onAction={() => session.setView(each)}
            icon={tick(each === view)}
          >
            {exportMenu[each]}
          </MenuItem>
        ))}
      </MenuSection>
      <MenuSection heading={reviewMessages.article}>
        <MenuItem
          id="rail"
          onAction={() => page.setRailOpen(true)}
          icon={<ListFilter size={16} aria-hidden="true" />}
        >
          {reviewMessages.rail}
        </MenuItem>
        <ReplaceItem />
        <MenuItem
          id="list"
          onAction={() => page.setListing(!page.listing)}
          icon={<LayoutList size={16} aria-hidden="true" />}
        >
          {page.listing ? listWords.close : listWords.open}
        </MenuItem>
        <PastItems articleId={articleId} />
        {may(standing, 'handOver') && (
          <MenuItem
            id="hand-over"
            onAction={() => page.openDialog('hand-over')}
            icon={<Send size={16} aria-hidden="true" />}
          >
            {deskWords.handOver}
          </MenuItem>
        )}
        {may(standing, 'share') && (
          <MenuItem
            id="access"
            onAction={() => page.openDialog('access')}
            icon={<UserRoundPlus size={16} aria-hidden="true" />}
          >
            {peopleMessages.menu.access}
          </MenuItem>
        )}
      </MenuSection>
      <MenuSection heading={exportMenu.label}>
        <SendOutItems articleId={articleId} view={view} />
      </MenuSection>
      <MenuSection heading={`${me.name} · ${messages.roles[standing.role]}`}>
        <MenuItem
          id="theme"
          onAction={() => chooseTheme(dark ? 'light' : 'dark')}
          icon={<Theme size={16} aria-hidden="true" />}
        >
          {dark ? theme.toLight : theme.toDark}
        </MenuItem>
        <MenuItem
          id="help"
          onAction={() => page.openDialog('help')}
          icon={<Keyboard size={16} aria-hidden="true" />}
        >
          {user.shortcuts}
        </MenuItem>
        {mayManagePeople(standing.role) && (
          <MenuItem id="people" href="/admin/people" icon={<Users size={16} aria-hidden="true" />}>
            {peopleMessages.menu.people}
          </MenuItem>
        )}
        <MenuItem id="sign-out" onAction={onSignOut} icon={<LogOut size={16} aria-hidden="true" />}>
          {user.signOut}
        </MenuItem>
      </MenuSection>
    </Menu>
  );
}
