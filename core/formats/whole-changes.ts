/** What is suggested about figures and rows of tables as wholes, for copies that show it on the whole. */
import type { Node } from 'prosemirror-model';
import type { CopyBlock, ReadingCopy } from '#core/formats/reading-copy.ts';
import { inQuotes, warning } from '#core/formats/warning.ts';
import { entriesOf, isDeletion, type Authored } from '#core/suggest/entries.ts';
import { rowChanges } from '#core/suggest/rows.ts';

/** Who puts a figure or a row in, and who strikes it. */
export interface WholeChanges {
  ins: Authored | null;
  del: readonly Authored[];
}

export const noChanges: WholeChanges = { ins: null, del: [] };

/** True if something is suggested about the whole. */
export const isChanged = ({ ins, del }: WholeChanges): boolean => ins !== null || del.length > 0;

/** True if no word stays where these blocks go. Words that were put in after the striking do; then files show the words
 *  alone, so that nobody loses them by taking the row out. */
export const goesWhole = (blocks: readonly Node[]): boolean =>
  blocks.every((block) => block.content.content.every((node) => node.marks.some(isDeletion)));

/** What is said of such a row or figure, by its words. */
export const wordsStay = (words: string): string =>
  `In ${inQuotes(words)}, which is struck as a whole, there are words that were put in later: the file shows it struck word by word.`;

/** The changes of a figure; none in a copy without marks. */
export function figureChanges(copy: ReadingCopy, { node }: CopyBlock): WholeChanges {
  if (!copy.marked) return noChanges;
  const of = (kind: string): Authored[] => entriesOf(node).filter(({ k }) => k === kind);
  return { ins: of('ins')[0] ?? null, del: struck(copy, [node], of('del')) };
}

function struck(copy: ReadingCopy, blocks: readonly Node[], by: readonly Authored[]) {
  if (by.length === 0 || goesWhole(blocks)) return by;
  copy.warn(
    warning('changed', wordsStay(blocks.map((one) => one.textContent).join(' ')), by[0]?.id),
  );
  return [];
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
    return { ins, del: struck(copy, row, del ? [del, ...more] : []) };
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
