/** What a person can do with a revision: give it a name, and bring its text back as a new commit. */
import type { Person } from '#core/annotate/annotation.ts';
import type { StepJson } from '#core/sync/commit.ts';
import { RefusalError } from '#core/sync/error.ts';
import { restoringClient, type RestoreAnswer, type Version } from '#core/sync/history.ts';
import { may, refusesSteps, type Standing } from '#core/sync/policy.ts';
import { restored, restoreSteps } from '#core/sync/restore.ts';
import type { Context } from '#server/context.ts';
import { entered, wholeReviewAt } from '#server/review/entered.ts';

/** Whoever gave a version its name may change it, and so may those who moderate. */
export const mayRename = (standing: Standing, { by }: Version): boolean =>
  may(standing, 'moderate') || (by === standing.userId && may(standing, 'comment'));

/** Gives a revision a name. One revision may have several. */
export async function nameVersion(
  context: Context,
  person: Person,
  articleId: string,
  { rev, name }: { rev: number; name: string },
): Promise<Version> {
  const { room, standing } = await entered(context, person, articleId);
  if (!may(standing, 'comment')) throw new RefusalError('READ_ONLY');
  if (rev > room.review.rev) throw new RefusalError('NOT_FOUND');
  const { newId, now, store, versions } = context;
  const version: Version = { id: newId(), rev, name, by: person.id, at: now() };
  await versions.add(articleId, version);
  const { id, at } = version;
  const detail = { id, rev, name };
  await store.audit({ at, userId: person.id, action: 'version.name', articleId, detail });
  return version;
}

/** Gives a named version another name; revision, who named it and when stay. The audit keeps what it was called. */
export async function renameVersion(
  context: Context,
  person: Person,
  articleId: string,
  { id, name }: { id: string; name: string },
): Promise<Version> {
  const { standing } = await entered(context, person, articleId);
  const { now, store, versions } = context;
  const version = await versions.one(articleId, id);
  if (!version) throw new RefusalError('NOT_FOUND');
  if (!mayRename(standing, version)) throw new RefusalError('FORBIDDEN');
  const was = version.name;
  if (was === name) return version;
  // Two who rename at once: the second learns that the first was quicker.
  if (!(await versions.rename(id, was, name))) throw new RefusalError('NOT_FOUND');
  const detail = { id, rev: version.rev, was, name };
  await store.audit({ at: now(), userId: person.id, action: 'version.rename', articleId, detail });
  return { ...version, name };
}

/** Brings the text of a revision back (docs/decisions/0008-restoring.md). It goes through the room like any other edit: what
 *  others commit in the same moment is rebased over, never lost. */
export async function restoreRevision(
  context: Context,
  person: Person,
  articleId: string,
  rev: number,
): Promise<RestoreAnswer> {
  const { room, standing } = await entered(context, person, articleId);
  const no = refusesSteps(standing, 'edit');
  if (no) throw new RefusalError(no);
  const then = await wholeReviewAt(context, room, rev);
  // From here to the queue nothing is waited for, so that the steps are those of the head.
  const head = room.review;
  const steps = restoreSteps(head.doc, restored(head.doc, then.doc), person.id);
  if (steps.length === 0) return { rev: head.rev, changed: false };
  const answer = await room.commit(
    {
      clientId: restoringClient(rev, context.newId()),
      seq: 1,
      base: head.rev,
      intent: 'edit',
      steps: steps.map((step) => step.toJSON() as StepJson),
      ops: [],
    },
    standing,
  );
  if (!answer.ok) throw new RefusalError(answer.code);
  await context.store.audit({
    at: context.now(),
    userId: person.id,
    action: 'article.restore',
    articleId,
    detail: { restored: rev, rev: answer.rev },
  });
  return { rev: answer.rev, changed: true };
}
