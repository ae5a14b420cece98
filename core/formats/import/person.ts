/** People who are known from a file alone: they have a name and no way to sign in. */
import type { Person } from '#core/annotate/annotation.ts';

/** The name of who made a change that the file gives no author for. */
export const unknownAuthor = 'Unknown author';

const avatarColors = 8;

/** The person of a name. The same name is the same person in every file. */
export function personNamed(
  name: string,
  hash: (text: string) => string,
  nameFor: (name: string) => string = (one) => one,
): Person {
  const line = [...name.replace(/\s+/gu, ' ').trim()].slice(0, 80).join('');
  const shown = nameFor(line === '' ? unknownAuthor : line);
  const digest = hash(`imported person ${shown}`);
  return {
    id: `imported-${digest.slice(0, 20)}`,
    name: shown,
    role: 'viewer',
    color: Number.parseInt(digest.slice(0, 4), 16) % avatarColors || 0,
  };
}
