/** All annotations of a review as one list in text order: what the margin, the counts, the stepper and the hidden list are made of.
 *  Order and counts come from document positions, never from what is drawn. */
import type { Node } from 'prosemirror-model';
import type {
  Claim,
  Comment,
  Occurrence,
  Reply,
  SuggestionRow,
} from '#core/annotate/annotation.ts';
import type { Audience } from '#core/annotate/audience.ts';
import type { SuggestionInText } from '#core/suggest/list.ts';
import { kept } from '#web/panels/kept.ts';
import { editedWords } from '#web/panels/edited-words.ts';
import type { Review } from '#core/sync/review.ts';
import { suggestionsOf } from '#web/session/annotations.ts';

interface Common {
  id: string;
  by: string;
  at: string;
  audience: Audience;
  replies: readonly Reply[];
  /** Positions in the document; null for what has left the text (a decided suggestion). */
  place: { from: number; to: number } | null;
  /** open: waits for a person. detached: open, but its words are gone. settled: resolved or decided. */
  state: 'open' | 'detached' | 'settled';
  /** The words it is or was about. */
  quote: string;
}

export type Annotation =
  | (Common & { kind: 'comment'; note: Comment })
  | (Common & { kind: 'fact'; note: Occurrence; claim: Claim | undefined })
  | (Common & { kind: 'suggestion'; note: SuggestionRow; inText: SuggestionInText | undefined });

export type Filter = 'all' | 'suggestion' | 'fact' | 'comment' | 'detached' | 'settled';

/** Filters whose notes have no place in the text: they are a list of their own. */
export const isList = (filter: Filter): filter is 'detached' | 'settled' =>
  filter === 'detached' || filter === 'settled';

const byPlace = (a: Annotation, b: Annotation): number =>
  (a.place?.from ?? 0) - (b.place?.from ?? 0) ||
  (a.place?.to ?? 0) - (b.place?.to ?? 0) ||
  (a.at < b.at ? -1 : a.at > b.at ? 1 : 0) ||
  (a.id < b.id ? -1 : 1);

function anchored(review: Review, id: string): Pick<Common, 'place' | 'quote'> & { lost: boolean } {
  const anchor = review.anchors.byId.get(id);
  return {
    place: anchor ? { from: anchor.from, to: anchor.to } : null,
    quote: anchor?.exact ?? '',
    lost: anchor?.state !== 'attached',
  };
}

let last: { review: Review; list: readonly Annotation[] } | null = null;

/** Every annotation that is not deleted, in text order. Pure; the newest answer is kept because many parts ask at once. */
export function annotationsOf(review: Review): readonly Annotation[] {
  if (last?.review === review) return last.list;
  const list: Annotation[] = [];
  for (const note of review.comments.values()) {
    if (note.status === 'deleted') continue;
    const { lost, ...where } = anchored(review, note.id);
    const state = note.status === 'resolved' ? 'settled' : lost ? 'detached' : 'open';
    const { id, by, at, audience, replies } = note;
    list.push({ kind: 'comment', id, by, at, audience, replies, ...where, state, note });
  }
  for (const note of review.occurrences.values()) {
    if (note.status === 'deleted') continue;
    const { lost, ...where } = anchored(review, note.id);
    const claim = review.claims.get(note.claimId);
    const { id, by, at, audience, replies } = note;
    const state = lost ? 'detached' : 'open';
    list.push({ kind: 'fact', id, by, at, audience, replies, ...where, state, note, claim });
  }
  const places = new Map(suggestionsOf(review.doc).map((one) => [one.id, one]));
  for (const note of review.suggestions.values()) {
    const inText = places.get(note.id);
    const decided = note.status === 'accepted' || note.status === 'rejected';
    // A suggestion its author took back leaves nothing to look at, unless people spoke about it.
    if (!inText && !decided && note.replies.length === 0) continue;
    const { id, by, at, audience, replies } = note;
    const place = inText ? { from: inText.from, to: inText.to } : null;
    const quote = note.deleted || note.inserted;
    const state = inText ? 'open' : 'settled';
    list.push({
      kind: 'suggestion',
      id,
      by,
      at,
      audience,
      replies,
      place,
      quote,
      state,
      note,
      inText,
    });
  }
  list.sort(byPlace);
  last = { review, list };
  return list;
}

/** Two annotations that are drawn alike: their places move with every key and do not count. */
export function looksSame(a: Annotation, b: Annotation): boolean {
  if (a.note !== b.note || a.kind !== b.kind || a.state !== b.state || a.quote !== b.quote)
    return false;
  if (a.kind === 'fact' && b.kind === 'fact') return a.claim === b.claim;
  if (a.kind === 'suggestion' && b.kind === 'suggestion')
    return (
      a.inText?.deleted === b.inText?.deleted &&
      a.inText?.inserted === b.inText?.inserted &&
      a.inText?.kind === b.inText?.kind
    );
  return true;
}

let shown: { review: Review; list: readonly Annotation[] } | null = null;

/** The same annotations for those who draw them: each the same object until it looks different, and the list until one does or
 *  their order changes, so that a key draws nothing anew. Places in it may be those of an earlier moment; who goes by places asks
 *  `annotationsOf`. */
export function shownAnnotations(review: Review): readonly Annotation[] {
  if (shown?.review === review) return shown.list;
  shown = { review, list: kept(shown?.list ?? [], annotationsOf(review), looksSame) };
  return shown.list;
}

/** What the filter lets through: of what is open and has a place, else one of the two lists; `settled` is the newest first. */
export function filtered(list: readonly Annotation[], filter: Filter): readonly Annotation[] {
  if (filter === 'settled')
    return list
      .filter((item) => item.state === 'settled')
      .toSorted((a, b) => (settledAt(a) < settledAt(b) ? 1 : -1));
  if (filter === 'detached') return list.filter((item) => item.state === 'detached');
  return list.filter((item) => item.state === 'open' && (filter === 'all' || item.kind === filter));
}

const settledAt = (item: Annotation): string =>
  (item.kind === 'suggestion' ? item.note.decidedAt : item.note.statusAt) ?? item.at;

/** How many each filter would show. */
export function countsOf(list: readonly Annotation[]): Record<Filter, number> {
  const counts = { all: 0, suggestion: 0, fact: 0, comment: 0, settled: 0, detached: 0 };
  for (const item of list) {
    counts[item.state === 'open' ? 'all' : item.state] += 1;
    if (item.state === 'open') counts[item.kind] += 1;
  }
  return counts;
}

/** The one after (`step` 1) or before (-1) `id` in the list, going round at the ends. Without `id` the first at or after `pos`, or the last before it. */
export function neighbour(
  list: readonly Annotation[],
  id: string | null,
  pos: number,
  step: 1 | -1,
): Annotation | null {
  if (list.length === 0) return null;
  const index = id === null ? -1 : list.findIndex((item) => item.id === id);
  if (index >= 0) return list[(index + step + list.length) % list.length] ?? null;
  if (step === 1) return list.find((item) => (item.place?.from ?? 0) >= pos) ?? list[0] ?? null;
  return list.findLast((item) => (item.place?.from ?? 0) < pos) ?? list.at(-1) ?? null;
}

/** A heading of the article with the number of open annotations up to the next one. `pos` is where it starts. */
export interface Section {
  pos: number;
  title: string;
  count: number;
}

/** The article's sections: what stands before the first heading, then one for each heading; one section alone is not worth a list. */
export function sectionsOf(doc: Node, open: readonly Annotation[], opening: string): Section[] {
  const sections: Section[] = [];
  doc.forEach((block, pos) => {
    const { name } = block.type;
    const style = block.attrs['style'] as string | undefined;
    if (name === 'block' && style?.startsWith('heading') && block.textContent.trim() !== '')
      sections.push({ pos, title: editedWords(block) || block.textContent, count: 0 });
    else if (sections.length === 0 && name === 'block')
      sections.push({ pos: 0, title: opening, count: 0 });
  });
  // Both are in the order of the text.
  let at = 0;
  for (const item of open) {
    const from = item.place?.from ?? 0;
    for (let next = sections[at + 1]; next && next.pos <= from; next = sections[at + 1]) at += 1;
    const section = sections[at];
    if (section && section.pos <= from) section.count += 1;
  }
  return sections;
}
