/** Groups the runs of a block for CriticMarkup: changes, replacements and highlights do not nest, so runs that differ
 *  in any of them are different groups. */
import type { Run } from '#core/formats/inline-run.ts';
import type { Note } from '#core/formats/note-list.ts';

/** Neighbouring runs that are written in one pair of signs, or in none. */
export interface Group {
  is: 'plain' | 'highlight' | 'insertion' | 'deletion' | 'both' | 'replacement';
  runs: Run[];
  /** What a replacement puts in place of `runs`. */
  inserted: Run[];
  /** Identity of the suggestions, to tell neighbours apart. */
  key: string;
  ends: Note[];
}

function groupOf(run: Run): Group {
  const deleted = run.deleted.map((one) => one.id).join(' ');
  const base = { runs: [run], inserted: [], ends: [...run.ends] };
  if (run.inserted && deleted !== '')
    return { ...base, is: 'both', key: `${run.inserted.id} ${deleted}` };
  if (run.inserted) return { ...base, is: 'insertion', key: run.inserted.id };
  if (deleted !== '') return { ...base, is: 'deletion', key: deleted };
  return { ...base, is: run.over.length > 0 ? 'highlight' : 'plain', key: '' };
}

/** The groups of a block's runs, in order. */
export function groupRuns(runs: readonly Run[]): Group[] {
  const groups: Group[] = [];
  for (const run of runs) {
    const next = groupOf(run);
    const last = groups.at(-1);
    const open = last && last.is === next.is && last.key === next.key;
    // A note is written where its words end, so a highlight ends with it; a change is never parted.
    const parted = last?.is === 'highlight' && last.ends.length > 0;
    if (last && last.is === 'replacement' && next.is === 'insertion' && last.key === next.key) {
      last.inserted.push(run);
      last.ends.push(...run.ends);
    } else if (last?.is === 'deletion' && next.is === 'insertion' && last.key === next.key) {
      last.is = 'replacement';
      last.inserted.push(run);
      last.ends.push(...run.ends);
    } else if (open && !parted) {
      last.runs.push(run);
      last.ends.push(...run.ends);
    } else groups.push(next);
  }
  return groups;
}
