/** The marks of the changes around what is read next: those that are open, and those of the row, cell or figure it is in. */
import type { Mark } from 'prosemirror-model';
import type { Around, Change } from '#core/formats/docx/read-changes.ts';
import type { Reading } from '#core/formats/docx/reading.ts';
import { changeMark } from '#core/formats/import/draft.ts';

/** The key of a change on the next `size` characters: that of the row around, if it is its author's. */
function keyOf(reading: Reading, change: Change, size: number, nested: string): string {
  const { keys, around } = reading;
  const own = around.find(
    ({ key, change: { kind, author } }) =>
      key !== null && kind === change.kind && author === change.author,
  );
  if (!own || own.key === null) return keys.keyOf(change, size, nested);
  if (change.move !== own.change.move)
    reading.lost('that rows or pictures were moved; they are struck and put in', 'changed');
  keys.goesOn(own.change, size, own.key, own.nested);
  return own.key;
}

/** The changes of the next `size` characters, each with its key: one insertion at most, the outer one, and one striking by
 *  each author. */
export function changesAt(reading: Reading, size: number): Around[] {
  const found: Around[] = [];
  const struck = new Set<string>();
  let inserted = false;
  const add = (change: Change): void => {
    const nested = change.kind === 'del' && inserted ? 'in' : '';
    if (change.kind === 'ins') inserted = true;
    else struck.add(change.author);
    found.push({ change, key: keyOf(reading, change, size, nested), nested, adds: false });
  };
  for (const change of reading.changes)
    if (change.kind === 'ins' ? !inserted : !struck.has(change.author)) add(change);
  for (const { change, adds } of reading.around)
    if (adds && (change.kind === 'ins' ? !inserted : !struck.has(change.author))) add(change);
  return found;
}

/** The same as marks. */
export const changeMarks = (reading: Reading, size: number): Mark[] =>
  changesAt(reading, size).map(({ change, key }) =>
    changeMark(change.kind === 'ins' ? 'insertion' : 'deletion', key ?? ''),
  );
