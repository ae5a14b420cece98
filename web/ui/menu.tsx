/** A menu behind a button. Items are actions, links or choices; sections have headings. */
import type { ReactElement, ReactNode } from 'react';
import { Header } from 'react-aria-components/Header';
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection as AriaMenuSection,
  MenuTrigger,
  type MenuItemProps,
} from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Separator } from 'react-aria-components/Separator';
import { classes } from '#web/ui/class-names.ts';
import style from '#web/ui/overlay.module.css';

/** `trigger` is a button of ours; the menu opens under it. */
export function Menu({
  trigger,
  label,
  placement = 'bottom end',
  children,
}: {
  trigger: ReactElement;
  label: string;
  placement?: 'bottom end' | 'bottom start';
  children: ReactNode;
}): ReactElement {
  return (
    <MenuTrigger>
      {trigger}
      <Popover placement={placement} offset={6} className={style.popover ?? ''}>
        <AriaMenu aria-label={label} className={style.menu ?? ''}>
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

export function MenuItem({
  icon,
  hint,
  danger,
  children,
  ...props
}: Omit<MenuItemProps, 'className' | 'children'> & {
  icon?: ReactNode;
  hint?: string;
  danger?: boolean;
  children: string;
}): ReactElement {
  return (
    <AriaMenuItem
      {...props}
      textValue={children}
      className={classes(style.item, danger && style.danger)}
    >
      {icon}
      <span>{children}</span>
      {hint && <span className={style.itemHint}>{hint}</span>}
    </AriaMenuItem>
  );
}

export function MenuSection({
  heading,
  children,
}: {
  heading: string;
  children: ReactNode;
}): ReactElement {
  return (
    <AriaMenuSection>
      <Header className={style.menuHeading ?? ''}>{heading}</Header>
      {children}
    </AriaMenuSection>
  );
}

export function MenuSeparator(): ReactElement {
  return <Separator className={style.separator ?? ''} />;
}
