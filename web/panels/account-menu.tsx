/** One's own disc with what belongs to oneself: theme, keys, signing out. */
import { Keyboard, LogOut, MonitorX, Users } from 'lucide-react';
import type { ReactElement } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import style from '#web/panels/header-menus.module.css';
import { Avatar } from '#web/ui/avatar.tsx';
import { Menu, MenuItem, MenuSection } from '#web/ui/menu.tsx';
import { messages } from '#web/ui/messages.ts';
import { peopleMessages } from '#web/ui/people-messages.ts';

export function AccountMenu({
  person,
  roleLabel,
  managesPeople,
  onSignOut,
  onSignOutEverywhere,
  onHelp,
}: {
  person: { name: string; color: number };
  roleLabel: string;
  /** Shows the way to the people of the house. */
  managesPeople?: boolean;
  onSignOut: () => void;
  onSignOutEverywhere?: () => void;
  onHelp?: () => void;
}): ReactElement {
  const { user } = messages;
  return (
    <Menu
      label={user.menu}
      trigger={
        <AriaButton
          className={style.account ?? ''}
          aria-label={`${user.menu}: ${person.name}, ${roleLabel}`}
        >
          <Avatar name={person.name} color={person.color} size="large" />
        </AriaButton>
      }
    >
      <MenuSection heading={`${person.name} · ${roleLabel}`}>
        {onHelp && (
          <MenuItem
            id="help"
            onAction={onHelp}
            hint="?"
            icon={<Keyboard size={16} aria-hidden="true" />}
          >
            {user.shortcuts}
          </MenuItem>
        )}
        {managesPeople && (
          <MenuItem id="people" href="/admin/people" icon={<Users size={16} aria-hidden="true" />}>
            {peopleMessages.menu.people}
          </MenuItem>
        )}
        <MenuItem id="sign-out" onAction={onSignOut} icon={<LogOut size={16} aria-hidden="true" />}>
          {user.signOut}
        </MenuItem>
        {onSignOutEverywhere && (
          <MenuItem
            id="sign-out-everywhere"
            onAction={onSignOutEverywhere}
            icon={<MonitorX size={16} aria-hidden="true" />}
          >
            {peopleMessages.menu.signOutEverywhere}
          </MenuItem>
        )}
      </MenuSection>
    </Menu>
  );
}
