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

const known = new WeakMap<Node, Map<string, Found>>();

/** A suggestion on one block: where the block starts, and what was found there. */
export type Place = Found & { block: number };

function sentenceIn(block: Node, from: number, to: number): number | null {
  const { text, at } = asFiled(block);
  const whole = sentenceBounds(text, at(from), at(to));
  const first = sentenceBounds(text, at(from), at(from));
  const single = first.from === whole.from && first.to === whole.to;
  return single && text.slice(whole.from, whole.to).trim() !== '' ? whole.from : null;
}

function find(block: Node, { id, from, to, kind }: SuggestionInText, start: number): Found {
  const words = kind === 'insert' || kind === 'delete' || kind === 'replace';
  return {
    sentence: words || kind === 'format' ? sentenceIn(block, from - start, to - start) : null,
    mechanical: words && isMechanical(block, id),
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
    const ofBlock = known.get(block) ?? new Map<string, Found>();
    known.set(block, ofBlock);
    const found = ofBlock.get(one.id) ?? find(block, one, start);
    ofBlock.set(one.id, found);
    return { ...found, block: offset };
  };
}
