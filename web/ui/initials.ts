/** What stands for a person in a small space: two letters and one of the house's colours. */

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
