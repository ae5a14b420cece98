/** The history of an article in sittings: what one person did in one go, counted by kind, from the heads of the commits. */
import type { Person } from '#core/annotate/annotation.ts';
import type { Op } from '#core/annotate/op.ts';
import type { Comparison } from '#core/sync/compare.ts';
import type { Commit, Intent } from '#core/sync/commit.ts';

/** A commit without its steps. `changed` says whether it had any. */
export type CommitHead = Pick<Commit, 'rev' | 'clientId' | 'userId' | 'at' | 'ops'> & {
  intent: Intent;
  changed: boolean;
};

/** What is counted of a sitting, in the order in which it is told. */
export const deeds = [
  'restored',
  'edited',
  'suggested',
  'reworked',
  'accepted',
  'rejected',
  'takenBack',
  'commented',
  'replied',
  'resolved',
  'facts',
  'other',
] as const;
export type Deed = (typeof deeds)[number];

/** What one person did without a pause of ten minutes. `first` and `last` are its revisions; others may have written in between. */
export interface Sitting {
  by: string;
  first: number;
  last: number;
  start: string;
  end: string;
  counts: Partial<Record<Deed, number>>;
  /** The revision that was restored, when this sitting went back to one; the newest such. */
  restored?: number;
}

/** A revision somebody gave a name. */
export interface Version {
  id: string;
  rev: number;
  name: string;
  by: string;
  at: string;
}

/** GET /api/articles/:id/history. Sittings are newest first; `before` leads to the next page, null at the beginning. */
export interface HistoryAnswer {
  headline: string;
  language: string;
  /** The newest revision. */
  head: number;
  /** When the text came in, as revision 0. */
  filedAt: string;
  sittings: Sitting[];
  versions: Version[];
  people: Person[];
  before: number | null;
  /** `rename` has the ids of the versions whose name the person may change. */
  may: { name: boolean; rename: string[]; restore: boolean };
}

/** GET /api/articles/:id/history/compare */
export interface ComparisonAnswer extends Comparison {
  from: number;
  to: number;
  language: string;
  /** Who changed the text between the two, as ids. */
  by: string[];
}

/** POST /api/articles/:id/history/restore. `rev` is the new head; `changed` false when the text was the same already. */
export interface RestoreAnswer {
  rev: number;
  changed: boolean;
}

/** A pause this long, in milliseconds, ends a sitting. */
const sittingGap = 10 * 60_000;

/** The client name of a restoring commit says which revision came back. No browser can send it: `~` is not in their alphabet. */
export const restoringClient = (rev: number, id: string): string => `restore~${rev}~${id}`;

const restoredBy = (clientId: string): number | null => {
  const [, rev] = /^restore~(\d+)~/.exec(clientId) ?? [];
  return rev === undefined ? null : Number(rev);
};

const deedOf: Partial<Record<Op['op'], Deed>> = {
  'comment.open': 'commented',
  reply: 'replied',
  resolve: 'resolved',
  'occurrence.open': 'facts',
  'suggestion.open': 'suggested',
  undecide: 'takenBack',
};

/** The deeds of one commit. Hidden operations count for nothing: the reader does not know them. */
function deedsOf(head: CommitHead): Partial<Record<Deed, number>> {
  const counts: Partial<Record<Deed, number>> = {};
  const add = (deed: Deed, n = 1): void => {
    if (n > 0) counts[deed] = (counts[deed] ?? 0) + n;
  };
  for (const op of head.ops) {
    if (op.op === 'hidden') continue;
    if (op.op === 'decide') {
      add('accepted', op.outcome.filter(({ verdict }) => verdict === 'accept').length);
      add('rejected', op.outcome.filter(({ verdict }) => verdict === 'reject').length);
    } else add(deedOf[op.op] ?? 'other');
  }
  if (!head.changed) return counts;
  if (restoredBy(head.clientId) !== null) add('restored');
  else if (head.intent === 'edit') add('edited');
  else if (head.intent !== 'decide' && counts.suggested === undefined) add('reworked');
  return counts;
}

/** Groups commits, oldest first, into sittings, the one that ended last first. Commits the reader sees nothing of belong to none. */
export function sittingsOf(heads: readonly CommitHead[]): Sitting[] {
  const open = new Map<string, Sitting>();
  const all: Sitting[] = [];
  for (const head of heads) {
    const counts = deedsOf(head);
    if (Object.keys(counts).length === 0) continue;
    let sitting = open.get(head.userId);
    if (!sitting || Date.parse(head.at) - Date.parse(sitting.end) >= sittingGap) {
      const { rev, at } = head;
      sitting = { by: head.userId, first: rev, last: rev, start: at, end: at, counts: {} };
      open.set(head.userId, sitting);
      all.push(sitting);
    }
    sitting.last = head.rev;
    sitting.end = head.at;
    for (const deed of deeds) {
      const n = counts[deed] ?? 0;
      if (n > 0) sitting.counts[deed] = (sitting.counts[deed] ?? 0) + n;
    }
    const restored = restoredBy(head.clientId);
    if (restored !== null && head.changed) sitting.restored = restored;
  }
  // Typing goes on in commits of its own; beside a new suggestion that says nothing.
  for (const { counts } of all) if (counts.suggested !== undefined) delete counts.reworked;
  return all.toSorted((a, b) => b.last - a.last);
}

/** The index in `heads` (oldest first) where a page of history may begin without cutting a sitting: behind the pause of all
 *  people that is `wanted` pauses back. With fewer it is the beginning when these are all commits there are (`all`), else the
 *  oldest pause; one sitting longer than the page is cut. */
export function pageStart(heads: readonly CommitHead[], wanted: number, all: boolean): number {
  let oldest = 0;
  let pauses = 0;
  for (let i = heads.length - 1; i > 0; i--) {
    const [before, after] = [heads[i - 1], heads[i]];
    if (!before || !after || Date.parse(after.at) - Date.parse(before.at) < sittingGap) continue;
    oldest = i;
    if (++pauses === wanted) return i;
  }
  return all ? 0 : oldest;
}
