/** The review that a copy is written from: what its reader may see of what its sender sees, and nothing else. Every
 *  count of a sending comes from here. */
import type { Audience, Reader } from '#core/annotate/audience.ts';
import { factsFor, seenFacts, peopleOfFacts, type KnownFacts } from '#core/facts/seen-facts.ts';
import { notesOf } from '#core/formats/note-list.ts';
import type { NoteCounts } from '#core/formats/reading-copy.ts';
import { isForPage, type AskedCopy, type Preset } from '#core/formats/send-out/presets.ts';
import { docOf, type View } from '#core/formats/view.ts';
import { namedPeople } from '#core/sync/named-people.ts';
import { projectReview } from '#core/sync/project.ts';
import type { Review } from '#core/sync/review.ts';

/** Notes that the sender sees and the reader does not, by whom they are for. */
export interface StaysOut {
  desk: number;
  legal: number;
  named: number;
}

/** A review for a reader, with the facts that go with it. */
export interface ReadersCopy {
  review: Review;
  facts: KnownFacts;
  staysOut: StaysOut;
}

/** What is known of the facts that a review shows: their checks here, their citations as far as all `readers` see them, and the
 *  sources of these. */
export function factsOf(
  review: Review,
  facts: KnownFacts,
  readers: readonly Reader[] = [],
): KnownFacts {
  const { claims } = readers.reduce(
    (known, reader) => factsFor(known, review.occurrences, reader),
    seenFacts(
      { ...facts, claims: facts.claims.filter(({ claim }) => review.claims.has(claim.id)) },
      review.occurrences,
    ),
  );
  const cited = new Set(claims.flatMap((file) => file.citations.map(({ sourceId }) => sourceId)));
  return { claims, sources: facts.sources.filter(({ id }) => cited.has(id)) };
}

/** Who reads a copy, beside its sender; null where the sender is the only measure. The writer is the article's own:
 *  without one, nothing is for them by name. */
function readerOf(preset: Preset, { article }: Review): Reader | null {
  // No person has an empty id, so nothing is for them by name.
  if (preset === 'writer') return { id: article.writerId ?? '', role: 'writer' };
  return preset === 'legal' ? { id: '', role: 'legal' } : null;
}

/** The article alone, as it reads in a view: no notes, no marks, and nobody who had a hand in it. */
function pageOnly({ article: { id, language, stage }, doc, rev }: Review, view: View): Review {
  return {
    article: { id, language, stage },
    people: new Map(),
    doc: docOf(doc, view),
    rev,
    comments: new Map(),
    occurrences: new Map(),
    suggestions: new Map(),
    claims: new Map(),
    anchors: { byId: new Map(), graves: [] },
  };
}

const none: StaysOut = { desk: 0, legal: 0, named: 0 };

/** What goes into a copy. `review` and `facts` are whole; only the archive takes all of them. */
export function readersCopy(
  review: Review,
  facts: KnownFacts,
  { preset, view, sender }: Pick<AskedCopy, 'preset' | 'view'> & { sender: Reader },
): ReadersCopy {
  if (isForPage(preset))
    return { review: pageOnly(review, view), facts: { claims: [], sources: [] }, staysOut: none };
  const seen = preset === 'archive' ? review : projectReview(review, sender);
  const reader = readerOf(preset, review);
  const shown = reader ? projectReview(seen, reader) : seen;
  const readers = [...(preset === 'archive' ? [] : [sender]), ...(reader ? [reader] : [])];
  const known = factsOf(shown, facts, readers);
  const people = namedPeople(shown, review.people, peopleOfFacts(known));
  return { review: { ...shown, people }, facts: known, staysOut: missing(seen, shown) };
}

function missing(seen: Review, shown: Review): StaysOut {
  const out = { ...none };
  const count = (audience: Audience): void => {
    if (typeof audience === 'object') out.named += 1;
    else if (audience === 'desk' || audience === 'legal') out[audience] += 1;
  };
  for (const kind of ['comments', 'occurrences'] as const)
    for (const { id, status, audience } of seen[kind].values())
      if (status !== 'deleted' && !shown[kind].has(id)) count(audience);
  return out;
}

/** How many notes a review has, by kind. */
export function countNotes(review: Review): NoteCounts {
  const counts: NoteCounts = { comment: 0, fact: 0, suggestion: 0 };
  for (const { kind } of notesOf(review)) counts[kind] += 1;
  return counts;
}
