/** Everything drawn over the text that is no part of it. What has an anchor (comments, facts) and what is read off the text or
 *  off the page (air between suggestions, the focus, the others' carets) are two sets: both are mapped through every change, and
 *  only what differs is added or removed. */
import type { Plugin } from 'prosemirror-state';
import type { Review } from '#core/sync/review.ts';
import { marks } from '#web/editor/marks.ts';
import { shades } from '#web/editor/shades.ts';
import type { Caret } from '#web/session/carets.ts';
import type { FactsKnown } from '#web/session/fact-book.ts';

/** What the decorations are drawn from. */
export interface Drawn {
  review: Review;
  facts: FactsKnown;
  focused: string | null;
  carets: readonly Caret[];
}

/** The plugins that draw. `drawn` is asked after every transaction. */
export const decorations = (drawn: () => Drawn): Plugin[] => [marks(drawn), shades(drawn)];
