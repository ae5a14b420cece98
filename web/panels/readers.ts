/** Who will read a note, in words, and which audiences a person may choose. */
import type { Audience, Role } from '#core/annotate/audience.ts';
import { sees } from '#core/annotate/audience.ts';
import type { Review } from '#core/sync/review.ts';
import { nameOf } from '#web/panels/sentence.ts';
import { messages } from '#web/ui/messages.ts';

/** "everyone", "desk", or names. */
export function readersOf(audience: Audience, review: Review): string {
  if (audience === 'all') return messages.compose.everyone;
  if (audience === 'desk') return messages.compose.desk;
  if (audience === 'legal') return messages.compose.legal;
  return messages.compose.someOf(audience.people.map((id) => nameOf(review, id)));
}

/** The audiences a new note may have: nobody writes what they could not read themselves. The first is the default. */
export function audiencesFor(me: { id: string; role: Role }): readonly ('desk' | 'all')[] {
  return sees(me, 'desk') ? ['all', 'desk'] : ['all'];
}

/** The word that stands on a note, and the sentence behind it; null for a note that everyone on the article sees. */
export function circleOf(
  audience: Audience,
  review: Review,
): { word: string; hint: string } | null {
  const { circles } = messages.card;
  if (audience === 'all') return null;
  if (audience === 'desk' || audience === 'legal') return circles[audience];
  return { word: circles.named.word, hint: circles.named.hint(readersOf(audience, review)) };
}
