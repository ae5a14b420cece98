/** The library's list and its search as SQL. Rights come from core's policy as parameters; the words are first looked for by
 *  their grams, through the index, and then in the text itself, in the order of the list and no further than the page. */
import { sees } from '#core/annotate/audience.ts';
import type { Database } from '#server/store/client.ts';
import type { Statement } from '#server/store/append.ts';
import { articleOf, type ArticleColumns } from '#server/store/article-row.ts';
import {
  houseMay,
  lasting,
  never,
  pinnedIds,
  placeOf,
  readerOf,
  readPlace,
  type ListAsked,
  type ListedArticles,
} from '#server/store/list-query.ts';
import type { Search } from '#server/store/search.ts';
import { seenBy, seenByRole } from '#server/store/seen-by-role.ts';
import type { ArticleRow } from '#server/store/store.ts';
import { gramsFor, holds, searchTerms } from '#server/store/search-words.ts';

const columns = [
  'id',
  'headline',
  'language',
  'stage',
  'restricted',
  'writerId',
  'deadline',
  'sourceName',
  'rev',
  'counts',
  'createdAt',
  'updatedAt',
]
  .map((name) => `a."${name}"`)
  .join(', ');

const order = `deadline NULLS LAST, "updatedAt" DESC, id`;

/** Parameters in the order they were given, named by their place. */
class Values {
  readonly list: unknown[] = [];
  add(value: unknown): string {
    this.list.push(value);
    return `$${this.list.length}`;
  }
}

/** What an article must be to stand on the page, words aside. */
function conditions(asked: ListAsked, values: Values): string {
  const { person, stage, only, after } = asked;
  const parts: string[] = [];
  const open = houseMay(asked, 'read', false);
  const closed = houseMay(asked, 'read', true);
  if (!(open && closed)) {
    const own = values.add(lasting(asked).map(({ articleId }) => articleId));
    const ways = [`a.id = ANY(${own})`, `a."writerId" = ${values.add(person.id)}`];
    if (open) ways.push('NOT a.restricted');
    parts.push(`(${ways.join(' OR ')})`);
  }
  const pinned = pinnedIds(asked);
  if (pinned.length > 0) parts.push(`a.id <> ALL(${values.add(pinned)})`);
  if (stage !== null) parts.push(`a.stage = ${values.add(stage)}`);
  if (only !== null) parts.push(`a.id = ANY(${values.add(only)})`);
  const place = after === null ? null : readPlace(after);
  if (place) {
    const due = `coalesce(a.deadline, '${never}')`;
    const wanted = `${values.add(place.deadline ?? never)}::timestamptz`;
    const changed = `${values.add(place.updatedAt)}::timestamptz`;
    const id = values.add(place.id);
    parts.push(`(${due} > ${wanted} OR (${due} = ${wanted} AND (a."updatedAt" < ${changed}
      OR (a."updatedAt" = ${changed} AND a.id > ${id}))))`);
  }
  return parts.length === 0 ? 'true' : parts.join(' AND ');
}

/** Is a row of SearchText, called `s`, one that this person may see? */
function isSeen(asked: ListAsked, values: Values): string {
  const { person } = asked;
  const members = lasting(asked);
  const house = seenBy.filter(({ role }) => role === person.role).map(({ audience }) => audience);
  const named = `(s.audience LIKE '{%' AND s.audience::jsonb -> 'people' ? ${values.add(person.id)})`;
  if (members.length === 0) return `(s.audience = ANY(${values.add(house)}) OR ${named})`;
  const ids = values.add(members.map(({ articleId }) => articleId));
  const own = values.add(members.map(({ role }) => role));
  const role = `coalesce((SELECT m.role FROM unnest(${ids}::text[], ${own}::text[]) AS m(id, role) WHERE m.id = s."articleId"),
    ${values.add(person.role)})`;
  const pairs = values.add(seenByRole);
  return `(${role} || ' ' || s.audience = ANY(${pairs}) OR ${named})`;
}

/** Do the texts of a row of SearchText, called `s`, hold all terms? */
const held = (terms: readonly string[], values: Values): string =>
  terms.map((term) => `strpos(s.text, ${values.add(term)}) > 0`).join(' AND ');

/** The articles that were not gathered yet, and those of them that hold the words. */
interface Recent {
  hits: string[];
  all: string[];
}

/** The articles that were not gathered yet and hold the terms where this person may see it. */
async function recentHits(
  search: Search,
  db: Database,
  asked: ListAsked,
  terms: readonly string[],
): Promise<Recent> {
  const recent = await search.notGathered();
  const all = recent.map(({ id }) => id);
  const candidates = recent.filter(({ parts }) => parts.some(({ text }) => holds(text, terms)));
  if (candidates.length === 0) return { hits: [], all };
  const rows = await db.prisma.article.findMany({
    where: { id: { in: candidates.map(({ id }) => id) } },
    select: { id: true, stage: true, restricted: true, writerId: true },
  });
  const readers = new Map(
    rows.map(({ writerId, ...row }) => [
      row.id,
      readerOf(asked, {
        ...(row as typeof row & { stage: 'desk' }),
        ...(writerId === null ? {} : { writerId }),
      }),
    ]),
  );
  const hits = candidates.filter(({ id, parts }) => {
    const reader = readers.get(id);
    return (
      reader && parts.some(({ audience, text }) => sees(reader, audience) && holds(text, terms))
    );
  });
  return { hits: hits.map(({ id }) => id), all };
}

/** Every article, oldest first. Past Prisma, which takes twice as long for ten thousand. */
export async function allArticles({ pool }: Database): Promise<ArticleRow[]> {
  const sql = `SELECT ${columns} FROM "Article" a ORDER BY "createdAt", id`;
  return (await pool.query<ArticleColumns>(sql)).rows.map(articleOf);
}

/** How many articles are looked into, in the order of the list, before the index is asked: words that many articles hold fill
 *  the page there and then, and for them the index would give most of the library. */
const walked = 150;

/** The statement that walks along the list and looks into each text. */
function walk(asked: ListAsked, terms: readonly string[], { hits, all }: Recent): Statement {
  const values = new Values();
  const sql = `SELECT ${columns} FROM (
      SELECT a.* FROM "Article" a WHERE ${conditions(asked, values)} ORDER BY ${order} LIMIT ${walked}
    ) a WHERE a.id = ANY(${values.add(hits)}) OR EXISTS (SELECT 1 FROM "SearchText" s
      WHERE s."articleId" = a.id AND a.id <> ALL(${values.add(all)}) AND ${isSeen(asked, values)}
        AND ${held(terms, values)})
    ORDER BY ${order} LIMIT ${values.add(asked.limit + 1)}`;
  return { sql, values: values.list };
}

/** The statement that takes the candidates from the index. The subquery is sorted before the texts are opened, and the limit
 *  stops the opening. */
function throughIndex(
  asked: ListAsked,
  terms: readonly string[],
  { hits, all }: Recent,
): Statement {
  const values = new Values();
  const sql = `SELECT ${columns} FROM (
      SELECT a.id, a.deadline, a."updatedAt", f.audiences FROM (
        SELECT s."articleId", array_agg(s.audience) AS audiences FROM "SearchText" s
        WHERE s.grams @> ${values.add(gramsFor(terms))}::int[] AND ${isSeen(asked, values)}
          AND s."articleId" <> ALL(${values.add(all)})
        GROUP BY s."articleId"
        UNION ALL SELECT id, NULL FROM unnest(${values.add(hits)}::text[]) AS hit(id)
      ) f JOIN "Article" a ON a.id = f."articleId"
      WHERE ${conditions(asked, values)} ORDER BY ${order} OFFSET 0
    ) c JOIN "Article" a ON a.id = c.id
    WHERE c.audiences IS NULL OR EXISTS (SELECT 1 FROM "SearchText" s
      WHERE s."articleId" = c.id AND s.audience = ANY(c.audiences) AND ${held(terms, values)})
    ORDER BY c.deadline NULLS LAST, c."updatedAt" DESC, c.id LIMIT ${values.add(asked.limit + 1)}`;
  return { sql, values: values.list };
}

/** Does the list go on behind what was walked along? */
async function isLonger(db: Database, asked: ListAsked): Promise<boolean> {
  const values = new Values();
  const sql = `SELECT 1 FROM "Article" a WHERE ${conditions(asked, values)} OFFSET ${walked} LIMIT 1`;
  return (await db.pool.query(sql, values.list)).rows.length > 0;
}

function plainList(asked: ListAsked): Statement {
  const values = new Values();
  const sql = `SELECT ${columns} FROM "Article" a WHERE ${conditions(asked, values)}
    ORDER BY ${order} LIMIT ${values.add(asked.limit + 1)}`;
  return { sql, values: values.list };
}

/** A page of the library. */
export async function listArticles(
  db: Database,
  search: Search,
  asked: ListAsked,
): Promise<ListedArticles> {
  const rowsOf = async ({ sql, values }: Statement): Promise<ArticleColumns[]> =>
    (await db.pool.query<ArticleColumns>(sql, values)).rows;
  const terms = searchTerms(asked.words);
  let rows: ArticleColumns[];
  if (asked.words.trim() === '') rows = await rowsOf(plainList(asked));
  else if (terms.length === 0) rows = [];
  else {
    const recent = await recentHits(search, db, asked, terms);
    rows = await rowsOf(walk(asked, terms, recent));
    // Whoever may read a few articles has seen them all by now.
    if (rows.length <= asked.limit && (await isLonger(db, asked)))
      rows = await rowsOf(throughIndex(asked, terms, recent));
  }
  const page = rows.slice(0, asked.limit).map(articleOf);
  const last = page.at(-1);
  return { rows: page, next: rows.length > asked.limit && last ? placeOf(last) : null };
}
