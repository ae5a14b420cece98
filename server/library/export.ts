/** A copy of an article to take away, as far as the reader may see it. */
import type { Person } from '#core/annotate/annotation.ts';
import { peopleOfFacts } from '#core/facts/seen-facts.ts';
import { notClearedNotice } from '#core/formats/not-cleared.ts';
import { writeDocx } from '#core/formats/docx/write-docx.ts';
import type { CopyOptions } from '#core/formats/reading-copy.ts';
import { views, type View } from '#core/formats/view.ts';
import { writeHtml } from '#core/formats/write-html.ts';
import { writeJson } from '#core/formats/write-json.ts';
import { writeMarkdown } from '#core/formats/write-markdown.ts';
import { writeText } from '#core/formats/write-text.ts';
import { RefusalError } from '#core/sync/error.ts';
import { may } from '#core/sync/policy.ts';
import { namedPeople } from '#core/sync/named-people.ts';
import { headlineOf, type Review } from '#core/sync/review.ts';
import type { Context } from '#server/context.ts';
import { seenArticle } from '#server/facts/seen-article.ts';

/** A finished file. */
export interface ExportedFile {
  name: string;
  /** Its media type, with the character set of a text. */
  type: string;
  content: string | Uint8Array;
}

type Write = (review: Review, options: CopyOptions) => Pick<ExportedFile, 'content'>;

const reading: Record<string, [type: string, write: Write]> = {
  docx: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', writeDocx],
  html: ['text/html; charset=utf-8', writeHtml],
  md: ['text/markdown; charset=utf-8', writeMarkdown],
  txt: ['text/plain; charset=utf-8', writeText],
};

const viewWords: Record<View, string> = {
  original: 'as filed',
  accepted: 'as edited',
  marked: 'marked',
};

/** A file name that every system takes: the headline's words, the view, the ending. */
export function fileName(headline: string, what: string, format: string): string {
  const words = headline
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}/\\:*?"<>|]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/^[\s.]+/u, '')
    .trim();
  const short = [...words].slice(0, 80).join('').trim();
  return `${short === '' ? 'Untitled' : short} (${what}).${format}`;
}

/** Writes a copy. The lossless JSON has no view: it holds everything its reader may see. */
export async function exportArticle(
  context: Context,
  person: Person,
  asked: { articleId: string; format: string; view: string },
): Promise<ExportedFile> {
  const { articleId, format } = asked;
  const view = views.find((known) => known === asked.view);
  const isKnown = format === 'json' || Object.hasOwn(reading, format);
  if (!isKnown || view === undefined) throw new RefusalError('FORMAT_UNKNOWN');
  const standing = await context.standings.of(person.id, articleId);
  if (!standing || !may(standing, 'export')) throw new RefusalError('ARTICLE_UNKNOWN');
  const opened = await seenArticle(context, { id: person.id, role: standing.role }, articleId);
  if (!opened) throw new RefusalError('ARTICLE_UNKNOWN');
  const everybody = new Map((await context.store.people()).map((one) => [one.id, one]));
  const { review: seen, facts } = opened;
  const people = namedPeople(seen, everybody, peopleOfFacts(facts));
  const review = { ...seen, people, article: { ...seen.article, stage: standing.stage } };
  const detail = { format, view, rev: review.rev };
  const userId = person.id;
  await context.store.audit({
    at: context.now(),
    userId,
    action: 'article.export',
    articleId,
    detail,
  });
  const headline = headlineOf(review.doc);
  const [type, write] = reading[format] ?? [];
  if (!type || !write) {
    const name = fileName(headline, `version ${review.rev}`, format);
    return { name, type: 'application/json; charset=utf-8', content: writeJson(review, facts) };
  }
  const { content } = write(review, { view, notice: notClearedNotice(review), facts });
  const name = fileName(headline, viewWords[view], format);
  return { name, type, content };
}
