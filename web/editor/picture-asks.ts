/** Asking for a dialog that puts something whole into the text or describes a picture. The text, the menus and the palette ask; the
 *  page answers, with parts of it that are loaded only then. */
import type { Mode } from '#web/session/snapshot.ts';

/** What is asked for: a picture, of files that are there already or to be chosen; a table; the description of a figure. */
export type InsertAsk =
  | { what: 'picture'; files: readonly File[] }
  | { what: 'table' }
  | { what: 'describe'; pos: number };

const name = 'galley:insert';

/** Asks. */
export function askInsert(ask: InsertAsk): void {
  window.dispatchEvent(new CustomEvent<InsertAsk>(name, { detail: ask }));
}

/** Hears what is asked; gives how to stop. */
export function onInsertAsk(hear: (ask: InsertAsk) => void): () => void {
  const listener = (event: Event): void => hear((event as CustomEvent<InsertAsk>).detail);
  window.addEventListener(name, listener);
  return () => window.removeEventListener(name, listener);
}

/** In which mode figures and tables can be put into the text and their pictures described. */
export const mayInsert = (mode: Mode): boolean => mode === 'edit';
