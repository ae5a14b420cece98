/** What the list of a history shows: sittings and named versions in one order, and the choices of the two selectors. */
import type { Person } from '#core/annotate/annotation.ts';
import { deeds, type Sitting, type Version } from '#core/sync/history.ts';
import { historyWords } from '#web/ui/history-words.ts';
import { timeWords } from '#web/ui/time.ts';

export type Entry =
  | { kind: 'sitting'; key: string; rev: number; sitting: Sitting; names: Version[] }
  | { kind: 'version'; key: string; rev: number; version: Version };

/** Sittings, newest first, each with the names its last revision bears; names of other revisions stand between them.
 *  A name that lies on a page not fetched yet waits for it. */
export function entriesOf(
  sittings: readonly Sitting[],
  versions: readonly Version[],
  oldest: number,
): Entry[] {
  const ends = new Set(sittings.map(({ last }) => last));
  const entries: Entry[] = sittings.map((sitting) => ({
    kind: 'sitting',
    key: `${sitting.first}-${sitting.last}`,
    rev: sitting.last,
    sitting,
    names: versions.filter(({ rev }) => rev === sitting.last),
  }));
  for (const version of versions)
    if (!ends.has(version.rev) && version.rev >= oldest && version.rev > 0)
      entries.push({ kind: 'version', key: version.id, rev: version.rev, version });
  return entries.toSorted((a, b) => b.rev - a.rev);
}

/** "3 accepted · 2 suggestions". */
export function deedWords({ counts, restored }: Sitting): string {
  return deeds
    .flatMap((deed) => {
      const n = counts[deed] ?? 0;
      if (n === 0) return [];
      if (deed === 'restored' && restored !== undefined && n === 1)
        return [historyWords.wentBack(restored)];
      return [historyWords.deeds[deed](n)];
    })
    .join(' · ');
}

/** The first name of a person, or a word for one who is not known any more. */
export const shortName = (people: readonly Person[], id: string): string =>
  people.find((person) => person.id === id)?.name.split(' ')[0] ?? historyWords.somebody;

export interface Choice {
  rev: number;
  label: string;
}

/** What can be compared: the text as it came in, named versions, ends of sittings, now, and the two that are chosen. */
export function choicesOf(
  entries: readonly Entry[],
  versions: readonly Version[],
  people: readonly Person[],
  { head, now, chosen }: { head: number; now: Date; chosen: readonly number[] },
): Choice[] {
  const labels = new Map<number, string>();
  for (const entry of entries)
    if (entry.kind === 'sitting') {
      const { last, end, by } = entry.sitting;
      const parts = [historyWords.version(last), timeWords(end, now), shortName(people, by)];
      labels.set(last, parts.join(' · '));
    }
  for (const { rev, name } of versions.toReversed()) labels.set(rev, historyWords.named(rev, name));
  if (!labels.has(0)) labels.set(0, historyWords.named(0, historyWords.filed));
  for (const rev of [head, ...chosen])
    if (!labels.has(rev)) labels.set(rev, historyWords.version(rev));
  if (head > 0) labels.set(head, `${labels.get(head)} · ${historyWords.now}`);
  return [...labels].map(([rev, label]) => ({ rev, label })).toSorted((a, b) => b.rev - a.rev);
}
