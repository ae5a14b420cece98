/** The gate before a release copy: what is still open in an article, each thing with a code and a sentence. It looks at
 *  the whole review; what its reader may not see is counted and nothing else is said of it. */
import type { Reader } from '#core/annotate/audience.ts';
import { factLines, type FactLine } from '#core/facts/fact-list.ts';
import { asksAgain } from '#core/facts/fact-words.ts';
import { filesById, type KnownFacts } from '#core/facts/seen-facts.ts';
import { notesOf, type Note } from '#core/formats/note-list.ts';
import { factsOf } from '#core/formats/send-out/readers-copy.ts';
import { inQuotes } from '#core/formats/warning.ts';
import { projectReview } from '#core/sync/project.ts';
import type { Review } from '#core/sync/review.ts';
import type { Stage } from '#core/sync/stage.ts';

/** Why a release copy is held back. `STAGE`: where the article is. `HIDDEN`: things outside what the reader may see. */
const gateCodes = [
  'STAGE',
  'COMMENT_OPEN',
  'SUGGESTION_UNDECIDED',
  'FACT_OPEN',
  'FACT_QUERIED',
  'FACT_WRONG',
  'FACT_RECHECK',
  'HIDDEN',
] as const;
export type GateCode = (typeof gateCodes)[number];

/** One thing in the way. `on` is the annotation it is about; null for the article itself and for what is hidden. */
export interface GateReason {
  code: GateCode;
  sentence: string;
  on: string | null;
}

/** What stands between an article and its release: `open` counts everything, `hidden` what the reader may not see. */
export interface Gate {
  open: number;
  hidden: number;
  reasons: GateReason[];
}

/** Where an article cannot be released from, and why. Being checked is no reason: the facts themselves are looked at. */
const heldBack: Partial<Record<Stage, string>> = {
  draft: 'The article is still a draft. Hand it over to the desk first.',
  'with-writer': 'The article is with the writer. Hand it back to the desk first.',
  legal: 'The article is with legal. Hand it back to the desk first.',
  held: 'The article is held. Hand it over to the desk first.',
  killed: 'The article is killed.',
};

function factReason({ id, state, words }: FactLine): GateReason | null {
  const fact = `The fact ${inQuotes(words)}`;
  const because = (code: GateCode, rest: string): GateReason => ({
    code,
    sentence: `${fact} ${rest}`,
    on: id,
  });
  if (asksAgain(state)) {
    if (state.stale === 'detached')
      return because('FACT_RECHECK', 'was checked on words that are gone.');
    const what = state.stale === 'words' ? 'its words' : 'its sentence';
    return because('FACT_RECHECK', `has to be checked again: ${what} changed.`);
  }
  switch (state.word) {
    case 'Confirmed':
    case 'Closed':
      return null;
    case 'Open':
      return because('FACT_OPEN', 'is not checked.');
    case 'Queried':
      return because('FACT_QUERIED', 'is queried.');
    case 'Wrong':
      return because('FACT_WRONG', 'is wrong.');
  }
}

function noteReason(note: Note): GateReason | null {
  const { id, kind, author, quote, place, closed, title } = note;
  if (kind === 'comment' && closed === '') {
    const on = quote === '' ? '' : ` on ${inQuotes(quote)}`;
    const sentence = `The comment of ${author}${on} is not resolved.`;
    return { code: 'COMMENT_OPEN', sentence, on: id };
  }
  if (kind === 'suggestion' && place !== null)
    return {
      code: 'SUGGESTION_UNDECIDED',
      sentence: `A suggestion of ${author} is not decided: ${title}.`,
      on: id,
    };
  return null;
}

/** Everything in the way that this review shows, in the order of the text. */
function reasonsIn(review: Review, facts: KnownFacts): GateReason[] {
  const lines = new Map(factLines(review, filesById(facts)).map((one) => [one.id, one]));
  return notesOf(review).flatMap((note) => {
    const line = lines.get(note.id);
    return (line ? factReason(line) : noteReason(note)) ?? [];
  });
}

/** The gate of an article as `reader` may know it. `review` and `facts` are whole. */
export function gateOf(review: Review, facts: KnownFacts, reader: Reader): Gate {
  const seen = projectReview(review, reader);
  const reasons = reasonsIn(seen, factsOf(seen, facts));
  const hidden = reasonsIn(review, facts).length - reasons.length;
  const stage = heldBack[review.article.stage];
  const before: GateReason[] =
    stage === undefined ? [] : [{ code: 'STAGE', sentence: stage, on: null }];
  const after: GateReason[] =
    hidden === 0 ? [] : [{ code: 'HIDDEN', sentence: hiddenSentence(hidden), on: null }];
  return {
    open: before.length + reasons.length + hidden,
    hidden,
    reasons: [...before, ...reasons, ...after],
  };
}

const hiddenSentence = (count: number): string =>
  count === 1
    ? '1 more thing is open among notes that you do not see. Ask an editor.'
    : `${count} more things are open among notes that you do not see. Ask an editor.`;
