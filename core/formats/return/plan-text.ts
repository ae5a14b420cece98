/** What can be done here about the changes of the text: which are here already, which can be suggested, and which meet
 *  something that was changed here as well. */
import { indexAt, passageOf } from '#core/formats/return/passage.ts';
import type { ReturnItem } from '#core/formats/return/return-plan.ts';
import { rowOf, type Unit } from '#core/formats/return/row.ts';
import type { Since } from '#core/formats/return/since.ts';
import type { Fate, Group, TextChanges } from '#core/formats/return/text-changes.ts';
import type { Review } from '#core/sync/review.ts';

/** An item with what it is made of. */
export interface Planned {
  item: ReturnItem;
  /** What it is about here: a suggestion or a note. */
  on: string;
  group: Group | null;
}

/** What a plan is made from. `author` gives the name of a person of the file, and when the change was made. */
export interface PlanContext {
  head: Review;
  since: Since;
  /** A name that the same change has every time it comes. */
  keyOf(...parts: string[]): string;
  author(by: string): string;
  at(source: string): string;
  mayDecide: boolean;
  maySuggest: boolean;
}

/** What an item starts with. */
export const blank = {
  author: '',
  at: '',
  tracked: true,
  look: false,
  deleted: '',
  inserted: '',
  verdict: null,
  sent: null,
  returned: null,
  now: null,
} as const;

const between = (units: readonly Unit[], from: number, to: number): [number, number] => [
  indexAt(units, from),
  indexAt(units, to),
];

/** New suggestions. */
export function planGroups(changes: TextChanges, context: PlanContext): Planned[] {
  const { head, since, keyOf } = context;
  const asNote = { choices: ['note', 'leave'] as ReturnItem['choices'], choice: 'note' as const };
  const asChange = (choice: 'bring' | 'note') =>
    context.maySuggest
      ? { choices: ['bring', 'note', 'leave'] as ReturnItem['choices'], choice }
      : asNote;
  const headRow = rowOf(head.doc);
  const { base, returned } = changes;
  return changes.groups.map((group): Planned => {
    const author = group.by === null ? '' : context.author(group.by);
    const at = context.at(group.source);
    const { from, to, deleted, inserted, first, last } = group;
    const key = keyOf(
      'change',
      author,
      at,
      String(from),
      String(to),
      deleted,
      inserted,
      wayOf(group),
    );
    const [low, high] = between(base, from, to);
    const sent = passageOf(base, low, high);
    const came = passageOf(returned, first, Math.max(first, last));
    const [x, y] = between(headRow, since.map(from, -1), since.map(to, 1));
    const now = passageOf(headRow, x, y);
    const inserts = group.edits.some(({ t }) => t === 'insert');
    const item = {
      ...blank,
      key,
      kind: 'suggestion' as const,
      author,
      at,
      tracked: group.by !== null,
      look: group.look,
      deleted,
      inserted,
      sent,
      returned: came,
      now,
    };
    const done = (rest: Pick<ReturnItem, 'state' | 'choices' | 'choice'>): Planned => ({
      item: { ...item, ...rest },
      on: '',
      group,
    });
    const isHere = head.suggestions.has(key) || head.comments.has(noteKey(key));
    if (isHere) return done({ state: 'known', choices: ['leave'], choice: 'leave' });
    if (group.emptied)
      return done({ state: 'told', choices: ['leave', 'note', 'bring'], choice: 'leave' });
    const isGone = since.isGone({ from, to });
    const isConflict =
      isGone || since.isChanged({ from, to, inserts }, base.slice(low, Math.max(low, high)));
    if (!isConflict) return done({ state: 'new', ...asChange('bring') });
    // The same was done here: nothing is left to do.
    if (!group.look && came.words === now.words && (came.words !== '' || deleted !== ''))
      return done({ state: 'known', choices: ['leave'], choice: 'leave' });
    if (isGone && (inserts || group.look)) return done({ state: 'unplaced', ...asNote });
    return done({ state: 'conflict', ...asChange('note') });
  });
}

const wayOf = ({ edits }: Group): string =>
  edits
    .map((edit) =>
      edit.t === 'look'
        ? `look ${edit.marks.map(({ type }) => type.name).join(' ')}`
        : edit.t === 'shape'
          ? `shape ${edit.shape.style} ${edit.shape.list?.kind ?? ''}`
          : edit.t,
    )
    .join('\n');

/** The name of the comment that keeps what is not done. */
export const noteKey = (key: string): string => `${key}-note`;

const verdictOf = ({ pending, accepted, rejected }: Fate): ReturnItem['verdict'] => {
  if (accepted + rejected === 0) return null;
  if (pending > 0 || (accepted > 0 && rejected > 0)) return 'partly';
  return accepted > 0 ? 'accept' : 'reject';
};

/** Decisions on suggestions that went out with the file. */
export function planDecisions(changes: TextChanges, context: PlanContext): Planned[] {
  const { head, keyOf, mayDecide } = context;
  const out: Planned[] = [];
  for (const [id, fate] of changes.fates) {
    const verdict = verdictOf(fate);
    const row = head.suggestions.get(id);
    if (verdict === null || !row) continue;
    const item: Omit<ReturnItem, 'state' | 'choices' | 'choice'> = {
      ...blank,
      key: keyOf('decision', id, verdict),
      kind: 'decision',
      deleted: row.deleted,
      inserted: row.inserted,
      verdict,
    };
    const done = (rest: Pick<ReturnItem, 'state' | 'choices' | 'choice'>): void =>
      void out.push({ item: { ...item, ...rest }, on: id, group: null });
    const isTold = row.replies.some((reply) => reply.id === noteKey(item.key));
    const same = verdict === 'accept' ? 'accepted' : verdict === 'reject' ? 'rejected' : '';
    if (row.status === same || isTold)
      done({ state: 'known', choices: ['leave'], choice: 'leave' });
    else if (row.status !== 'pending' || verdict === 'partly')
      done({ state: 'conflict', choices: ['note', 'leave'], choice: 'note' });
    else if (mayDecide)
      done({ state: 'new', choices: ['bring', 'note', 'leave'], choice: 'bring' });
    else done({ state: 'new', choices: ['note', 'leave'], choice: 'note' });
  }
  return out;
}
