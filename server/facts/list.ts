/** The facts of every article a person may open, and the log of one article's facts; both as far as they may see them. */
import type { Person } from '#core/annotate/annotation.ts';
import { inGroup, type FactGroup } from '#core/facts/fact-filter.ts';
import { factLines, type FactLine } from '#core/facts/fact-list.ts';
import { asksAgain } from '#core/facts/fact-words.ts';
import { filesById, peopleOfFacts } from '#core/facts/seen-facts.ts';
import { writeFactLog } from '#core/formats/fact-log.ts';
import { RefusalError } from '#core/sync/error.ts';
import type { FactsAnswer, ListedFact } from '#core/sync/facts-answer.ts';
import { namedPeople } from '#core/sync/named-people.ts';
import { may, type Standing } from '#core/sync/policy.ts';
import { headlineOf } from '#core/sync/review.ts';
import { standingOf } from '#server/store/standing-of.ts';
import type { Context } from '#server/context.ts';
import { seenArticle } from '#server/facts/seen-article.ts';
import { fileName, type ExportedFile } from '#server/library/export.ts';
import { countsFor } from '#server/store/counts.ts';

/** A page ends with the article that fills it, or when this many articles were looked through. */
const factsOfPage = 100;
const articlesOfPage = 30;

export interface AskedFacts {
  /** One group of the line in words. */
  state?: FactGroup | undefined;
  /** Words of the fact, of what to check, or of the headline. */
  q?: string | undefined;
  article?: string | undefined;
  /** Where the page before ended. */
  after?: string | undefined;
}

interface Open {
  id: string;
  language: string;
  standing: Standing;
  /** Its place in the list. */
  key: string;
}

/** The articles with facts for this person, the newest first; an article keeps its place while it is worked on. */
async function articlesOf(context: Context, person: Person): Promise<Open[]> {
  const [rows, memberships] = await Promise.all([
    context.store.listArticles(),
    context.store.membershipsOf(person.id),
  ]);
  return rows
    .flatMap((row): Open[] => {
      const standing = standingOf(person, row, memberships, context.now());
      if (!may(standing, 'read')) return [];
      const reader = { id: person.id, role: standing.role };
      // The numbers of the article are those of its head.
      if (!standing.pin && countsFor(reader, row.counts).facts === 0) return [];
      const { id, language, createdAt } = row;
      return [{ id, language, standing, key: `${createdAt}~${id}` }];
    })
    .toSorted((a, b) => (a.key < b.key ? 1 : -1));
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

/** One page of the facts. */
export async function listFacts(
  context: Context,
  person: Person,
  { state, q = '', article, after }: AskedFacts,
): Promise<FactsAnswer> {
  const all = await articlesOf(context, person);
  const left = all.filter(
    ({ id, key }) =>
      (article === undefined || id === article) && (after === undefined || key < after),
  );
  const names = new Map((await context.store.people()).map((one) => [one.id, one.name]));
  const wanted = folded(q.trim());
  const found: FactsAnswer['articles'] = [];
  let count = 0;
  let seen = 0;
  for (const { id, language, standing } of left) {
    if (count >= factsOfPage || seen >= articlesOfPage) break;
    seen += 1;
    const opened = await seenArticle(context, standing, id);
    if (!opened) continue;
    const { review, facts } = opened;
    const headline = headlineOf(review.doc);
    const titles = new Map(facts.sources.map((source) => [source.id, source.title]));
    const listed = factLines(review, filesById(facts))
      .filter((line) => state === undefined || inGroup(line.state, state))
      .filter(({ words, claim }) =>
        [words, claim?.text ?? '', claim?.check ?? '', headline].some((text) =>
          folded(text).includes(wanted),
        ),
      )
      .map((line) => listedFact(line, id, titles, names));
    if (listed.length > 0) found.push({ id, headline, language, facts: listed });
    count += listed.length;
  }
  return { articles: found, next: seen < left.length ? (left[seen - 1]?.key ?? null) : null };
}

function listedFact(
  { id, words, claim, state, place, citations }: FactLine,
  articleId: string,
  titles: ReadonlyMap<string, string>,
  names: ReadonlyMap<string, string>,
): ListedFact {
  const { word, check } = state;
  return {
    id,
    articleId,
    words,
    check: claim?.check ?? '',
    type: claim?.type ?? null,
    word,
    again: asksAgain(state),
    place,
    sources: [...new Set(citations.map(({ sourceId }) => titles.get(sourceId) ?? ''))],
    checker: check ? (names.get(check.by) ?? check.by) : null,
    at: check?.at ?? null,
  };
}

/** Writes the log of an article's facts as CSV; an entry of the audit says who took it. */
export async function exportFactLog(
  context: Context,
  person: Person,
  asked: { articleId: string; bom: boolean },
): Promise<ExportedFile> {
  const { articleId, bom } = asked;
  const standing = await context.standings.of(person.id, articleId);
  if (!standing || !may(standing, 'export')) throw new RefusalError('ARTICLE_UNKNOWN');
  const opened = await seenArticle(context, standing, articleId);
  if (!opened) throw new RefusalError('ARTICLE_UNKNOWN');
  const { review, facts } = opened;
  const everybody = new Map((await context.store.people()).map((one) => [one.id, one]));
  const people = namedPeople(review, everybody, peopleOfFacts(facts));
  await context.store.audit({
    at: context.now(),
    userId: person.id,
    action: 'article.export',
    articleId,
    detail: { format: 'facts.csv', rev: review.rev },
  });
  return {
    name: fileName(headlineOf(review.doc), 'facts', 'csv'),
    type: 'text/csv; charset=utf-8',
    content: writeFactLog({ ...review, people }, facts, { bom }),
  };
}
