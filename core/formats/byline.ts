/** The word before the name in a byline. The document holds the name alone, as an import leaves it. */
import type { Node } from 'prosemirror-model';
import { bylineWordFor } from '#core/formats/text/masthead.ts';
import type { Review } from '#core/sync/review.ts';

/** "By " in the article's language, or '' where it is not known, the byline is empty or begins with it already. */
export function bylineBefore(review: Review, byline: Node): string {
  const word = bylineWordFor(review.article.language);
  const text = byline.textContent.toLowerCase();
  return word === '' || text === '' || text.startsWith(`${word.toLowerCase()} `) ? '' : `${word} `;
}
