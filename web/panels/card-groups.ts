/** Which annotations share a card: suggestions for the same words, the changes of one person in one sentence in one sitting,
 *  and silent corrections. A grouping of what is shown, nothing else: each suggestion keeps its id, its thread and its number. */
import type { Node } from 'prosemirror-model';
import { competitors } from '#core/suggest/compete.ts';
import type { Review } from '#core/sync/review.ts';
import { annotationsOf, filtered, looksSame, type Annotation } from '#web/panels/annotations.ts';
import { kept } from '#web/panels/kept.ts';
import { placesIn, type Place } from '#web/panels/card-place.ts';

export type SuggestionNote = Extract<Annotation, { kind: 'suggestion' }>;

/** A card. alternatives: of these one can be accepted. recast: changes of one person in one sentence, decided as one.
 *  silent: clean-up by one person, listed on demand. `id` names the card as long as its oldest suggestion is on it. */
export type CardGroup = { card: 'one'; id: string; items: readonly [Annotation] } | SharedCard;

/** A card with more than one suggestion on it. */
export interface SharedCard {
  card: 'alternatives' | 'recast' | 'silent';
  id: string;
  items: readonly [SuggestionNote, ...SuggestionNote[]];
}

/** Two changes by one person further apart than this are two sittings. */
const sitting = 5 * 60_000;

/** A card of its own. */
export const alone = (item: Annotation): CardGroup => ({ card: 'one', id: item.id, items: [item] });

const oldest = (items: readonly Annotation[]): string =>
  items.reduce((a, b) => (b.at < a.at || (b.at === a.at && b.id < a.id) ? b : a)).id;

/** Suggestions that are alternatives, also by way of a third. */
function rivalSets(doc: Node, pending: readonly SuggestionNote[]): SuggestionNote[][] {
  const rivals = competitors(doc);
  const sets: SuggestionNote[][] = [];
  const seen = new Set<string>();
  for (const { id } of pending) {
    if (seen.has(id) || !rivals.has(id)) continue;
    const members = new Set([id]);
    for (const member of members) for (const rival of rivals.get(member) ?? []) members.add(rival);
    for (const member of members) seen.add(member);
    sets.push(pending.filter((one) => members.has(one.id)));
  }
  return sets;
}

const byTime = (a: SuggestionNote, b: SuggestionNote): number =>
  a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1;

/** The sittings among changes of one person: a gap of five minutes from the last change to the next begins another. */
function sittings(items: readonly SuggestionNote[]): SuggestionNote[][] {
  const found: SuggestionNote[][] = [];
  let end = -Infinity;
  for (const item of items.toSorted(byTime)) {
    const now = found.at(-1);
    if (now && Date.parse(item.at) - end < sitting) now.push(item);
    else {
      found.push([item]);
      end = -Infinity;
    }
    end = Math.max(end, Date.parse(item.note.last));
  }
  return found;
}

function gathered<Item>(items: readonly Item[], keyOf: (item: Item) => string | null): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}

/** The cards of `list`, which is in text order: each annotation on exactly one card, the cards in the order of their first
 *  annotation, bundles of silent corrections behind all others. What is `apart` shares a card only with its rivals. */
export function cardGroups(
  list: readonly Annotation[],
  doc: Node,
  apart: ReadonlySet<string> = new Set(),
): readonly CardGroup[] {
  const pending = list.filter(
    (item): item is SuggestionNote =>
      item.kind === 'suggestion' && item.state === 'open' && item.inText !== undefined,
  );
  const order = new Map(list.map(({ id }, index) => [id, index]));
  const before = (a: Annotation, b: Annotation): number =>
    (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0);
  const grouped = new Map<string, CardGroup>();
  const group = (card: SharedCard['card'], some: readonly SuggestionNote[]): void => {
    const [first, ...rest] = some.toSorted(before);
    if (!first || rest.length === 0) return;
    const id = card === 'silent' ? `silent ${first.by}` : oldest(some);
    const made: CardGroup = { card, id, items: [first, ...rest] };
    for (const item of some) grouped.set(item.id, made);
  };
  for (const rivals of rivalSets(doc, pending)) group('alternatives', rivals);
  const free = (item: SuggestionNote): boolean => !grouped.has(item.id) && !apart.has(item.id);
  const find = placesIn(doc);
  const places = new Map<string, Place | null>();
  for (const item of pending) if (item.inText && free(item)) places.set(item.id, find(item.inText));
  const quiet = pending.filter(
    (item) =>
      places.get(item.id)?.mechanical === true &&
      item.note.reason === '' &&
      item.replies.length === 0,
  );
  for (const clean of gathered(quiet, ({ by }) => by)) group('silent', clean);
  const sentences = gathered(pending.filter(free), (item) => {
    const place = places.get(item.id) ?? null;
    const sentence = place?.sentence ?? null;
    return place === null || sentence === null ? null : `${item.by} ${place.block} ${sentence}`;
  });
  for (const changes of sentences) for (const one of sittings(changes)) group('recast', one);
  const cards = new Set(list.map((item) => grouped.get(item.id) ?? alone(item)));
  const isSilent = ({ card }: CardGroup): boolean => card === 'silent';
  return [...[...cards].filter((one) => !isSilent(one)), ...[...cards].filter(isSilent)];
}

let last: {
  review: Review;
  apart: ReadonlySet<string>;
  groups: readonly CardGroup[];
} | null = null;

/** The cards of everything that is open in a review. The newest answer is kept because many parts ask at once. */
export function cardsOf(review: Review, apart: ReadonlySet<string>): readonly CardGroup[] {
  if (last?.review === review && last.apart === apart) return last.groups;
  const open = filtered(annotationsOf(review), 'all');
  last = { review, apart, groups: cardGroups(open, review.doc, apart) };
  return last.groups;
}

/** Two cards that are drawn alike, wherever their words are. */
export const sameGroup = (a: CardGroup, b: CardGroup): boolean =>
  a.card === b.card &&
  a.id === b.id &&
  a.items.length === b.items.length &&
  a.items.every((item, index) => {
    const other = b.items[index];
    return other !== undefined && looksSame(item, other);
  });

let shown: {
  review: Review;
  apart: ReadonlySet<string>;
  groups: readonly CardGroup[];
} | null = null;

/** The same cards for those who draw them: each the same object until it looks different, and the list until one does or their
 *  order changes. Places in it may be those of an earlier moment. */
export function shownCards(review: Review, apart: ReadonlySet<string>): readonly CardGroup[] {
  if (shown?.review === review && shown.apart === apart) return shown.groups;
  shown = { review, apart, groups: kept(shown?.groups ?? [], cardsOf(review, apart), sameGroup) };
  return shown.groups;
}

/** The card an annotation is on. */
export const cardWith = (groups: readonly CardGroup[], id: string | null): CardGroup | undefined =>
  id === null ? undefined : groups.find(({ items }) => items.some((item) => item.id === id));

/** What of a card stands for it: the annotation in focus, else the first. */
export function leadOf<Item extends Annotation>(
  { items }: { items: readonly [Item, ...Item[]] },
  focused: string | null,
): Item {
  return items.find(({ id }) => id === focused) ?? items[0];
}

/** Where next and previous stop: at each alternative, and once at every other card. */
export const stopsOf = (groups: readonly CardGroup[]): Annotation[] =>
  groups.flatMap(({ card, items }) => (card === 'alternatives' ? items : [items[0]]));

/** The stop of the card that holds `id`. */
export function stopWith(groups: readonly CardGroup[], id: string | null): string | null {
  const group = cardWith(groups, id);
  return group && group.card !== 'alternatives' ? group.items[0].id : id;
}

/** The suggestions that a decision on `id` decides: all of its card, but of alternatives only the one is accepted, and what is
 *  withdrawn is the author's own. */
export function decidedWith(
  groups: readonly CardGroup[],
  id: string,
  act: 'accept' | 'stet' | 'withdraw',
): readonly string[] {
  const group = cardWith(groups, id);
  if (!group || (group.card === 'alternatives' && act === 'accept')) return [id];
  const by = leadOf(group, id).by;
  const items: readonly Annotation[] = group.items;
  return items.filter((item) => act !== 'withdraw' || item.by === by).map((item) => item.id);
}
