/** What the text around a suggestion says about it: which sentence it is in, and whether it is mere clean-up.
 *  Blocks do not change, they are replaced; what was found for one is kept as long as the block is. */
import type { Node } from 'prosemirror-model';
import { asFiled, sentenceBounds } from '#core/facts/sentence.ts';
import type { SuggestionInText } from '#core/suggest/list.ts';
import { isMechanical } from '#web/panels/card-mechanical.ts';

interface Found {
  /** Where its sentence starts in the block as filed; null when it is in several, or in none. */
  sentence: number | null;
  mechanical: boolean;
}

interface Known {
  filed: ReturnType<typeof asFiled>;
  sentences: { from: number; to: number }[];
  byId: Map<string, Found>;
}

const known = new WeakMap<Node, Known>();

/** A suggestion on one block: where the block starts, and what was found there. */
export type Place = Found & { block: number };

/** The sentence of the filed text around a place; each is looked for once. */
function sentenceAt({ filed, sentences }: Known, from: number, to: number): (typeof sentences)[0] {
  const found = sentences.find((one) => one.from <= from && to < one.to);
  if (found) return found;
  const bounds = sentenceBounds(filed.text, from, to);
  if (from === to) sentences.push(bounds);
  return bounds;
}

function sentenceIn(block: Known, from: number, to: number): number | null {
  const { text, at } = block.filed;
  const first = sentenceAt(block, at(from), at(from));
  const whole = sentenceAt(block, at(from), at(to));
  const single = first.from === whole.from && first.to === whole.to;
  return single && text.slice(whole.from, whole.to).trim() !== '' ? whole.from : null;
}

const letters = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]+/gu, '');

function find(
  block: Node,
  about: Known,
  { id, from, to, kind, deleted, inserted }: SuggestionInText,
  start: number,
): Found {
  const words = kind === 'insert' || kind === 'delete' || kind === 'replace';
  const inSentence = words || kind === 'format';
  return {
    sentence: inSentence ? sentenceIn(about, from - start, to - start) : null,
    mechanical: words && letters(deleted) === letters(inserted) && isMechanical(block, id),
  };
}

/** Looks suggestions up in `doc`; null for one that touches more than one block. */
export function placesIn(doc: Node): (one: SuggestionInText) => Place | null {
  const starts: number[] = [];
  doc.forEach((_, offset) => starts.push(offset));
  return (one) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) < one.from) low = middle;
      else high = middle;
    }
    const block = doc.maybeChild(low);
    const offset = starts[low] ?? 0;
    const start = offset + 1;
    if (!block?.isTextblock || one.from < start || one.to > start + block.content.size) return null;
    if (/\n/u.test(one.deleted + one.inserted)) return null;
    const about = known.get(block) ?? { filed: asFiled(block), sentences: [], byId: new Map() };
    known.set(block, about);
    const found = about.byId.get(one.id) ?? find(block, about, one, start);
    about.byId.set(one.id, found);
    return { ...found, block: offset };
  };
}
