/** Which entries of the palette a few letters mean. */

export interface Entry {
  id: string;
  group: string;
  name: string;
  act: () => void;
  keys?: string;
  kind?: 'comment' | 'fact' | 'suggestion';
}

const most = 50;
const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase('en');

/** The entries that have every word asked for; those whose words begin with them first, else in the order given. */
export function matching<T extends Pick<Entry, 'name' | 'group'>>(
  entries: readonly T[],
  words: string,
): T[] {
  const asked = plain(words).split(/\s+/u).filter(Boolean);
  const ranked = entries.flatMap((entry, i) => {
    const name = plain(entry.name);
    if (!asked.every((word) => name.includes(word) || plain(entry.group).includes(word))) return [];
    const parts = name.split(/[^\p{L}\p{N}]+/u);
    const begun = asked.filter((word) => parts.some((part) => part.startsWith(word))).length;
    return [{ entry, rank: asked.length - begun, i }];
  });
  return ranked
    .toSorted((a, b) => a.rank - b.rank || a.i - b.i)
    .slice(0, most)
    .map(({ entry }) => entry);
}
