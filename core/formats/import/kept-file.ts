/** A review of Galley brought back as it was: its ids, its version, its people and who may see what. Nothing is signed anew,
 *  so only those may ask for it who could do all of it by hand. */
import type { Grave } from '#core/annotate/anchor.ts';
import type { KnownFacts } from '#core/facts/seen-facts.ts';
import { suggestionsIn } from '#core/suggest/entries.ts';
import { reviewFromJson, reviewToJson, type Review } from '#core/sync/review.ts';

/** Why a file cannot be brought back as it was, though it can be read. */
export type NotKept = 'ids' | 'times' | 'suggestions' | 'people' | 'versions';

/** A file: its review, and all that it says of the facts in it. */
export interface KeptFile {
  review: Review;
  facts: KnownFacts;
}

const isTime = (text: string): boolean => {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString() === text;
};

/** Every person that somebody signed as, and every time, wherever it stands. */
function signs(value: unknown, person: (id: string) => void, time: (at: string) => void): void {
  if (Array.isArray(value)) return value.forEach((one) => signs(one, person, time));
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value))
    if (typeof inner !== 'string') signs(inner, person, time);
    else if (personKeys.has(key)) person(inner);
    else if (timeKeys.has(key)) time(inner);
}
const personKeys: ReadonlySet<string> = new Set(['by', 'statusBy', 'decidedBy', 'writerId']);
const timeKeys: ReadonlySet<string> = new Set(['at', 'last', 'editedAt', 'statusAt', 'decidedAt']);

/** What the addresses and messages of a house take for a name. */
const articleId = /^[\w-]{1,80}$/;
const noteId = /^[\w~-]{1,80}$/;

/** How many acts of the file raised the version of a claim. */
const actsOf = ({ checks, citations }: KnownFacts['claims'][number]): number =>
  checks.length + citations.length;

/** The version a claim is written with before the acts of the file raise it to the one it had. */
export const firstVersion = (file: KnownFacts['claims'][number]): number =>
  Math.max(1, file.claim.version - actsOf(file));

/** What of a file a house could not hold to the letter; null when it can be brought back as it was. */
export function notKept({ review, facts }: KeptFile): NotKept | null {
  // A grave says who took words out by a name that nobody need know.
  const { graves: _graves, doc: _doc, people: _people, ...lists } = reviewToJson(review);
  const ids = [
    ...lists.comments,
    ...lists.occurrences,
    ...lists.suggestions,
    ...lists.claims,
    ...review.people.values(),
    ...facts.sources,
    ...facts.claims.flatMap(({ checks, citations }) => [...checks, ...citations]),
  ];
  if (!articleId.test(review.article.id) || !ids.every(({ id }) => noteId.test(id))) return 'ids';
  let hasTimes = true;
  let hasPeople = true;
  const person = (id: string): void => {
    if (!review.people.has(id)) hasPeople = false;
  };
  signs([lists, facts], person, (at) => {
    if (!isTime(at)) hasTimes = false;
  });
  if (!hasTimes) return 'times';
  const inText = suggestionsIn(review.doc);
  const rows = [...review.suggestions.values()];
  const isWhole =
    rows.every(({ id, status }) => (status === 'pending') === inText.has(id)) &&
    [...inText.keys()].every((id) => review.suggestions.has(id));
  if (!isWhole) return 'suggestions';
  if (!hasPeople) return 'people';
  const versions = facts.claims.every((file) => file.claim.version > actsOf(file));
  return versions ? null : 'versions';
}

/** What things of a file are called in the house; each gives the name of the file where that is free. */
export interface KeptNames {
  articleId: string;
  person: (id: string) => string;
  /** The name a person is given under another id. */
  personName: (id: string, name: string) => string;
  /** Occurrences have other names only in a second article of the same file: verdicts are told apart by them. */
  occurrence: (id: string) => string;
  claim: (id: string) => string;
  source: (id: string) => string;
  citation: (id: string) => string;
  check: (id: string) => string;
}

/** Every signature under another name. */
function signedAs(value: unknown, person: (id: string) => string): unknown {
  if (Array.isArray(value)) return value.map((one) => signedAs(one, person));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (personKeys.has(key) && typeof inner === 'string') return [key, person(inner)];
      if (key === 'audience' && typeof inner === 'object' && inner !== null)
        return [key, { people: (inner as { people: string[] }).people.map(person) }];
      return [key, signedAs(inner, person)];
    }),
  );
}

/** Removed text under the name of the anchor that it belongs to, and what was folded into it likewise. */
function buriedAs(grave: Grave, name: (id: string) => string): Grave {
  const { folded } = grave;
  return {
    ...grave,
    id: name(grave.id),
    ...(folded
      ? { folded: folded.map(({ k, grave: one }) => ({ k, grave: buriedAs(one, name) })) }
      : {}),
  };
}

/** The file under the names it has in the house. */
export function keptAs({ review, facts }: KeptFile, names: KeptNames): KeptFile {
  const { articleId, person, personName, occurrence, claim, source, citation, check } = names;
  const json = reviewToJson(review);
  const signed = signedAs(json, person) as typeof json;
  const known = signedAs(facts, person) as KnownFacts;
  const facted = new Set(json.occurrences.map(({ id }) => id));
  return {
    review: reviewFromJson({
      ...signed,
      article: { ...signed.article, id: articleId },
      people: json.people.map((one) => ({
        ...one,
        id: person(one.id),
        name: personName(one.id, one.name),
      })),
      occurrences: signed.occurrences.map((one) => ({
        ...one,
        id: occurrence(one.id),
        claimId: claim(one.claimId),
      })),
      anchors: signed.anchors.map((one) =>
        one.kind === 'occurrence' ? { ...one, id: occurrence(one.id) } : one,
      ),
      graves: signed.graves.map((one) =>
        buriedAs(one, (id) => (facted.has(id) ? occurrence(id) : id)),
      ),
      claims: signed.claims.map((one) => ({ ...one, id: claim(one.id) })),
    }),
    facts: {
      sources: known.sources.map((one) => ({ ...one, id: source(one.id) })),
      claims: known.claims.map((file) => ({
        claim: { ...file.claim, id: claim(file.claim.id) },
        citations: file.citations.map((one) => ({
          ...one,
          id: citation(one.id),
          sourceId: source(one.sourceId),
        })),
        checks: file.checks.map((one) => ({
          ...one,
          id: check(one.id),
          articleId,
          occurrenceId: occurrence(one.occurrenceId),
          citationIds: one.citationIds.map(citation),
        })),
      })),
    },
  };
}
