/** Accept, reject and their taking back. The sender names ids; the steps are built here, on the head. */
import { Step, type StepMap } from 'prosemirror-transform';
import { schema } from '#core/article/schema.ts';
import type { AskedOp, Op } from '#core/annotate/op.ts';
import { decide, undecide } from '#core/suggest/decide.ts';
import type { Commit } from '#core/sync/commit.ts';
import { RefusalError } from '#core/sync/error.ts';
import { refusesOp, type Standing } from '#core/sync/policy.ts';
import type { Review } from '#core/sync/review.ts';
import { replayed, type Opened } from '#server/store/store.ts';

/** Where a decision's past is read from. `fresh` are the commits of this flush, not stored yet. */
export interface DecisionSources {
  openAt(rev: number): Promise<Opened | null>;
  commitsAfter(rev: number): Promise<Commit[]>;
  fresh: readonly Commit[];
}

interface Decision {
  steps: Step[];
  ops: Op[];
}

const readSteps = (commit: Commit): Step[] =>
  commit.steps.map((json) => Step.fromJSON(schema, json));

function forward(head: Review, op: AskedOp & { op: 'decide' }): Decision {
  const pending = op.ids.filter((id) => head.suggestions.get(id)?.status === 'pending');
  if (pending.length === 0) throw new RefusalError('ALREADY_DECIDED');
  const { steps, settled } = decide(head.doc, pending, op.verdict);
  const outcome = settled.filter(({ id }) => head.suggestions.has(id));
  for (const id of pending)
    if (!outcome.some((one) => one.id === id)) outcome.push({ id, verdict: op.verdict });
  return { steps, ops: [{ ...op, ids: pending, outcome, audience: 'all' }] };
}

async function back(
  head: Review,
  op: AskedOp & { op: 'undecide' },
  sources: DecisionSources,
): Promise<Decision> {
  const stored = [...(await sources.commitsAfter(op.rev - 1)), ...sources.fresh];
  const decided = stored.find((commit) => commit.rev === op.rev);
  const opened = await sources.openAt(op.rev - 1);
  if (!decided || decided.intent !== 'decide' || !opened) throw new RefusalError('NOTE_UNKNOWN');
  const ids = [...head.suggestions.values()]
    .filter((row) => row.decidedRev === op.rev)
    .map((row) => row.id);
  if (ids.length === 0) throw new RefusalError('CANNOT_UNDECIDE');
  const before = replayed(opened).doc;
  const since: StepMap[] = stored
    .filter((commit) => commit.rev > op.rev)
    .flatMap((commit) => readSteps(commit).map((step) => step.getMap()));
  const steps = undecide(head.doc, { steps: readSteps(decided), before }, since);
  if (!steps) throw new RefusalError('CANNOT_UNDECIDE');
  return { steps, ops: [{ op: 'undecide', rev: op.rev, ids, audience: 'all' }] };
}

/** The steps and operations of a decision commit, which holds exactly one decision. */
export async function buildDecision(
  head: Review,
  ops: readonly AskedOp[],
  actor: Standing,
  sources: DecisionSources,
): Promise<Decision> {
  const [op, ...more] = ops;
  if (!op || more.length > 0 || (op.op !== 'decide' && op.op !== 'undecide'))
    throw new RefusalError('BAD_MESSAGE');
  const no = refusesOp(head, actor, op);
  if (no) throw new RefusalError(no);
  return op.op === 'decide' ? forward(head, op) : back(head, op, sources);
}
