/** Judges one commit against the head and gives the row the log will hold. Throws RefusalError when it may not be; changes nothing itself. */
import { Mapping, Step, type StepMap } from 'prosemirror-transform';
import type { Node } from 'prosemirror-model';
import { schema } from '#core/article/schema.ts';
import { coveredBySuggestions } from '#core/annotate/settle.ts';
import type { Op } from '#core/annotate/op.ts';
import { guardSuggest } from '#core/suggest/guard.ts';
import type { AskedCommit, Commit, StepJson } from '#core/sync/commit.ts';
import { RefusalError, type ErrorCode } from '#core/sync/error.ts';
import { may, refusesSteps, type Standing } from '#core/sync/policy.ts';
import { rebase, type Rebased } from '#core/sync/rebase.ts';
import { applyChange, type Review } from '#core/sync/review.ts';
import { touchedStet } from '#core/sync/stet.ts';
import { buildDecision, type DecisionSources } from '#server/review/decision.ts';
import { renameDecided } from '#server/review/late-parts.ts';
import { settleOps } from '#server/review/settle-ops.ts';

export interface PrepareContext extends DecisionSources {
  /** The maps of all commits after the commit's base. */
  foreign: readonly StepMap[];
  at: string;
}

/** A commit that may be stored: its row, the review after it, and the maps of its steps. */
export interface Prepared {
  commit: Commit;
  review: Review;
  maps: StepMap[];
}

const maxDocumentSize = 2_000_000;

const refuse = (code: ErrorCode): never => {
  throw new RefusalError(code);
};

function readSteps(
  asked: AskedCommit,
  head: Review,
  author: string,
): { steps: Step[]; late: Op[]; remainders: ReadonlyMap<string, string> } {
  const undo = asked.intent === 'undo';
  const { json, opened, remainders } = renameDecided(asked.steps, head, author, undo);
  try {
    const steps = json.map((step) => Step.fromJSON(schema, step));
    return { steps, late: opened, remainders };
  } catch (error) {
    if (error instanceof Error) return refuse('BAD_MESSAGE');
    throw error;
  }
}

/** Checks the blocks that changed: attributes and marks of hostile slices are not validated when a step is read. */
function checkTouched(before: Node, after: Node): void {
  const known = new Set<Node>();
  before.forEach((block) => known.add(block));
  after.forEach((block) => {
    if (!known.has(block)) block.check();
  });
}

/** True for ids of the author's own: opened in this commit or before, or derived from such a one when a step was adapted
 *  (`…d`, a removal that became a suggestion) or made unique (`…~`). */
function ownsId(head: Review, opened: ReadonlySet<string>, author: string, id: string): boolean {
  if (opened.has(id) || head.suggestions.get(id)?.by === author) return true;
  return /[d~]$/.test(id) && ownsId(head, opened, author, id.slice(0, -1));
}

/** True when `part` can be had from `whole` by leaving characters out. */
function isWithin(part: string, whole: string): boolean {
  let at = 0;
  for (const unit of part) {
    at = whole.indexOf(unit, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** No mark or entry in the text may speak for somebody else: each id belongs to a row of the same author that is not decided. */
function checkAuthorship(
  before: Node,
  after: Node,
  head: Review,
  owns: (id: string) => boolean,
  author: string,
  undo: boolean,
  remainders: ReadonlyMap<string, string>,
): void {
  const was = coveredBySuggestions(before);
  for (const [id, { by, deleted, inserted }] of coveredBySuggestions(after)) {
    const then = was.get(id);
    // Words may go from somebody else's suggestion, none may come to it.
    const grew = then && !(isWithin(inserted, then.inserted) && isWithin(deleted, then.deleted));
    if (grew && by !== author && !undo) refuse('FORGED_AUTHOR');
    if (then?.by === by) continue;
    const row = head.suggestions.get(id);
    const mine = (by === author && owns(id)) || remainders.get(id) === by;
    if (!mine && row?.by !== by) refuse('FORGED_AUTHOR');
    if (row && (row.status === 'accepted' || row.status === 'rejected')) refuse('ALREADY_DECIDED');
  }
}

/** Judges the rebased steps and gives those to store: an undo may bring back text with marks that are not its author's to set. */
function judgeSteps(
  head: Review,
  asked: AskedCommit,
  steps: readonly Step[],
  rebased: Rebased,
  actor: Standing,
  opened: ReadonlySet<string>,
  remainders: ReadonlyMap<string, string>,
): { steps: readonly Step[]; doc: Node } {
  const { doc } = rebased;
  let result: { steps: readonly Step[]; doc: Node } = { steps: rebased.steps, doc };
  const owns = (id: string): boolean => ownsId(head, opened, actor.userId, id);
  // Made at this very head, so nobody else can be the reason that it does not fit.
  const alone = asked.base === head.rev;
  if (alone && rebased.dropped.length > 0 && steps.length > 0) refuse('STEP_DOES_NOT_FIT');
  if (doc.content.size > maxDocumentSize) refuse('DOCUMENT_TOO_LARGE');
  try {
    checkTouched(head.doc, doc);
  } catch (error) {
    if (error instanceof RangeError) refuse('STEP_DOES_NOT_FIT');
    throw error;
  }
  const direct = asked.intent === 'edit' || (asked.intent === 'undo' && may(actor, 'edit'));
  if (!direct) {
    const judged = guardSuggest(head.doc, rebased.steps, actor.userId, owns, {
      undo: asked.intent === 'undo',
    });
    if (!judged.ok) {
      const codes = {
        whitelist: 'SUGGEST_ONLY',
        'keeps-others': 'BREAKS_OTHERS',
        honest: 'FORGED_AUTHOR',
        'forged-id': 'FORGED_AUTHOR',
        fit: 'STEP_DOES_NOT_FIT',
      } as const;
      return refuse(codes[judged.reason]);
    }
    result = { steps: judged.steps, doc: judged.after };
    // An undo puts back what was there; words decided since then are not new to it.
    const mapping = new Mapping(judged.steps.map((step) => step.getMap()));
    if (
      asked.intent === 'suggest' &&
      touchedStet(head, judged.after, mapping, asked.seen ?? asked.base)
    )
      refuse('STET');
  }
  checkAuthorship(
    head.doc,
    result.doc,
    head,
    owns,
    actor.userId,
    asked.intent === 'undo',
    remainders,
  );
  return result;
}

/** Rebases, judges and applies `asked` on `head` for `actor`. */
export async function prepare(
  head: Review,
  asked: AskedCommit,
  actor: Standing,
  context: PrepareContext,
): Promise<Prepared> {
  if (!may(actor, 'read')) refuse('ARTICLE_UNKNOWN');
  const row = {
    rev: head.rev + 1,
    clientId: asked.clientId,
    seq: asked.seq,
    userId: actor.userId,
    at: context.at,
    intent: asked.intent,
  };
  const finish = (
    steps: readonly Step[],
    rest: Pick<Commit, 'origins' | 'ops' | 'dropped'>,
  ): Prepared => {
    const json = steps.map((step) => step.toJSON() as StepJson);
    const commit: Commit = { ...row, ...rest, steps: json };
    const review = applyChange(head, { ...commit, steps });
    return { commit, review, maps: steps.map((step) => step.getMap()) };
  };

  if (asked.intent === 'decide') {
    if (asked.steps.length > 0) refuse('BAD_MESSAGE');
    const { steps, ops } = await buildDecision(head, asked.ops, actor, context);
    return finish(steps, { origins: steps.map(() => -1), ops, dropped: [] });
  }
  if (asked.steps.length === 0 && asked.ops.length === 0) refuse('BAD_MESSAGE');
  if (asked.steps.length > 0) {
    const no = refusesSteps(actor, asked.intent);
    if (no) refuse(no);
  }
  const { steps, late, remainders } = readSteps(asked, head, actor.userId);
  const rebased = rebase(head.doc, steps, context.foreign);
  const opened = new Set(
    [...asked.ops, ...late].flatMap((op) => (op.op === 'suggestion.open' ? [op.id] : [])),
  );
  const judged =
    steps.length > 0 ? judgeSteps(head, asked, steps, rebased, actor, opened, remainders) : rebased;
  const ops = [...late, ...settleOps(head, asked, rebased, actor)];
  return finish(judged.steps, { origins: rebased.origins, ops, dropped: rebased.dropped });
}
