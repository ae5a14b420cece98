/** Numbers footnotes in the order in which the text first refers to them; the rest follow in the order they stand. */
import type { Node } from 'prosemirror-model';

/** The footnotes of a document in the order of their numbers. */
export interface Footnotes {
  /** Number by id, from 1. */
  numbers: ReadonlyMap<string, number>;
  /** Index of the footnote's node among the document's children, by number − 1. */
  indexes: readonly number[];
  /** Ids that the text refers to and no footnote has. */
  missing: readonly string[];
}

/** Numbers the footnotes of `doc`. */
export function numberFootnotes(doc: Node): Footnotes {
  const at = new Map<string, number>();
  doc.forEach((node, _offset, index) => {
    const id = node.attrs['id'] as string;
    if (node.type.name === 'footnote' && !at.has(id)) at.set(id, index);
  });
  const numbers = new Map<string, number>();
  const missing = new Set<string>();
  doc.descendants((node) => {
    if (node.type.name !== 'footnoteRef') return;
    const id = node.attrs['id'] as string;
    if (!at.has(id)) missing.add(id);
    else if (!numbers.has(id)) numbers.set(id, numbers.size + 1);
  });
  const indexes = [...numbers.keys()].map((id) => at.get(id) ?? 0);
  const referred = new Set(indexes);
  doc.forEach((node, _offset, index) => {
    if (node.type.name !== 'footnote' || referred.has(index)) return;
    const id = node.attrs['id'] as string;
    if (!numbers.has(id)) numbers.set(id, numbers.size + 1);
    indexes.push(index);
  });
  return { numbers, indexes, missing: [...missing] };
}
