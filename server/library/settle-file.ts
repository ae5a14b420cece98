/** What a file's notes and facts become in this house: who sees them, and what they are called here. */
import { createHash } from 'node:crypto';
import type { Person } from '#core/annotate/annotation.ts';
import { sees, type Audience, type Reader } from '#core/annotate/audience.ts';
import type { KnownFacts } from '#core/facts/seen-facts.ts';
import type { ImportAbout } from '#core/formats/import/about.ts';
import {
  audienceFor,
  usualAudience,
  withAudiences,
  type AudienceAccount,
} from '#core/formats/import/audiences.ts';
import type { Imported } from '#core/formats/import/imported.ts';
import { renamed, type ImportedReview } from '#core/formats/import/review-file.ts';
import { may } from '#core/sync/policy.ts';
import type { Review } from '#core/sync/review.ts';
import type { Context } from '#server/context.ts';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const isReviewFile = (imported: Imported): imported is ImportedReview => 'facts' in imported;

/** A file as the house will have it. */
export interface Settled {
  review: Review;
  facts: KnownFacts;
  about: ImportAbout;
}

interface Importing {
  /** Null for the articles a house starts with. */
  by: Person | null;
  articleId: string;
  imported: Imported;
  /** The file with the choices made. */
  review: Review;
  /** What was made of notes that are the writer's sources. */
  facts: KnownFacts;
  /** Who is to see the notes of a file that says nothing of it. */
  audience?: 'all' | 'desk' | undefined;
}

/** The people of the file who are people of the house without doubt: by their id and their name. */
async function knownPeople(
  context: Context,
  { originals }: ImportedReview,
): Promise<Map<string, string>> {
  const house = new Map((await context.store.people()).map((one) => [one.id, one.name]));
  return new Map(
    [...originals.values()]
      .filter(({ id, name }) => house.get(id) === name)
      .map(({ id }) => [id, id]),
  );
}

async function audiences(
  context: Context,
  { by, imported, review, audience }: Importing,
): Promise<{ review: Review; account: AudienceAccount }> {
  const importer: Reader | null = by && { id: by.id, role: by.role };
  const notes = review.comments.size + review.occurrences.size;
  if (!isReviewFile(imported) || !importer) {
    const usual = importer ? usualAudience(importer) : 'all';
    const given = audience && importer && sees(importer, audience) ? audience : usual;
    return {
      review: withAudiences(review, () => given),
      account: { kept: 0, narrowed: 0, unsaid: notes, given, mayChoose: usual === 'desk' },
    };
  }
  const known = await knownPeople(context, imported);
  const given = usualAudience(importer);
  const account = { kept: 0, narrowed: 0, unsaid: 0, given, mayChoose: false };
  const choose = (asked: Audience): Audience => {
    const chosen = audienceFor(importer, asked, known);
    const isKept =
      typeof asked === 'string'
        ? chosen === asked
        : typeof chosen !== 'string' && chosen.people.length === new Set(asked.people).size;
    account[isKept ? 'kept' : 'narrowed'] += 1;
    return chosen;
  };
  return { review: withAudiences(review, choose), account };
}

const nameIn = (...parts: string[]): string => `file-${sha256(parts.join('\n')).slice(0, 40)}`;

/** Of the claims that the house knows under these names, those whose file this person may see, with the articles they stand in. */
async function shared(
  context: Context,
  by: Person,
  ids: readonly string[],
): Promise<{ known: number; seen: number; articles: string[] }> {
  const places = await context.claims.placesOf(ids);
  const articles = new Set<string>();
  let seen = 0;
  for (const list of places.values()) {
    let isSeen = false;
    for (const { articleId, audience } of list) {
      const standing = await context.standings.of(by.id, articleId);
      // Whoever is pinned sees what stood there once; these are the places of today.
      if (!standing || !may(standing, 'read') || standing.pin) continue;
      if (!sees({ id: by.id, role: standing.role }, audience)) continue;
      isSeen = true;
      articles.add(articleId);
    }
    if (isSeen) seen += 1;
  }
  return { known: places.size, seen, articles: [...articles] };
}

/** Of these claims of the house, those whose file this person may see. */
export async function seenClaims(
  context: Context,
  by: Person,
  ids: readonly string[],
): Promise<Set<string>> {
  const seen = new Set<string>();
  for (const id of ids) if ((await shared(context, by, [id])).seen > 0) seen.add(id);
  return seen;
}

/** Settles a file for the article it becomes. */
export async function settleFile(context: Context, importing: Importing): Promise<Settled> {
  const { by, articleId, imported } = importing;
  const { review, account } = await audiences(context, importing);
  if (!isReviewFile(imported)) {
    const { facts } = importing;
    const sources = facts.sources.length;
    const about = { audience: account, verdicts: 0, sources, shared: 0, before: [] };
    return { review, facts, about };
  }
  const { facts, fromArticle } = imported;
  const claimIds = facts.claims.map(({ claim }) => claim.id);
  const common = (what: string) => (id: string) => nameIn(what, fromArticle, id);
  const own = (what: string) => (id: string) => nameIn(what, articleId, id);
  const met = by
    ? await shared(context, by, claimIds.map(common('claim')))
    : { known: 0, seen: 0, articles: [] };
  // A claim opens its file to whoever holds it. Where that file is not theirs to see, they get a claim of their own.
  const named = met.known === met.seen ? common : own;
  const out = renamed(review, facts, {
    claim: named('claim'),
    source: named('source'),
    citation: named('citation'),
    occurrence: own('occurrence'),
    check: own('check'),
    articleId,
  });
  const before = await Promise.all(met.articles.slice(0, 3).map((id) => context.store.article(id)));
  return {
    ...out,
    about: {
      audience: account,
      verdicts: facts.claims.reduce((sum, { checks }) => sum + checks.length, 0),
      sources: facts.sources.length,
      shared: met.known === met.seen ? met.seen : 0,
      before: before.flatMap((row) => (row ? [{ id: row.id, headline: row.headline }] : [])),
    },
  };
}
