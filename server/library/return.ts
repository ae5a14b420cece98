/** A file that was sent out comes back: looked at beside the article as it stands, and then written through its room like
 *  everything else. */
import type { StepMap } from 'prosemirror-transform';
import { Step } from 'prosemirror-transform';
import { Node } from 'prosemirror-model';
import type { Person } from '#core/annotate/annotation.ts';
import { schema } from '#core/article/schema.ts';
import type { Assets } from '#core/formats/assets/asset.ts';
import type { WayBack } from '#core/formats/docx/read-way-back.ts';
import { usualAudience } from '#core/formats/import/audiences.ts';
import { planReturn, type Plan } from '#core/formats/return/plan.ts';
import type { ReturnOffer, ReturnPreview } from '#core/formats/return/return-plan.ts';
import type { TextChanges } from '#core/formats/return/text-changes.ts';
import { compareTexts } from '#core/sync/compare.ts';
import { RefusalError } from '#core/sync/error.ts';
import { may, type Standing } from '#core/sync/policy.ts';
import { projectReview } from '#core/sync/project.ts';
import { headlineOf, reviewFromJson, reviewToJson, type Review } from '#core/sync/review.ts';
import type { Commit } from '#core/sync/commit.ts';
import type { Context } from '#server/context.ts';
import { entered, wholeReviewAt } from '#server/review/entered.ts';
import type { Room } from '#server/review/room.ts';

/** A file, and the article it is brought into where that is known before the file is read. */
export interface AskedReturn {
  bytes: Uint8Array;
  name: string;
  articleId?: string | undefined;
}

/** A file that belongs here, with everything it is compared with. */
export interface Returned {
  room: Room;
  standing: Standing;
  wayBack: WayBack;
  base: Review;
  /** The head that the plan was made for, as the person may see it. */
  head: Review;
  plan: Plan;
  changes: TextChanges;
  /** The pictures that the file was not sent with. */
  pictures: Assets;
}

const pageOf = 1000;

/** The commits after a revision, all of them. */
export async function commitsSince(
  context: Context,
  articleId: string,
  after: number,
  upTo: number,
): Promise<Commit[]> {
  const commits: Commit[] = [];
  while (after + commits.length < upTo) {
    const at = after + commits.length;
    const more = await context.store.commits(articleId, at, Math.min(pageOf, upTo - at));
    if (more.length === 0) throw new RefusalError('FILE_REV_UNKNOWN');
    commits.push(...more);
  }
  return commits;
}

/** The maps of the steps of a commit. */
export const mapsOf = ({ steps }: Commit): StepMap[] =>
  steps.map((json) => Step.fromJSON(schema, json).getMap());

async function sender(context: Context, person: Person, bytes: Uint8Array): Promise<WayBack> {
  const { wayBack } = await context.converter.returned(
    { bytes, now: context.now(), base: null },
    person.id,
  );
  if (!wayBack) throw new RefusalError('FILE_NOT_SENT');
  return wayBack;
}

async function place(
  context: Context,
  person: Person,
  articleId: string,
): Promise<{ room: Room; standing: Standing }> {
  if (!/^[\w-]{1,80}$/.test(articleId)) throw new RefusalError('FILE_OF_ANOTHER');
  try {
    return await entered(context, person, articleId);
  } catch (error) {
    if (error instanceof RefusalError) throw new RefusalError('FILE_OF_ANOTHER');
    throw error;
  }
}

/** Says which article a file can be brought back into; null if none. */
export async function offerReturn(
  context: Context,
  person: Person,
  bytes: Uint8Array,
): Promise<ReturnOffer | null> {
  try {
    const { article } = await sender(context, person, bytes);
    const { room, standing } = await place(context, person, article.id);
    if (!may(standing, 'comment') || article.rev > room.review.rev) return null;
    return { articleId: article.id, headline: headlineOf(room.review.doc), rev: article.rev };
  } catch (error) {
    if (error instanceof RefusalError) return null;
    throw error;
  }
}

/** Reads a file and compares it with its article. */
export async function readBack(
  context: Context,
  person: Person,
  { bytes, articleId }: AskedReturn,
): Promise<Returned> {
  const { article } = await sender(context, person, bytes);
  if (articleId !== undefined && articleId !== article.id)
    throw new RefusalError('FILE_OF_ANOTHER');
  const { room, standing } = await place(context, person, article.id);
  if (!may(standing, 'comment')) throw new RefusalError('READ_ONLY');
  const { rev } = article;
  if (!Number.isInteger(rev) || rev < 0 || rev > room.review.rev)
    throw new RefusalError('FILE_REV_UNKNOWN');
  const base = await wholeReviewAt(context, room, rev);
  // The room may not know yet who came with an earlier file.
  const people = await context.store.people();
  const read = await context.converter.returned(
    { bytes, now: context.now(), base: { ...reviewToJson(base), people } },
    person.id,
  );
  const { wayBack, file } = read;
  if (!wayBack || !file) throw new RefusalError('FILE_NOT_SENT');
  const whole = room.review;
  const commits = await commitsSince(context, article.id, rev, whole.rev);
  const head = projectReview(whole, { id: person.id, role: standing.role });
  const review = reviewFromJson(file.review);
  const imported = {
    review,
    flags: [],
    restoreBefore: [],
    guesses: [],
    labels: new Map(),
    warnings: [],
    sources: file.sources,
    assets: new Map(),
  };
  const plan = planReturn({
    file: { imported, wayBack, comments: file.comments },
    wayBack,
    base: base.doc,
    sent: Node.fromJSON(schema, file.sent),
    head,
    maps: commits.flatMap(mapsOf).map((map) => ({ map, own: false })),
    mayDecide: may(standing, 'decide'),
    maySuggest: may(standing, 'suggest'),
  });
  const { pictures } = file;
  return { room, standing, wayBack, base, head, plan, changes: plan.changes, pictures };
}

/** Shows what a file brings. Nothing is written. */
export async function previewReturn(
  context: Context,
  person: Person,
  asked: AskedReturn,
): Promise<ReturnPreview> {
  const { standing, base, head, plan } = await readBack(context, person, asked);
  const reader = { id: person.id, role: standing.role };
  const usual = usualAudience(reader);
  const then = projectReview(base, reader);
  const compared = compareTexts(base.doc, head.doc, 'accepted');
  const replies = ({ comments, occurrences, suggestions }: Review): number =>
    [...comments.values(), ...occurrences.values(), ...suggestions.values()].reduce(
      (sum, note) => sum + note.replies.length,
      0,
    );
  const decided = ({ suggestions }: Review): number =>
    [...suggestions.values()].filter(({ status }) => status !== 'pending').length;
  return {
    article: {
      id: head.article.id,
      headline: headlineOf(head.doc),
      language: head.article.language,
    },
    name: asked.name,
    items: [...plan.text, ...plan.decisions, ...plan.comments].map(({ item }) => item),
    since: {
      rev: base.rev,
      head: head.rev,
      blocks: compared.blocks.filter(({ change }) => change !== 'kept'),
      comments: head.comments.size - then.comments.size,
      replies: Math.max(0, replies(head) - replies(then)),
      decisions: Math.max(0, decided(head) - decided(then)),
      suggestions: head.suggestions.size - then.suggestions.size,
    },
    hidden: plan.hidden,
    audience: usual,
    mayChoose: usual === 'desk',
    may: {
      suggest: may(standing, 'suggest'),
      decide: may(standing, 'decide'),
      comment: may(standing, 'comment'),
    },
  };
}
