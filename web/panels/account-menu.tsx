/** One's own disc with what belongs to oneself: theme, keys, signing out. */
import { Keyboard, LogOut } from 'lucide-react';
import type { ReactElement } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import style from '#web/panels/header.module.css';
import { Avatar } from '#web/ui/avatar.tsx';
import { Menu, MenuItem, MenuSection } from '#web/ui/menu.tsx';
import { messages } from '#web/ui/messages.ts';

export function AccountMenu({
  person,
  roleLabel,
  onSignOut,
  onHelp,
}: {
  person: { name: string; color: number };
  roleLabel: string;
  onSignOut: () => void;
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
        <MenuItem id="sign-out" onAction={onSignOut} icon={<LogOut size={16} aria-hidden="true" />}>
          {user.signOut}
        </MenuItem>
      </MenuSection>
    </Menu>
  );
}
