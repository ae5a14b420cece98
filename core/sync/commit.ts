/** A commit: the unit of the one ordered log of an article. It carries document steps and annotation operations together. */
import type { Op, AskedOp } from '#core/annotate/op.ts';

/** edit: direct change of the text. suggest: tracked change. decide: accept or reject. annotate: operations only. undo: takes back own changes. */
export const intents = ['edit', 'suggest', 'decide', 'annotate', 'undo'] as const;
export type Intent = (typeof intents)[number];

/** A step in its JSON form, as Step.toJSON gives it. */
export type StepJson = { stepType: string } & Record<string, unknown>;

/** What a client sends. `base` is the revision its steps apply to; (`clientId`, `seq`) names it for ever. */
export interface AskedCommit {
  clientId: string;
  seq: number;
  base: number;
  /** The oldest revision at which a step of it was made, when that is before `base`: later decisions were not in sight. */
  seen?: number;
  intent: Intent;
  steps: StepJson[];
  ops: AskedOp[];
}

/** A commit as it stands in the log. `origins[i]` is the index, in the commit as sent, of the step that `steps[i]` came from. */
export interface Commit {
  rev: number;
  clientId: string;
  seq: number;
  userId: string;
  /** The server's time, ISO 8601 in UTC. */
  at: string;
  intent: Intent;
  steps: StepJson[];
  origins: number[];
  ops: Op[];
  dropped: Dropped[];
}

/** A step that could not be placed, with the text it held, so that nothing typed disappears unseen. */
export interface Dropped {
  i: number;
  why: 'gone' | 'fit';
  text: string;
}

/** What the author of a commit is told. The frame that moves the document comes separately. */
export interface Receipt {
  rev: number;
  seq: number;
  dropped: Dropped[];
}
