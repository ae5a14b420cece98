/** The words of the library, gathered for its search. They follow from the articles and their notes, and are gathered when an
 *  article has been left in peace for a while: nobody who types waits for it. What was not gathered yet is read as it stands. */
import type { Audience } from '#core/annotate/audience.ts';
import { headlineOf, type Review } from '#core/sync/review.ts';
import type { Database } from '#server/store/client.ts';
import { cleanJson } from '#server/store/rows.ts';
import { fold, gramsOf } from '#server/store/search-words.ts';
import type { Texts } from '#server/store/texts.ts';

/** The words of an article that one audience may see, folded. */
export interface SearchPart {
  audience: Audience;
  text: string;
}

interface Words {
  audience: Audience;
  text: string;
}

/** One part for each audience; the first is for everybody, and begins with the headline and the text. */
function partsFrom(text: string, notes: readonly Words[]): SearchPart[] {
  const byAudience = new Map<string, { audience: Audience; texts: string[] }>([
    ['"all"', { audience: 'all', texts: [text] }],
  ]);
  for (const note of notes) {
    const key = JSON.stringify(note.audience);
    const part = byAudience.get(key) ?? { audience: note.audience, texts: [] };
    part.texts.push(note.text);
    byAudience.set(key, part);
  }
  return [...byAudience.values()].map((part) => ({
    audience: part.audience,
    text: fold(part.texts.join('\n')),
  }));
}

/** The parts of a review. `text` is what `searchText` gives for its document. */
export function partsOf(review: Review, text: string): SearchPart[] {
  const notes: Words[] = [];
  const threads = [
    ...[...review.comments.values()].filter(({ status }) => status !== 'deleted'),
    ...[...review.suggestions.values()].map((row) => ({ ...row, text: row.reason })),
    ...[...review.occurrences.values()]
      .filter(({ status }) => status !== 'deleted')
      .map((row) => {
        const claim = review.claims.get(row.claimId);
        return { ...row, text: claim ? `${claim.text}\n${claim.check}` : '' };
      }),
  ];
  for (const { audience, text: own, replies } of threads)
    for (const words of [own, ...replies.map((reply) => reply.text)])
      notes.push({ audience, text: words });
  return partsFrom(`${headlineOf(review.doc)}\n${text}`, notes);
}

/** The notes of articles, each with who may see it. Those of a deleted thread are not among them. */
const notesOf = `
  SELECT c."articleId", c.audience, c.text FROM "Comment" c
    WHERE c."articleId" = ANY($1) AND c.status <> 'deleted'
  UNION ALL SELECT s."articleId", s.audience, s.reason FROM "Suggestion" s
    WHERE s."articleId" = ANY($1) AND s.reason <> ''
  UNION ALL SELECT o."articleId", o.audience, k.text || E'\\n' || k."check" FROM "Occurrence" o
    JOIN "Claim" k ON k.id = o."claimId"
    WHERE o."articleId" = ANY($1) AND o.status <> 'deleted'
  UNION ALL SELECT r."articleId", r.audience, r.text FROM "Reply" r
    WHERE r."articleId" = ANY($1)
      AND NOT EXISTS (SELECT 1 FROM "Comment" c
        WHERE c."articleId" = r."articleId" AND c.id = r."annotationId" AND c.status = 'deleted')
      AND NOT EXISTS (SELECT 1 FROM "Occurrence" o
        WHERE o."articleId" = r."articleId" AND o.id = r."annotationId" AND o.status = 'deleted')`;

interface Gathered {
  id: string;
  /** The revision of the text; the notes are of that one or a later one. */
  rev: number;
  searchRev: number | null;
  parts: SearchPart[];
}

/** How many articles are read at once. */
const portion = 100;

export class Search {
  private readonly db: Database;
  private readonly texts: Texts;

  constructor(database: Database, texts: Texts) {
    this.db = database;
    this.texts = texts;
  }

  /** The articles whose words have changed since they were gathered, those changed first before the others. */
  private async stale(before: Date | null, limit: number): Promise<string[]> {
    const { rows } = await this.db.pool.query<{ id: string }>(
      `SELECT id FROM "Article" WHERE ("searchRev" IS NULL OR "searchRev" < rev)
         AND ($1::timestamptz IS NULL OR "updatedAt" < $1) ORDER BY "updatedAt" LIMIT $2`,
      [before, limit],
    );
    return rows.map(({ id }) => id);
  }

  private async gather(ids: readonly string[]): Promise<Gathered[]> {
    // The revision is read no later than the words: what comes between is gathered again.
    const articles = await this.db.pool.query<{
      id: string;
      rev: number;
      searchRev: number | null;
      headline: string;
      text: string;
    }>(
      `SELECT id, "textRev" AS rev, "searchRev", headline, text FROM "Article" WHERE id = ANY($1)`,
      [ids],
    );
    // Before the notes are read, so that they are no older than this.
    const newest = articles.rows.map(({ id, rev, text, headline, ...row }) => {
      const left = this.texts.of(id);
      const known = left && left.rev > rev ? left : { rev, text };
      return { id, rev: known.rev, words: `${headline}\n${known.text}`, ...row };
    });
    const notes = await this.db.pool.query<Words & { articleId: string }>(notesOf, [ids]);
    const byArticle = new Map<string, Words[]>();
    for (const { articleId, ...note } of notes.rows) {
      const list = byArticle.get(articleId) ?? [];
      list.push(note);
      byArticle.set(articleId, list);
    }
    return newest.map(({ words, ...row }) => ({
      ...row,
      parts: partsFrom(words, byArticle.get(row.id) ?? []),
    }));
  }

  /** What stands in the articles whose words were not gathered yet. */
  async notGathered(): Promise<{ id: string; parts: SearchPart[] }[]> {
    const ids = await this.stale(null, 1_000_000);
    const found: Gathered[] = [];
    for (let i = 0; i < ids.length; i += portion)
      found.push(...(await this.gather(ids.slice(i, i + portion))));
    return found;
  }

  /** The articles among these whose text nobody has written: their process was killed before it could, or was of an older Galley. */
  private async unwritten(ids: readonly string[]): Promise<string[]> {
    const { rows } = await this.db.pool.query<{ id: string }>(
      `SELECT id FROM "Article" WHERE id = ANY($1) AND "textRev" < rev`,
      [ids],
    );
    return rows.map(({ id }) => id);
  }

  /** Gathers the words of articles that have not changed since `before` (null: of all), at most `limit`; gives how many there were. */
  async refresh(before: Date | null, limit: number): Promise<number> {
    await this.texts.keep();
    const ids = await this.stale(before, limit);
    for (const id of await this.unwritten(ids)) await this.texts.remake(id);
    for (let i = 0; i < ids.length; i += portion)
      for (const article of await this.gather(ids.slice(i, i + portion))) await this.put(article);
    return ids.length;
  }

  /** Writes the words of one article, unless another server was quicker. */
  private async put({ id, rev, searchRev, parts }: Gathered): Promise<void> {
    const rows = parts.map(({ audience, text }) => ({
      audience: JSON.stringify(audience),
      text,
      grams: gramsOf(text),
    }));
    await this.db.pool.query(
      `WITH mark AS (
         UPDATE "Article" SET "searchRev" = $3 WHERE id = $1 AND "searchRev" IS NOT DISTINCT FROM $4 RETURNING id
       ), parts AS (
         SELECT mark.id, r.* FROM mark, jsonb_to_recordset($2::jsonb) AS r(audience text, text text, grams int[])
       ), gone AS (
         DELETE FROM "SearchText" s USING mark
         WHERE s."articleId" = mark.id AND s.audience NOT IN (SELECT audience FROM parts)
       )
       INSERT INTO "SearchText" ("articleId", audience, text, grams)
       SELECT id, audience, text, grams FROM parts
       ON CONFLICT ("articleId", audience) DO UPDATE SET text = EXCLUDED.text, grams = EXCLUDED.grams
         WHERE "SearchText".text <> EXCLUDED.text`,
      [id, cleanJson(rows), rev, searchRev],
    );
  }
}
