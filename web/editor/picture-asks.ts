/** Asking for a dialog that puts something whole into the text or describes a picture. The text, the menus and the palette ask; the
 *  page answers, with parts of it that are loaded only then. */
import type { Mode } from '#web/session/snapshot.ts';

/** What is asked for: a picture, of files that are there already or to be chosen; a table; the description of a figure. */
export type InsertAsk =
  | { what: 'picture'; files: readonly File[] }
  | { what: 'table' }
  | { what: 'describe'; pos: number };

const name = 'galley:insert';

/** What was asked before the part of the page that answers was there, and when: a paste can come first. */
let waiting: { ask: InsertAsk; since: number } | null = null;
const longestWait = 20_000;

/** Asks; what nobody hears yet waits for who comes. */
export function askInsert(ask: InsertAsk): void {
  const event = new CustomEvent<InsertAsk>(name, { detail: ask, cancelable: true });
  waiting = window.dispatchEvent(event) ? { ask, since: performance.now() } : null;
}

/** Hears what is asked; gives how to stop. */
export function onInsertAsk(hear: (ask: InsertAsk) => void): () => void {
  const listener = (event: Event): void => {
    event.preventDefault();
    hear((event as CustomEvent<InsertAsk>).detail);
  };
  window.addEventListener(name, listener);
  if (waiting && performance.now() - waiting.since < longestWait) hear(waiting.ask);
  waiting = null;
  return () => window.removeEventListener(name, listener);
}

/** In which modes figures and tables can be put into the text. Their pictures are described in Edit mode only: there is no
 *  suggesting another description. */
export const mayInsert = (mode: Mode): boolean => mode !== 'read';
