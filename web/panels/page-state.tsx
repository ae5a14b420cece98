/** What the article page itself remembers: the filter, the composer that is open, unfinished words, and which card has been seen.
 *  Nothing here is shared with others; only unfinished words outlive the page, on this device. */
import { createContext, use } from 'react';
import type { Filter } from '#web/panels/annotations.ts';
import type { Range } from '#web/panels/carry-range.ts';
import type { KeptDrafts } from '#web/session/kept-drafts.ts';

/** A new annotation being written. `words` are the drawn words, which are lit while it is written. */
export interface Draft {
  kind: 'comment' | 'fact' | 'suggestion';
  range: Range;
  quote: string;
  words: globalThis.Range | null;
}

/** What the page asks or tells in a dialog of its own. */
export type ArticleDialog = 'access' | 'hand-over' | 'help' | 'nothing-lost' | 'send-out';

export interface PageState {
  filter: Filter;
  setFilter(filter: Filter): void;
  /** The rail as a drawer, on pages that have no room for it. */
  railOpen: boolean;
  setRailOpen(open: boolean): void;
  /** The annotations stand as a list where the text stands. */
  listing: boolean;
  setListing(on: boolean): void;
  /** Opens the search, with the row for replacing or without. */
  find(replacing: boolean): void;
  draft: Draft | null;
  setDraft(draft: Draft | null): void;
  /** Suggestions that are decided one by one here, though they would share a card. */
  apart: ReadonlySet<string>;
  setApart(ids: ReadonlySet<string>): void;
  /** Unfinished words of composers, by the annotation they answer; they outlive a change of focus. */
  drafts: KeptDrafts;
  /** Opens a dialog over the article, in place of the one that is open. */
  openDialog(dialog: ArticleDialog): void;
  /** Gives the keyboard to the text; at an annotation, when one is named. */
  focusText(id?: string): void;
  /** A move of the keyboard that takes the page's focus along, until the card is there to have it. */
  following: { current: 'card' | 'reply' | null };
  /** When the focused card was first painted with its present content. A box, not state: nothing is drawn from it. */
  seen: { current: { id: string; at: number } | null };
}

const PageContext = createContext<PageState | null>(null);

/** Gives the page's own state to everything inside. */
export const PageProvider = PageContext.Provider;

export function usePage(): PageState {
  const page = use(PageContext);
  if (!page) throw new Error('There is no article page around this component.');
  return page;
}
