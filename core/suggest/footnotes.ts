/** A struck footnote reference takes its footnote with it: both are struck under one id, and decided as one. */
import type { Node } from 'prosemirror-model';
import { tokensOf, type Token } from '#core/suggest/tokens.ts';

/** The tokens of the footnotes whose references are among `deleted`: each one's open token, then its text. */
export function footnoteTokens(doc: Node, deleted: readonly Token[]): Token[][] {
  if (doc.lastChild?.type.name !== 'footnote') return [];
  const ids = new Set(
    deleted
      .filter(({ node }) => node.type.name === 'footnoteRef')
      .map(({ node }) => node.attrs['id'] as unknown),
  );
  if (ids.size === 0) return [];
  return doc.content.content.flatMap((block, index) =>
    block.type.name === 'footnote' && ids.has(block.attrs['id'])
      ? [tokensOf(doc, index, index + 1)]
      : [],
  );
}
