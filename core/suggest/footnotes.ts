/** A footnote and its reference are put in together and struck together, under one id, and decided as one. */
import type { Node } from 'prosemirror-model';
import type { Alignment } from '#core/suggest/align.ts';
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

/** True when a change puts in a reference without its footnote, a footnote without its reference, or either a second time. */
export function loosensFootnotes(before: Node, { gaps }: Alignment): boolean {
  const refs = new Set<unknown>();
  const notes = new Set<unknown>();
  for (const { inserted } of gaps)
    for (const { node } of inserted) {
      const ids =
        node.type.name === 'footnoteRef' ? refs : node.type.name === 'footnote' ? notes : null;
      if (!ids) continue;
      const id = node.attrs['id'] as unknown;
      // Each inline token of a footnote names the inline node, so a footnote is met once, by its open token.
      if (ids.has(id)) return true;
      ids.add(id);
    }
  if (refs.size === 0 && notes.size === 0) return false;
  if (refs.size !== notes.size || [...refs].some((id) => !notes.has(id))) return true;
  let known = false;
  before.descendants((node) => {
    const { name } = node.type;
    if ((name === 'footnote' || name === 'footnoteRef') && refs.has(node.attrs['id'])) known = true;
  });
  return known;
}
