/** The words a copy must hold, straight from the document, for comparing with what a parser finds in the file. */
import type { Node } from 'prosemirror-model';
import type { BlockEntry } from '#core/article/schema.ts';
import { bylineBefore } from '#core/formats/byline.ts';
import { cleanLine } from '#core/formats/clean-text.ts';
import { numberFootnotes } from '#core/formats/footnote-numbers.ts';
import { isWhole } from '#core/suggest/entries.ts';
import type { Review } from '#core/sync/review.ts';
import { bare } from '#tests/formats/page.ts';

export interface ExpectedWords {
  /** Masthead and body. */
  article: string;
  /** Footnotes in the order of their numbers. */
  footnotes: string[];
}

/** `references` says whether a reference is part of the words; `edges` whether marks of boundaries are. */
export function expectedWords(
  review: Review,
  doc: Node,
  with_: { references: boolean; edges: boolean },
): ExpectedWords {
  const { numbers, indexes } = numberFootnotes(doc);
  const blockWords = (block: Node): string => {
    let text = block.type.name === 'byline' ? bylineBefore(review, block) : '';
    // Figures and rows that come or go say so on the whole, without a sign among their words.
    if (with_.edges && !isWhole(block))
      for (const { k } of (block.attrs['sugg'] ?? []) as BlockEntry[])
        if (k !== 'block') text += '¶';
    block.forEach((node) => {
      if (node.isText) text += cleanLine(node.text ?? '');
      else if (node.type.name === 'footnoteRef' && with_.references)
        text += numbers.get(node.attrs['id'] as string) ?? '[?]';
    });
    return bare(text);
  };
  let article = '';
  doc.forEach((block) => {
    if (block.type.name !== 'footnote') article += blockWords(block);
  });
  return { article, footnotes: indexes.map((index) => blockWords(doc.child(index))) };
}
