/** A person as a disc with initials. The name stands beside it or in its title, never in the colour alone. */
import type { ReactElement } from 'react';
import { classes } from '#web/ui/class-names.ts';
import style from '#web/ui/avatar.module.css';

const palette = 8;

/** First letters of the first and the last word: "Ines Moreau" → "IM". */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return letters
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase();
}

/** The colour of a person, by their index; any whole number is fine. */
export const personColor = (color: number): string =>
  `var(--person-${((Math.trunc(color) % palette) + palette) % palette})`;

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
