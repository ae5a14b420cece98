/** What a MarkStep can do to one token. Every operation computes what it replaces when it is applied, not when it
 *  was made, so that it stays right after a rebase. */
import { Mark } from 'prosemirror-model';
import { schema } from '#core/article/schema.ts';
import { authored, deletionMark, insertionOf, isDeletion, plainOf } from '#core/suggest/entries.ts';
import {
  changed,
  difference,
  markJson,
  plainMark,
  readStack,
  writeStack,
  type FormatChange,
  type MarkJson,
} from '#core/suggest/format-stack.ts';

interface Delta {
  id: string;
  add: readonly MarkJson[];
  remove: readonly MarkJson[];
}

/** The operations. `fmt` changes formatting as a suggestion; `fmtset` records an exact change (its inverse);
 *  `mk` formats the author's own pending text plainly and falls back to `fmt` when it is no longer pending;
 *  `set` replaces all marks and is for decisions and the client's rollback only. */
export type MarkOp =
  | { t: 'strike'; id: string }
  | { t: 'unstrike'; id: string }
  | ({ t: 'fmt' } & Delta)
  | ({ t: 'fmtset' } & Delta)
  | { t: 'unfmt'; id: string }
  | ({ t: 'mk' } & Delta)
  | { t: 'set'; marks: readonly MarkJson[] };

/** The suggestion ids an operation names. */
export function markOpIds(op: MarkOp): string[] {
  return op.t === 'set' ? [] : [op.id];
}

const isOwn = (by: string, id: string) => (part: { id: string; by: string }) =>
  part.by === by && part.id === id;

function withFormat(marks: readonly Mark[], op: Delta, by: string): readonly Mark[] {
  const { base, stack, others } = readStack(marks);
  const plain = plainOf(marks);
  const top = stack.at(-1);
  if (top && isOwn(by, op.id)(top)) {
    // The same suggestion goes on: its one entry records the whole change.
    const below = stack.slice(0, -1);
    const under = plainOf(writeStack({ base, stack: below, others }));
    const entry = { id: op.id, by, ...difference(under, changed(plain, op.add, op.remove)) };
    return writeStack({ base, stack: [...below, entry], others });
  }
  let id = op.id;
  // Somebody else's change lies on top of ours: a second entry needs its own name, so that each can be found again.
  while (stack.some((change) => change.id === id)) id += '~';
  return writeStack({ base, stack: [...stack, { ...op, id, by }], others });
}

function withExactFormat(marks: readonly Mark[], op: Delta, by: string): readonly Mark[] {
  const { base, stack, others } = readStack(marks);
  const entry: FormatChange = { id: op.id, by, add: op.add, remove: op.remove };
  const own = isOwn(by, op.id);
  const next = stack.some(own)
    ? stack.map((change) => (own(change) ? entry : change))
    : [...stack, entry];
  return writeStack({ base, stack: next, others });
}

/** The marks of a token after `op` by `by`. */
export function applyMarkOp(marks: readonly Mark[], op: MarkOp, by: string): readonly Mark[] {
  switch (op.t) {
    case 'strike':
      return marks.some((mark) => isDeletion(mark) && authored(mark).by === by)
        ? marks
        : deletionMark(op.id, by).addToSet(marks);
    case 'unstrike':
      return deletionMark(op.id, by).removeFromSet(marks);
    case 'fmt':
      return withFormat(marks, op, by);
    case 'fmtset':
      return withExactFormat(marks, op, by);
    case 'unfmt': {
      const { base, stack, others } = readStack(marks);
      const left = stack.filter((change) => !isOwn(by, op.id)(change));
      return left.length === stack.length ? marks : writeStack({ base, stack: left, others });
    }
    case 'mk': {
      const { base, stack, others } = readStack(marks);
      if (insertionOf(marks)?.by !== by || stack.length > 0) return withFormat(marks, op, by);
      return writeStack({ base: changed(base, op.add, op.remove), stack, others });
    }
    case 'set':
      return Mark.setFrom(op.marks.map((json) => Mark.fromJSON(schema, json)));
  }
}

const setTo = (marks: readonly Mark[]): MarkOp => ({ t: 'set', marks: marks.map(markJson) });

/** The exact inverse of any change of marks. */
export const exactMarkInverse = setTo;

/** The inverse by meaning of `op` on a token that had `marks`, or null when it changed nothing. */
export function invertMarkOp(marks: readonly Mark[], op: MarkOp, by: string): MarkOp | null {
  const after = applyMarkOp(marks, op, by);
  if (Mark.sameSet(marks, after)) return null;
  if (op.t === 'strike') return { t: 'unstrike', id: op.id };
  if (op.t === 'unstrike') return { t: 'strike', id: op.id };
  if (op.t === 'set') return setTo(marks);
  const old = readStack(marks).stack;
  const now = readStack(after).stack;
  const mine = (stack: readonly FormatChange[]) =>
    stack.findLast((change) => change.by === by && change.id.replace(/~+$/, '') === op.id);
  const before = mine(old);
  const entry = mine(now);
  if (before && (!entry || before.id === entry.id))
    return { t: 'fmtset', id: before.id, add: before.add, remove: before.remove };
  if (entry) return { t: 'unfmt', id: entry.id };
  return { t: 'mk', id: op.id, ...difference(plainOf(after), plainOf(marks)) };
}

function parseId(value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new RangeError('A suggestion needs an id.');
  return value;
}

/** A list of plain formatting from data. Throws RangeError. */
export function parsePlain(value: unknown): MarkJson[] {
  if (!Array.isArray(value)) throw new RangeError('A format suggestion lists marks.');
  return value.map((json) => markJson(plainMark(json)));
}

/** Reads an operation from data. Throws RangeError for anything else. */
export function parseMarkOp(value: unknown): MarkOp {
  const json = value as Record<string, unknown> | null;
  if (typeof json !== 'object' || json === null)
    throw new RangeError('A mark step needs an operation.');
  switch (json['t']) {
    case 'strike':
    case 'unstrike':
    case 'unfmt':
      return { t: json['t'], id: parseId(json['id']) };
    case 'fmt':
    case 'fmtset':
    case 'mk':
      return {
        t: json['t'],
        id: parseId(json['id']),
        add: parsePlain(json['add']),
        remove: parsePlain(json['remove']),
      };
    case 'set': {
      const marks = json['marks'];
      if (!Array.isArray(marks)) throw new RangeError('A mark operation lists marks.');
      return { t: 'set', marks: marks.map((mark) => markJson(Mark.fromJSON(schema, mark))) };
    }
    default:
      throw new RangeError('That mark operation is not known.');
  }
}
