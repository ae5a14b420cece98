/** Reads a piece of HTML that stands in a file of another format. */
import { parseHtml } from '#core/formats/html/parse.ts';
import { PageReader } from '#core/formats/html/read-blocks.ts';
import type { Draft } from '#core/formats/import/draft.ts';

/** Adds the blocks of a piece of HTML that stands in another format. */
export function addHtmlBlocks(draft: Draft, source: string): void {
  const tree = parseHtml(source, true);
  if (!tree) {
    draft.warn('left-out', 'A piece of HTML that is nested too deeply was left out.');
    return;
  }
  new PageReader(draft, {
    own: false,
    whole: true,
    notes: { references: new Map(), containers: new Map(), backlinks: new Set() },
    places: { words: new Map(), links: new Map(), keys: new Map() },
  }).read(tree);
}
