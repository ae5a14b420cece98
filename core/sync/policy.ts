/** Rights: role × stage × membership, as one pure table. The server refuses by it, the browser disables by it. */
import type { Role } from '#core/annotate/audience.ts';
import type { AskedOp } from '#core/annotate/op.ts';
import type { Intent } from '#core/sync/commit.ts';
import type { HandOver } from '#core/sync/desk.ts';
import type { ErrorCode } from '#core/sync/error.ts';
import type { Review } from '#core/sync/review.ts';
import type { Stage } from '#core/sync/stage.ts';

/** What a person is to one article. `role` is that of the membership when there is one, else that of the house. */
export interface Standing {
  userId: string;
  role: Role;
  stage: Stage;
  /** Has a membership of this article that has not ended. */
  member: boolean;
  /** The article is open to its members only. */
  restricted: boolean;
  /** Is the article's writer. */
  writer: boolean;
  /** Reads the article as it stood at this hand-over, and nothing that came later. `stage` is then that of the hand-over. */
  pin?: HandOver;
}

const desk: ReadonlySet<Role> = new Set(['reviewer', 'fact-checker', 'legal', 'editor', 'admin']);
const checkers: ReadonlySet<Role> = new Set(['fact-checker', 'legal', 'editor', 'admin']);
const chiefs: ReadonlySet<Role> = new Set(['editor', 'admin']);
const openStages: ReadonlySet<Stage> = new Set([
  'draft',
  'desk',
  'with-writer',
  'checking',
  'legal',
  'held',
]);

const reads = (s: Standing): boolean => s.member || s.writer || (desk.has(s.role) && !s.restricted);
const takesPart = (s: Standing): boolean => reads(s) && s.role !== 'viewer' && s.stage !== 'killed';

const table = {
  read: reads,
  comment: takesPart,
  suggest: (s) => takesPart(s) && openStages.has(s.stage),
  edit: (s) =>
    takesPart(s) &&
    openStages.has(s.stage) &&
    (chiefs.has(s.role) || (s.role === 'writer' && s.stage === 'draft')),
  markFact: (s) => takesPart(s) && desk.has(s.role),
  /** Give a verdict. That the checker is not the article's writer is settled with the claim. */
  check: (s) => takesPart(s) && checkers.has(s.role),
  decide: (s) => takesPart(s) && openStages.has(s.stage) && chiefs.has(s.role),
  moderate: (s) => takesPart(s) && chiefs.has(s.role),
  /** Pass the article on to another stage or person. */
  handOver: (s) => takesPart(s) && openStages.has(s.stage),
  export: reads,
  /** Send a copy for release, once the gate is open. */
  release: (s) => reads(s) && desk.has(s.role),
  /** Take the lossless file of everything, notes outside one's own audience too. */
  archive: (s) => reads(s) && chiefs.has(s.role),
  /** Say who else has access. */
  share: (s) => reads(s) && chiefs.has(s.role),
} as const satisfies Record<string, (s: Standing) => boolean>;

export type Right = keyof typeof table;

/** All rights, for tests and documentation. */
export const rights = Object.keys(table) as Right[];

/** What is left to somebody who sees a moment that is over: whatever they did would be done to an article they do not see. */
const pinned: ReadonlySet<Right> = new Set(['read', 'export']);

/** May this person do that to the article? */
export const may = (standing: Standing, right: Right): boolean =>
  (!standing.pin || pinned.has(right)) && table[right](standing);

/** True when both see the same of an article: what the one has loaded, the other may keep. */
export const seeAlike = (a: Standing, b: Standing): boolean =>
  a.role === b.role && a.pin?.id === b.pin?.id;

/** Rights of the house that no article is needed for. */
export const mayImport = (role: Role): boolean => desk.has(role) || role === 'writer';

/** Bring a review back as it was, with the names of those who signed it. */
export const mayKeepFiles = (role: Role): boolean => chiefs.has(role);

/** Invite to the house, change roles, ban, reset passwords. */
export const mayManagePeople = (role: Role): boolean => role === 'admin';

const openedBy = (review: Review, id: string): string | undefined =>
  (review.comments.get(id) ?? review.occurrences.get(id) ?? review.suggestions.get(id))?.by;

/** Who wrote the text that an `edit` changes: a reply's author, or the note's own. */
function writtenBy(review: Review, on: string, id: string): string | undefined {
  const note = review.comments.get(on) ?? review.occurrences.get(on) ?? review.suggestions.get(on);
  return id === on ? note?.by : note?.replies.find((reply) => reply.id === id)?.by;
}

/** Why this person may not carry out the operation on the review, or null when they may. `review` must already be theirs to see. */
export function refusesOp(review: Review, standing: Standing, op: AskedOp): ErrorCode | null {
  const { userId } = standing;
  const need = (right: Right): ErrorCode | null => (may(standing, right) ? null : 'FORBIDDEN');
  const known = (id: string): boolean => openedBy(review, id) !== undefined;
  switch (op.op) {
    case 'comment.open':
      return known(op.id) ? 'BAD_MESSAGE' : need('comment');
    case 'occurrence.open':
      return known(op.id) ? 'BAD_MESSAGE' : need('markFact');
    case 'suggestion.open':
      return known(op.id) ? 'BAD_MESSAGE' : need('suggest');
    case 'suggestion.reason':
      return openedBy(review, op.on) === userId ? need('suggest') : 'FORBIDDEN';
    case 'reply':
      return known(op.on) ? need('comment') : 'NOTE_UNKNOWN';
    case 'edit': {
      const author = writtenBy(review, op.on, op.id);
      if (author === undefined) return 'NOTE_UNKNOWN';
      return author === userId ? need('comment') : 'FORBIDDEN';
    }
    case 'resolve':
    case 'reopen':
      return review.comments.has(op.on) ? need('comment') : 'NOTE_UNKNOWN';
    case 'place':
    case 'elsewhere':
      return review.anchors.byId.has(op.on) ? need('comment') : 'NOTE_UNKNOWN';
    case 'delete':
    case 'restore': {
      const note = review.comments.get(op.on) ?? review.occurrences.get(op.on);
      if (!note) return 'NOTE_UNKNOWN';
      if (note.by !== userId) return need('moderate');
      return need('comment');
    }
    case 'decide': {
      const rows = op.ids.map((id) => review.suggestions.get(id));
      if (rows.some((row) => row === undefined)) return 'NOTE_UNKNOWN';
      // Everybody may take back their own suggestion; that is a plain reject.
      if (op.verdict === 'reject' && rows.every((row) => row?.by === userId))
        return need('suggest');
      return need('decide');
    }
    case 'undecide':
      return need('decide');
  }
}

/** Why a commit of this intent with steps is refused to the person, or null. */
export function refusesSteps(standing: Standing, intent: Intent): ErrorCode | null {
  switch (intent) {
    case 'edit':
      if (may(standing, 'edit')) return null;
      return may(standing, 'suggest') ? 'SUGGEST_ONLY' : 'READ_ONLY';
    case 'suggest':
    case 'undo':
      return may(standing, 'suggest') ? null : 'READ_ONLY';
    case 'decide':
    case 'annotate':
      // Decisions carry ids only: the server builds their steps.
      return 'BAD_MESSAGE';
  }
}
