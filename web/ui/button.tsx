/** Buttons of the article page. An icon button always has a name, shown as a tooltip. */
import type { ReactElement, ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps } from 'react-aria-components/Button';
import { Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip';
import { classes } from '#web/ui/class-names.ts';
import control from '#web/ui/control.module.css';
import style from '#web/ui/tooltip.module.css';

const tellers = new Map<string, (button: HTMLButtonElement | null) => void>();

/** A ref that puts the key of a button on its element. The component library lets no `aria-keyshortcuts` through;
 *  the same key gets the same function, so that nothing is set again when the button is drawn again. */
function tellShortcut(
  key: string | undefined,
): ((button: HTMLButtonElement | null) => void) | undefined {
  if (key === undefined) return undefined;
  const known = tellers.get(key);
  if (known) return known;
  const tell = (button: HTMLButtonElement | null): void =>
    button?.setAttribute('aria-keyshortcuts', key);
  tellers.set(key, tell);
  return tell;
}

type Look = 'plain' | 'primary' | 'ink' | 'danger' | 'link';

/** A button with words. `shortcut` is shown beside them. */
export function Button({
  look = 'plain',
  shortcut,
  children,
  tall,
  ...props
}: Omit<ButtonProps, 'className' | 'children'> & {
  look?: Look;
  shortcut?: string;
  tall?: boolean;
  children: ReactNode;
}): ReactElement {
  const base = look === 'link' ? control.link : control.button;
  const extra = look === 'plain' || look === 'link' ? null : control[look];
  return (
    <AriaButton
      {...props}
      ref={tellShortcut(shortcut)}
      className={classes(base, extra, tall && control.tall)}
    >
      {children}
      {shortcut && <kbd aria-hidden="true">{shortcut}</kbd>}
    </AriaButton>
  );
}

/** A button that shows only an icon. `hint` says more than the name, such as why it is off. */
export function IconButton({
  label,
  shortcut,
  hint,
  tone,
  small,
  children,
  ...props
}: Omit<ButtonProps, 'className' | 'children' | 'aria-label'> & {
  label: string;
  shortcut?: string;
  hint?: string;
  tone?: 'yes' | 'no';
  small?: boolean;
  children: ReactNode;
}): ReactElement {
  return (
    <TooltipTrigger delay={500} closeDelay={100}>
      <AriaButton
        {...props}
        aria-label={label}
        ref={tellShortcut(shortcut)}
        className={classes(control.icon, small && control.small, tone && control[tone])}
      >
        {children}
      </AriaButton>
      <Tooltip offset={6} className={style.tooltip ?? ''}>
        {hint ?? label}
        {shortcut && <kbd>{shortcut}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  );
}
