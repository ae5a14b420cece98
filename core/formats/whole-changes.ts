/** What is suggested about figures and rows of tables as wholes, for copies that show it on the whole. */
import type { Node } from 'prosemirror-model';
import type { CopyBlock, ReadingCopy } from '#core/formats/reading-copy.ts';
import { inQuotes, warning } from '#core/formats/warning.ts';
import { entriesOf, type Authored } from '#core/suggest/entries.ts';
import { rowChanges } from '#core/suggest/rows.ts';

/** Who puts a figure or a row in, and who strikes it. */
export interface WholeChanges {
  ins: Authored | null;
  del: readonly Authored[];
}

export const noChanges: WholeChanges = { ins: null, del: [] };

/** True if something is suggested about the whole. */
export const isChanged = ({ ins, del }: WholeChanges): boolean => ins !== null || del.length > 0;

/** The changes of a figure; none in a copy without marks. */
export function figureChanges(copy: ReadingCopy, { node }: CopyBlock): WholeChanges {
  if (!copy.marked) return noChanges;
  const of = (kind: string): Authored[] => entriesOf(node).filter(({ k }) => k === kind);
  return { ins: of('ins')[0] ?? null, del: of('del') };
}

/** The changes of the rows of a table. What is suggested about cells that make no row is told. */
export function rowsChanges(
  copy: ReadingCopy,
  cells: readonly CopyBlock[],
  rows: readonly (readonly { at: number }[])[],
): WholeChanges[] {
  if (!copy.marked) return rows.map(() => noChanges);
  const nodes = cells.map(({ node }) => node);
  const { rows: found, odd } = rowChanges(nodes);
  let told = 0;
  const all = found.map(({ ins, del }, r) => {
    const row = (rows[r] ?? []).flatMap(({ at }) => nodes[at] ?? []);
    const more = strikings(row).filter(({ id }) => id !== del?.id);
    told += more.length * row.length;
    return { ins, del: del ? [del, ...more] : [] };
  });
  if (odd > told)
    copy.warn(
      warning(
        'left-out',
        `In the table ${inQuotes(nodes.map((node) => node.textContent).join(' '))} something is suggested about single cells: copies show changes of whole rows, and of the words.`,
      ),
    );
  return all;
}

/** Those who strike every cell of a row. */
function strikings([first, ...others]: readonly Node[]): Authored[] {
  const of = (node: Node): Authored[] => entriesOf(node).filter(({ k }) => k === 'del');
  return (first ? of(first) : []).filter(({ id }) =>
    others.every((node) => of(node).some((one) => one.id === id)),
  );
}

/** "put in by Ada, struck by Ben"; '' for a whole that nothing is suggested about. */
export function changesInWords(copy: ReadingCopy, { ins, del }: WholeChanges): string {
  const name = ({ by }: Authored): string => copy.people.get(by)?.name ?? by;
  const put = ins ? [`put in by ${name(ins)}`] : [];
  const struck = del.length > 0 ? [`struck by ${del.map(name).join(' and ')}`] : [];
  return [...put, ...struck].join(', ');
}
