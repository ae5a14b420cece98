/** Finding a detached anchor's words again at another place, once a commit is applied. A person may always place it
 *  elsewhere; where two places are possible nothing is guessed. */
import type { Node } from 'prosemirror-model';
import type { StepMap } from 'prosemirror-transform';
import type { Anchor, Anchors, Grave, Passage } from '#core/annotate/anchor.ts';
import { quoteAt } from '#core/annotate/quote.ts';
import { indexOfRun, tokensBetween } from '#core/annotate/tokens.ts';

/** A stretch of the document that a commit put in. */
export interface Stretch {
  from: number;
  to: number;
}

/** Words cut by somebody and put in by the same hand within so many revisions have moved. */
const soon = 500;
/** Shorter cuts are never taken for a move: two letters return by chance. */
const shortestMove = 4;
/** A quotation is looked for in the whole text only when it has so many characters, and more than one word. */
const shortestQuote = 16;

/** The stretches put in so far, after one more step. */
export function stretchesAfter(stretches: readonly Stretch[], map: StepMap): Stretch[] {
  const out: Stretch[] = [];
  for (const { from, to } of stretches) {
    const start = map.map(from, 1);
    const end = map.map(to, -1);
    if (end > start) out.push({ from: start, to: end });
  }
  map.forEach((_from, _to, from, to) => {
    if (to > from) out.push({ from, to });
  });
  return out;
}

/** Where the new words of accepted suggestions stand: words that moved by suggestion are put in long before the old ones go. */
export function acceptedStretches(doc: Node, ids: ReadonlySet<string>): Stretch[] {
  const out: Stretch[] = [];
  if (ids.size === 0) return out;
  doc.forEach((block, offset) =>
    block.forEach((inline, at) => {
      const own = inline.marks.find((mark) => mark.type.name === 'insertion');
      if (!own || !ids.has(own.attrs['id'] as string)) return;
      const from = offset + 1 + at;
      const last = out.at(-1);
      // Over a boundary the words go on: a close and an open token lie between.
      if (last && (last.to === from || (at === 0 && last.to === from - 2)))
        last.to = from + inline.nodeSize;
      else out.push({ from, to: from + inline.nodeSize });
    }),
  );
  return out;
}

/** The places where `part` stands in `whole`, two at most. */
function runsOf(whole: readonly string[], part: readonly string[]): number[] {
  const first = indexOfRun(whole, part);
  if (first < 0) return [];
  const second = indexOfRun(whole.slice(first + 1), part);
  return second < 0 ? [first] : [first, first + 1 + second];
}

/** Where the very words that were cut have been put in, when that is in one place. */
function moved(grave: Grave, stretches: readonly Stretch[], doc: Node): Stretch | null {
  const start = grave.edges.find(({ edge }) => edge === 'from')?.k ?? -1;
  const end = grave.edges.find(({ edge }) => edge === 'to')?.k ?? -1;
  if (start < 0 || end <= start) return null;
  const put = stretches.map(({ from, to }) => ({ from, tokens: tokensBetween(doc, from, to) }));
  const only = (tokens: readonly string[], skip: number): Stretch | null => {
    const found = put.flatMap((one) => runsOf(one.tokens, tokens).map((at) => one.from + at));
    const [place, another] = found;
    return place === undefined || another !== undefined
      ? null
      : { from: place + start - skip, to: place + end - skip };
  };
  if (grave.tokens.length < shortestMove) return null;
  const whole = only(grave.tokens, 0);
  // A whole paragraph may be put in with other edges than it was cut with: then its words themselves must be there.
  const words = grave.tokens.slice(start, end);
  return whole ?? (words.length >= shortestQuote ? only(words, start) : null);
}

/** The text of a document and the position of each of its characters, in the form of a quotation. */
function readable(doc: Node): { text: string; positions: number[] } {
  let text = '';
  const positions: number[] = [];
  const put = (piece: string, pos: number, each: boolean): void => {
    for (let i = 0; i < piece.length; i++) positions.push(pos + (each ? i : 0));
    text += piece;
  };
  doc.forEach((block, offset, index) => {
    if (index > 0) put('\n', offset, false);
    block.forEach((inline, at) => {
      const pos = offset + 1 + at;
      if (inline.isText) put(inline.text ?? '', pos, true);
      else put(inline.type.name === 'lineBreak' ? '\n' : '\ufffc', pos, false);
    });
  });
  return { text, positions };
}

const longEnough = ({ exact }: Anchor): boolean =>
  exact.length >= shortestQuote && /[\p{L}\p{N}]\P{L}+[\p{L}\p{N}]/u.test(exact);

/** Anchors that a commit has detached, or that were detached before it, at the words it put in or left: first the cut and
 *  paste of one hand, then a quotation that stands once in the whole text. `before` are the anchors before the commit. */
export function regain(
  before: Anchors,
  anchors: Anchors,
  stretches: readonly Stretch[],
  doc: Node,
  passage: Passage,
): Anchors {
  // Kept words that were edited away are free: their protection goes nowhere else.
  const lost = [...anchors.byId.values()].filter(
    ({ state, kind }) => state === 'detached' && kind !== 'stet',
  );
  if (lost.length === 0) return anchors;
  const byId = new Map(anchors.byId);
  let { graves } = anchors;
  let page: ReturnType<typeof readable> | null = null;
  for (const anchor of lost) {
    const own = graves.filter(({ id }) => id === anchor.id);
    const awake = own.filter(({ home }) => !home);
    const [home, another] = own.some((grave) => grave.home) ? own.filter((g) => g.home) : awake;
    if (!home || another) continue;
    const cut = awake.find(
      ({ by, rev }) => by === passage.by && rev !== undefined && passage.rev - rev <= soon,
    );
    let how: Anchor['regained'] = 'moved';
    let place = cut && stretches.length > 0 ? moved(cut, stretches, doc) : null;
    const fresh = before.byId.get(anchor.id)?.state === 'attached';
    if (!place && longEnough(anchor) && (fresh || stretches.length > 0)) {
      how = 'found';
      page ??= readable(doc);
      const at = page.text.indexOf(anchor.exact);
      const from = page.positions[at];
      const last = page.positions[at + anchor.exact.length - 1];
      const once = at >= 0 && page.text.indexOf(anchor.exact, at + 1) < 0;
      if (once && from !== undefined && last !== undefined) {
        const near = stretches.some((one) => one.from <= last && one.to > from);
        if (fresh || near) place = { from, to: last + 1 };
      }
    }
    if (!place) continue;
    const { elsewhere: _elsewhere, ...found } = anchor;
    const { exact, prefix, suffix, good } = anchor;
    byId.set(anchor.id, {
      ...found,
      ...place,
      state: 'attached',
      regained: how,
      ...quoteAt(doc, place.from, place.to),
    });
    graves = graves.flatMap((grave) =>
      grave.id !== anchor.id
        ? [grave]
        : grave === home
          ? [{ ...grave, home: grave.home ?? { exact, prefix, suffix, good } }]
          : [],
    );
  }
  return { byId, graves };
}
