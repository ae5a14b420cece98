/** A review that Galley wrote as JSON, brought in as a new article. A file can say anything, so nothing in it speaks in the name
 *  of somebody of the house, takes an id of the house, or counts as checked that would not have been let through here. */
import type { Person } from '#core/annotate/annotation.ts';
import type { Anchor } from '#core/annotate/anchor.ts';
import { quoteAt } from '#core/annotate/quote.ts';
import {
  changeClaim,
  type Citation,
  type ClaimChange,
  type ClaimFile,
} from '#core/facts/claim-file.ts';
import type { KnownFacts } from '#core/facts/seen-facts.ts';
import { inQuotes, warning, type Warning } from '#core/formats/warning.ts';
import type { ImportContext, Imported } from '#core/formats/import/imported.ts';
import { personNamed, unknownAuthor } from '#core/formats/import/person.ts';
import { timeOf } from '#core/formats/markdown/read-message.ts';
import { assetsIn } from '#core/formats/assets/used-assets.ts';
import { readJson } from '#core/formats/read-json.ts';
import { listSuggestions } from '#core/suggest/list.ts';
import type { ErrorCode } from '#core/sync/error.ts';
import { reviewFromJson, reviewToJson, type Review, type ReviewJson } from '#core/sync/review.ts';

/** What a file of ours gives beside what every file gives. */
export interface ImportedReview extends Imported {
  facts: KnownFacts;
  /** The id the article had where the file was written. */
  fromArticle: string;
  /** The people of the file by their new ids, as the file names them: who may be meant by an audience. */
  originals: ReadonlyMap<string, { id: string; name: string }>;
}

export type ReviewFileRead =
  | { ok: true; imported: ImportedReview }
  | { ok: false; code: ErrorCode; detail: string };

type Names = (id: string) => string;

/** A document's JSON with other authors: every part of a suggestion names its own. */
function signedAnew(value: unknown, by: Names): unknown {
  if (Array.isArray(value)) return value.map((one) => signedAnew(one, by));
  if (typeof value !== 'object' || value === null) return value;
  const object = value as Record<string, unknown>;
  const signed = typeof object['id'] === 'string' && typeof object['by'] === 'string';
  return Object.fromEntries(
    Object.entries(object).map(([key, inner]) =>
      key === 'by' && signed ? [key, by(inner as string)] : [key, signedAnew(inner, by)],
    ),
  );
}

/** Everything signed by the people of the file, at times that exist. */
function authorsOf(review: ReviewJson, { hash, nameFor, now }: ImportContext) {
  const people = new Map<string, Person>();
  const originals = new Map<string, { id: string; name: string }>();
  const ids = new Map<string, string>();
  const names = new Map(review.people.map(({ id, name }) => [id, name]));
  const by: Names = (id) => {
    const known = ids.get(id);
    if (known !== undefined) return known;
    const name = names.get(id) ?? unknownAuthor;
    const person = personNamed(name, hash, nameFor);
    people.set(person.id, person);
    originals.set(person.id, { id, name });
    ids.set(id, person.id);
    return person.id;
  };
  const time = (at: string): string => {
    const known = timeOf(at);
    return known === '' ? now : known;
  };
  return { people, originals, by, time };
}
type Authors = ReturnType<typeof authorsOf>;

interface Signed {
  by: string;
  at: string;
}
const sign = <T extends Signed>(one: T, { by, time }: Authors): T => ({
  ...one,
  by: by(one.by),
  at: time(one.at),
});

interface Said extends Signed {
  replies: readonly (Signed & { id: string; text: string; editedAt?: string })[];
  editedAt?: string;
  statusBy?: string;
  statusAt?: string;
}

function signNote<T extends Said>(note: T, authors: Authors): T {
  const { by, time } = authors;
  const edited = <E extends { editedAt?: string }>(one: E): E =>
    one.editedAt === undefined ? one : { ...one, editedAt: time(one.editedAt) };
  return {
    ...edited(sign(note, authors)),
    replies: note.replies.map((reply) => edited(sign(reply, authors))),
    ...(note.statusBy === undefined ? {} : { statusBy: by(note.statusBy) }),
    ...(note.statusAt === undefined ? {} : { statusAt: time(note.statusAt) }),
  };
}

/** The rows of the suggestions: one for each in the text, pending; of the others those that are over. */
function suggestionsOf(json: ReviewJson, review: Review, authors: Authors, now: string) {
  const rows = new Map(json.suggestions.map((row) => [row.id, row]));
  const inText = listSuggestions(review.doc).map(({ id, by, deleted, inserted }) => {
    const row = rows.get(id);
    const signed = row && {
      ...sign(row, authors),
      replies: row.replies.map((reply) => sign(reply, authors)),
    };
    return {
      id,
      by,
      at: signed?.at ?? now,
      last: row ? authors.time(row.last) : now,
      reason: row?.reason ?? '',
      category: row?.category ?? '',
      audience: 'all' as const,
      status: 'pending' as const,
      deleted,
      inserted,
      replies: signed?.replies ?? [],
    };
  });
  const present = new Set(inText.map(({ id }) => id));
  const over = json.suggestions
    .filter(({ id, status }) => !present.has(id) && status !== 'pending')
    .map(({ decidedRev: _rev, decidedBy, decidedAt, ...row }) => ({
      ...sign(row, authors),
      last: authors.time(row.last),
      audience: 'all' as const,
      replies: row.replies.map((reply) => sign(reply, authors)),
      ...(decidedBy === undefined ? {} : { decidedBy: authors.by(decidedBy) }),
      ...(decidedAt === undefined ? {} : { decidedAt: authors.time(decidedAt) }),
    }));
  return [...inText, ...over];
}

/** An anchor at revision 0, which has no past to return to. */
function placedAnew(anchor: Anchor, { doc }: Review): Anchor {
  const { from, to, state, exact, prefix, suffix, id, kind } = anchor;
  const good = { rev: 0, from, to };
  return state === 'attached'
    ? { id, kind, from, to, state, good, ...quoteAt(doc, from, to) }
    : { id, kind, from, to, state, good, exact, prefix, suffix };
}

/** The people a file names are not those of this house; what was for some of them only is for no more than the desk. */
const forTheDesk = (citation: Citation): Citation =>
  typeof citation.audience === 'object' ? { ...citation, audience: 'desk' } : citation;

/** The facts as they could have been made here, act by act; what the rules refuse is left out with a sentence. */
function factsOf(
  { claims, sources }: KnownFacts,
  authors: Authors,
  writerId: string | undefined,
  warnings: Warning[],
): KnownFacts {
  const files = claims.map((known): ClaimFile => {
    const claim = { ...sign(known.claim, authors), version: 1 };
    let file: ClaimFile = { claim, checks: [], citations: [] };
    const acts: ClaimChange[] = [
      ...known.citations.map((one) => ({
        do: 'cite' as const,
        citation: forTheDesk(sign(one, authors)),
      })),
      ...known.checks.map((one) => ({
        do: 'check' as const,
        check: { ...sign(one, authors), rev: 0 },
      })),
    ];
    for (const act of acts) {
      const after = changeClaim(file, act, writerId);
      if (!('refused' in after)) file = after;
      else
        warnings.push(
          warning(
            'not-read',
            after.refused === 'CHECKER_IS_WRITER'
              ? `A verdict on ${inQuotes(claim.text)} is left out: the writer of the article gave it.`
              : `A verdict on ${inQuotes(claim.text)} is left out: it is called confirmed without a source that supports it.`,
            claim.id,
          ),
        );
    }
    return file;
  });
  return { claims: files, sources: sources.map((source) => sign(source, authors)) };
}

/** Reads a file of ours; `apart` has the pictures that were cut out of its text. */
export function readReviewFile(
  text: string,
  context: ImportContext,
  apart: readonly Uint8Array[] = [],
): ReviewFileRead {
  const read = readJson(text, context.hashBytes, apart);
  if (!read.ok) return read;
  const json = reviewToJson(read.review);
  const authors = authorsOf(json, context);
  const { writerId } = json.article;
  const doc = signedAnew(json.doc, authors.by);
  const whole = reviewFromJson({ ...json, doc });
  const warnings = [...read.warnings];
  const lost = json.suggestions.filter(({ status }) => status === 'pending').length;
  const suggestions = suggestionsOf(json, whole, authors, context.now);
  const pending = suggestions.filter(({ status }) => status === 'pending').length;
  if (pending < lost)
    warnings.push(
      warning('not-read', 'Suggestions that are not in the text of the file are left out.'),
    );
  const facts = factsOf(
    read.facts,
    authors,
    writerId === undefined ? undefined : authors.by(writerId),
    warnings,
  );
  const known = new Map(facts.claims.map(({ claim }) => [claim.id, { ...claim, version: 1 }]));
  const review = reviewFromJson({
    article: { id: context.id(), language: json.article.language, stage: 'draft' },
    people: [],
    doc,
    rev: 0,
    comments: json.comments.map((one) => signNote(one, authors)),
    occurrences: json.occurrences.map((one) => signNote(one, authors)),
    suggestions,
    claims: [...known.values()],
    anchors: json.anchors.map((anchor) => placedAnew(anchor, whole)),
    graves: [],
  });
  return {
    ok: true,
    imported: {
      review: { ...review, people: authors.people },
      flags: [],
      restoreBefore: [],
      guesses: [],
      labels: new Map(),
      warnings,
      assets: assetsIn(review.doc, read.assets),
      facts,
      fromArticle: json.article.id,
      originals: authors.originals,
    },
  };
}

/** What things of the file are called in the house. */
export interface NewNames {
  claim: Names;
  source: Names;
  citation: Names;
  check: Names;
  occurrence: Names;
  articleId: string;
}

/** The review and its facts under other names. */
export function renamed(
  review: Review,
  { claims, sources }: KnownFacts,
  names: NewNames,
): { review: Review; facts: KnownFacts } {
  const { claim, source, citation, check, occurrence, articleId } = names;
  const map = <T>(
    list: Iterable<T>,
    key: (one: T) => string,
    change: (one: T) => T,
  ): Map<string, T> =>
    new Map(
      [...list].map((one) => {
        const next = change(one);
        return [key(next), next];
      }),
    );
  const anchors = map(
    review.anchors.byId.values(),
    ({ id }) => id,
    (one) => (one.kind === 'occurrence' ? { ...one, id: occurrence(one.id) } : one),
  );
  return {
    review: {
      ...review,
      anchors: { ...review.anchors, byId: anchors },
      occurrences: map(
        review.occurrences.values(),
        ({ id }) => id,
        (one) => ({ ...one, id: occurrence(one.id), claimId: claim(one.claimId) }),
      ),
      claims: map(
        review.claims.values(),
        ({ id }) => id,
        (one) => ({ ...one, id: claim(one.id) }),
      ),
    },
    facts: {
      sources: sources.map((one) => ({ ...one, id: source(one.id) })),
      claims: claims.map((file) => ({
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
