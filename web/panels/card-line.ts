/** A card in one line: for those who listen, and for the lists that stand for folded cards. */
import type { Review } from '#core/sync/review.ts';
import type { Annotation } from '#web/panels/annotations.ts';
import type { CardGroup } from '#web/panels/card-groups.ts';
import { cardWords } from '#web/panels/card-words.ts';
import { changedBy, lineOf, nameOf, sentenceOf, shortened } from '#web/panels/sentence.ts';

/** What an annotation says, without its kind and its author. */
function matterOf(item: Annotation): string {
  switch (item.kind) {
    case 'suggestion':
      return sentenceOf(changedBy(item));
    case 'comment':
      return item.note.text;
    case 'fact':
      return item.claim?.check || item.quote;
  }
}

/** What a card is, in a few words: the number of its changes, or what its one annotation says. */
export function briefOf({ card, items }: CardGroup): string {
  switch (card) {
    case 'alternatives':
      return cardWords.alternatives(items.length);
    case 'recast':
      return cardWords.recast(items.length);
    case 'silent':
      return cardWords.silent(items.length);
    default:
      return shortened(matterOf(items[0]), 120);
  }
}

/** The same with what the changes are, for a list of cards: "2 changes in this sentence: Delete “very” · Insert “now”". */
export function entryOf(group: CardGroup): string {
  if (group.card === 'one') return briefOf(group);
  const matter = group.items.map(matterOf).join(' · ');
  return `${briefOf(group)}: ${shortened(matter, 120)}`;
}

/** What an annotation is on its card, where it stands alone: "Alternative 1 of 2", "One of 3 changes in this sentence". */
export function partOf({ card, items }: CardGroup, item: Annotation): string {
  const at = items.findIndex(({ id }) => id === item.id) + 1;
  if (card === 'one') return '';
  if (card === 'alternatives') return cardWords.alternative(at, items.length);
  const whole = card === 'silent' ? cardWords.silent : cardWords.recast;
  return cardWords.oneOf(whole(items.length));
}

/** The line of a card with `item` in front: "2 changes in this sentence, Ines Moreau: Delete “very” · Insert “now”". */
export function lineOfCard(group: CardGroup, item: Annotation, review: Review): string {
  const { card, items } = group;
  if (card === 'one') return lineOf(item, review);
  if (card === 'alternatives') {
    const at = items.findIndex(({ id }) => id === item.id) + 1;
    return `${cardWords.alternative(at, items.length)}. ${lineOf(item, review)}`;
  }
  const matter = items.map(matterOf).join(' · ');
  return `${briefOf(group)}, ${nameOf(review, item.by)}: ${shortened(matter, 240)}`;
}
