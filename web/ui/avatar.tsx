/** A person as a disc with initials. The name stands beside it or in its title, never in the colour alone. */
import type { ReactElement } from 'react';
import { classes } from '#web/ui/class-names.ts';
import style from '#web/ui/avatar.module.css';
import { initials, personColor } from '#web/ui/initials.ts';

export function Avatar({
  name,
  color,
  size = 'normal',
}: {
  name: string;
  color: number;
  size?: 'small' | 'normal' | 'large';
}): ReactElement {
  return (
    <span
      aria-hidden="true"
      title={name}
      className={classes(style.avatar, style[size])}
      style={{ backgroundColor: personColor(color) }}
    >
      {initials(name)}
    </span>
  );
}
